// The filter of ListCases as callers write it, checked against what a case knows.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "platform/base/filter.h"

namespace hoiam::loop {

// Names of states, kinds and priorities must exist and are compared with = or !=; `open` takes true or false, which
// become 1 and 0. INVALID_ARGUMENT reason INVALID_FILTER.
absl::StatusOr<Filter> ParseCaseFilter(absl::string_view text);

}  // namespace hoiam::loop
