// Every failure of scoring_service that a caller may see, one function each. Bad fields are violations, so that one
// answer names them all.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "platform/base/status.h"

namespace hoiam::scoring {

// INVALID_ARGUMENT reason TOO_MANY_ROWS: groups × periods exceed the limit of one answer.
absl::Status TooManyRows();
// INVALID_ARGUMENT reason CUT_NOT_KEPT: no rollup fits, and there are too many answers to count one by one.
absl::Status CutNotKept();

// Violations.
// Those of a failed check of the platform's.
void AddViolationsOf(const absl::Status& status, Violations& v);
void UnknownMetric(absl::string_view field, Violations& v);
void InvalidTime(absl::string_view field, Violations& v);
void EndBeforeStart(Violations& v);
void UnknownInterval(Violations& v);
void UnknownAnswerSelection(Violations& v);
void UnknownDimension(absl::string_view field, absl::string_view name, Violations& v);
void RepeatedDimension(absl::string_view field, absl::string_view name, Violations& v);
void UnknownTimeZone(absl::string_view name, Violations& v);
void UnknownEntryKind(absl::string_view field, Violations& v);
void NoIds(absl::string_view field, Violations& v);
void TooManyIds(absl::string_view field, int max, Violations& v);

}  // namespace hoiam::scoring
