// Usage statuses: request checks, and the normal form that is stored and compared.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/status.h"

namespace hoiam::survey {

// A statement as its caller gave it: output fields unset, occurred_at unset when it is to be now.
struct NewUsage {
  v1::Usage usage;
  std::string fingerprint;
};

// Adds every violation.
NewUsage ReadUsage(const v1::RecordUsageRequest& q, absl::Time now, Violations& v);

}  // namespace hoiam::survey
