// Settings come from the environment, are read once at start, and all mistakes are reported together.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hoiam::config {

class Env {
 public:
  // Reads the process's environment; tests give their own lookup.
  Env();
  explicit Env(std::string (*lookup)(const char* name));

  std::string String(const char* name, absl::string_view fallback);
  std::string Required(const char* name, absl::string_view what_for);
  int Int(const char* name, int fallback, int min, int max);
  bool Flag(const char* name, bool fallback);  // "0", "1", "true", "false"
  // The content of a file, without a trailing line break; at least `min_bytes` long. Never shown.
  std::string SecretFile(const char* name, size_t min_bytes);
  // An IANA zone.
  absl::TimeZone Zone(const char* name, absl::string_view fallback);
  // HOIAM_PUBLIC_URL, by which the world reaches the gateway, without a slash at its end; by default where it listens.
  std::string PublicUrl();
  // A service notes a mistake of its own.
  void Problem(absl::string_view name, absl::string_view what);

  const std::vector<std::string>& problems() const { return problems_; }
  // Every name that was asked for; a test compares them with the manifests.
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::string Get(const char* name);
  std::string (*lookup_)(const char*);
  std::vector<std::string> problems_, names_;
};

}  // namespace hoiam::config
