// Plain HTTP for probes and scrapers: /livez, /readyz[?verbose], /metrics. Not for callers; no authentication, no data.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace hoiam::server {

struct OpsAnswers {
  std::function<std::pair<bool, std::string>()> ready;  // well?, JSON detail
  std::function<std::string()> metrics;
};

class OpsServer {
 public:
  virtual ~OpsServer() = default;
};

// `address`: unix:/path or host:port.
absl::StatusOr<std::unique_ptr<OpsServer>> StartOpsServer(const std::string& address, OpsAnswers answers);

}  // namespace hoiam::server
