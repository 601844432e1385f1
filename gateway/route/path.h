// Raw paths and query strings into their parts. Everything is decoded exactly once, after it was split.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hoiam::gateway {

// "%2F" to "/". With `plus_is_space` as forms and query strings have it. False on a bad escape.
bool PercentDecode(absl::string_view in, bool plus_is_space, std::string& out);

// A name from outside as a message may show it: its first 64 bytes, escaped when they are not UTF-8; "$" for none.
std::string ShownName(absl::string_view name);

struct Path {
  std::vector<std::string> segments;  // decoded
  std::string verb;                   // "acknowledge"; empty when there is none
};

// Splits at '/', and at the last literal ':' when the rest is a known verb; then decodes each segment, so that %2F and
// %3A belong to the id. INVALID_PATH on a bad escape.
absl::StatusOr<Path> ParsePath(absl::string_view raw, const std::function<bool(absl::string_view)>& is_verb);

// "a=1&b=2", decoded, in order. Also the form of application/x-www-form-urlencoded. INVALID_ARGUMENT reason
// INVALID_ESCAPE.
absl::StatusOr<std::vector<std::pair<std::string, std::string>>> ParseQuery(absl::string_view raw);

}  // namespace hoiam::gateway
