// The filter of ListCases as callers write it, checked against what a case knows.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "loop_service/domain/playbook.h"
#include "platform/base/filter.h"

namespace hoiam::loop {

// Names of states, kinds, priorities and origins must exist and are compared with = or !=; `open` takes true or false,
// which become 1 and 0. INVALID_ARGUMENT reason INVALID_FILTER.
absl::StatusOr<Filter> ParseCaseFilter(absl::string_view text);

// The same filter over single teams: `team = "north.*"` becomes every team that is north or lies below it. A caller who
// is bound to `teams` gets cases of these and those below them only; empty: bound to none.
Filter OfTeams(Filter filter, absl::Span<const std::string> teams, const Playbook& playbook);

}  // namespace hoiam::loop
