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
bool IsCutNotKept(const absl::Status& status);

// INVALID_ARGUMENT reason SCOPE_NEEDED: the answers are of several scopes, which are not averaged.
absl::Status ScopeNeeded(absl::string_view scopes);
absl::Status TargetNotFound(absl::string_view id);
absl::Status ImprovementNotFound(absl::string_view id);
// ALREADY_EXISTS reason TARGET_TAKEN: another target is for the same metric and cut.
absl::Status TargetTaken(absl::string_view by);
// RESOURCE_EXHAUSTED reason TOO_MANY_SETTINGS.
absl::Status TooManySettings();

// Violations.
// Those of a failed check of the platform's; as they are, or all as of `field`.
void AddViolationsOf(const absl::Status& status, Violations& v);
void AddViolationsOf(const absl::Status& status, absl::string_view field, Violations& v);
void UnknownMetric(absl::string_view field, Violations& v);
void InvalidTime(absl::string_view field, Violations& v);
void EndBeforeStart(absl::string_view field, Violations& v);
void UnknownInterval(Violations& v);
void UnknownAnswerSelection(Violations& v);
void UnknownDimension(absl::string_view field, absl::string_view name, Violations& v);
void RepeatedDimension(absl::string_view field, absl::string_view name, Violations& v);
// A dimension whose values are people: figures are not ranked by them (D11).
void PersonsNotRanked(absl::string_view field, absl::string_view name, Violations& v);
void UnknownScope(Violations& v);
void UnknownFormula(Violations& v);
void FormulaNotOfMetric(absl::string_view metric, Violations& v);
void UnknownFormulaVersion(int latest, Violations& v);
void PopulationOfGroups(Violations& v);
void SubtreeOfNothing(Violations& v);
// The customer base does not say how many people have each value of this dimension.
void StrataNeeded(absl::string_view by, Violations& v);
void NoSumOfShares(absl::string_view metric, Violations& v);
void NotPositive(absl::string_view field, Violations& v);
void OutOfRange(absl::string_view field, absl::string_view min, absl::string_view max, Violations& v);
void Required(absl::string_view field, absl::string_view why, Violations& v);
// A metric of which an answer gives no score of its own, or several.
void NoScorePerAnswer(absl::string_view field, absl::string_view metric, Violations& v);
void UnknownPareto(Violations& v);
void TooManyFilters(absl::string_view field, int max, Violations& v);
void UnknownTimeZone(absl::string_view name, Violations& v);
void UnknownEntryKind(absl::string_view field, Violations& v);
void NoIds(absl::string_view field, Violations& v);
void TooManyIds(absl::string_view field, int max, Violations& v);

}  // namespace hoiam::scoring
