#include "scoring_service/errors.h"

#include "absl/strings/str_cat.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {

absl::Status TooManyRows() {
  return MakeError(
      absl::StatusCode::kInvalidArgument, "TOO_MANY_ROWS",
      absl::StrCat("more than ", kMaxScoreRows, " rows; take a longer interval, a shorter period or fewer groups"),
      {{"max", absl::StrCat(kMaxScoreRows)}});
}

absl::Status CutNotKept() {
  return MakeError(absl::StatusCode::kInvalidArgument, "CUT_NOT_KEPT",
                   absl::StrCat("this cut is not kept and spans more than ", kMaxScannedAnswers,
                                " answers; take whole days of the reporting zone and one dimension, or survey with one "
                                "other, or a shorter period"),
                   {{"maxAnswers", absl::StrCat(kMaxScannedAnswers)}});
}

bool IsCutNotKept(const absl::Status& status) { return ReasonOf(status) == "CUT_NOT_KEPT"; }

absl::Status ScopeNeeded(absl::string_view scopes) {
  return MakeError(absl::StatusCode::kInvalidArgument, "SCOPE_NEEDED",
                   absl::StrCat("the answers are about ", scopes, ", which are not averaged; name one as `scope`"),
                   {{"field", "scope"}, {"scopes", std::string(scopes)}});
}

absl::Status TargetNotFound(absl::string_view id) {
  return MakeError(absl::StatusCode::kNotFound, "TARGET_NOT_FOUND", absl::StrCat("there is no target '", id, "'"));
}

absl::Status ImprovementNotFound(absl::string_view id) {
  return MakeError(absl::StatusCode::kNotFound, "IMPROVEMENT_NOT_FOUND",
                   absl::StrCat("there is no improvement '", id, "'"));
}

absl::Status TargetTaken(absl::string_view by) {
  return MakeError(absl::StatusCode::kAlreadyExists, "TARGET_TAKEN",
                   absl::StrCat("'", by, "' is the target of this metric and dimension value; change that one"),
                   {{"targetId", std::string(by)}});
}

absl::Status TooManySettings() {
  return MakeError(absl::StatusCode::kResourceExhausted, "TOO_MANY_SETTINGS",
                   absl::StrCat("there are ", kMaxSettings, " already; delete or change one"),
                   {{"max", absl::StrCat(kMaxSettings)}});
}

void AddViolationsOf(const absl::Status& status, Violations& v) { AddViolationsOf(status, "", v); }

void AddViolationsOf(const absl::Status& status, absl::string_view field, Violations& v) {
  const auto detail = DetailOf(status);
  if (!detail) return;
  for (const Violation& one : detail->violations)
    v.Add(field.empty() ? absl::string_view(one.field) : field, one.reason, one.description, one.metadata);
}

void UnknownMetric(absl::string_view field, Violations& v) {
  v.Add(field, "UNKNOWN_METRIC", "must be NPS, CSAT, CES, CSI, EXPECTATION, IDEAL_GAP or a metric of your own");
}

void InvalidTime(absl::string_view field, Violations& v) { v.Add(field, "INVALID_TIME", "is not a time"); }

void EndBeforeStart(absl::string_view field, Violations& v) {
  v.Add(field, "END_BEFORE_START", "must not be before the start");
}

void UnknownInterval(Violations& v) {
  v.Add("interval", "UNKNOWN_INTERVAL", "must be DAY, WEEK, MONTH, QUARTER, YEAR or ALL");
}

void UnknownAnswerSelection(Violations& v) {
  v.Add("answers", "UNKNOWN_ANSWER_SELECTION", "must be ALL or LAST_PER_PERSON");
}

void UnknownDimension(absl::string_view field, absl::string_view name, Violations& v) {
  v.Add(field, "UNKNOWN_DIMENSION",
        "must be survey, touchpoint, channel, segment, team, collectedBy, usageStatus, icpFit or stage",
        {{"value", std::string(name)}});
}

void RepeatedDimension(absl::string_view field, absl::string_view name, Violations& v) {
  v.Add(field, "REPEATED_DIMENSION", "is named twice", {{"value", std::string(name)}});
}

void PersonsNotRanked(absl::string_view field, absl::string_view name, Violations& v) {
  v.Add(field, "PERSONS_NOT_RANKED", "figures are not cut by named persons; take team, or the customer's own sheet",
        {{"value", std::string(name)}});
}

void UnknownScope(Violations& v) {
  v.Add("scope", "UNKNOWN_SCOPE", "must be RELATIONSHIP, JOURNEY, TOUCHPOINT, PRODUCT_USE or SERVICE");
}

void UnknownFormula(Violations& v) {
  v.Add("formula", "UNKNOWN_FORMULA", "must be NET, TOP_BOX, INDEX, MEAN, WEIGHTED, RESCALED or OWN");
}

void FormulaNotOfMetric(absl::string_view metric, Violations& v) {
  v.Add("formula", "FORMULA_NOT_OF_METRIC", absl::StrCat(metric, " has no such formula"));
}

void UnknownFormulaVersion(int latest, Violations& v) {
  v.Add("formulaVersion", "UNKNOWN_FORMULA_VERSION", absl::StrCat("must be 1 to ", latest, ", or 0"),
        {{"max", absl::StrCat(latest)}});
}

void PopulationOfGroups(Violations& v) {
  v.Add("population", "POPULATION_OF_GROUPS", "is of everybody; it is not possible with groupBy");
}

void SubtreeOfNothing(Violations& v) {
  v.Add("subtree", "SUBTREE_OF_NOTHING", "is only possible with groupBy touchpoint");
}

void StrataNeeded(absl::string_view by, Violations& v) {
  v.Add("strata", "STRATA_NEEDED",
        absl::StrCat("the customer base is known by segment, team and icpFit; say it by ", by));
}

void NoSumOfShares(absl::string_view metric, Violations& v) {
  v.Add("metric", "NO_SUM_OF_SHARES", absl::StrCat(metric, " is no sum of weighted shares of the answers"));
}

void NotPositive(absl::string_view field, Violations& v) { v.Add(field, "NOT_POSITIVE", "must be more than 0"); }

void OutOfRange(absl::string_view field, absl::string_view min, absl::string_view max, Violations& v) {
  v.Add(field, "OUT_OF_RANGE", absl::StrCat("must be ", min, " to ", max),
        {{"min", std::string(min)}, {"max", std::string(max)}});
}

void Required(absl::string_view field, absl::string_view why, Violations& v) { v.Add(field, "REQUIRED", why); }

void NoScorePerAnswer(absl::string_view field, absl::string_view metric, Violations& v) {
  v.Add(field, "NO_SCORE_PER_ANSWER", absl::StrCat("must be a metric with a score per answer; ", metric, " has none"),
        {{"value", std::string(metric)}});
}

void UnknownPareto(Violations& v) { v.Add("pareto", "UNKNOWN_PARETO", "must be COUNT, REVENUE or COST"); }

void TooManyFilters(absl::string_view field, int max, Violations& v) {
  v.Add(field, "TOO_MANY_FILTERS", absl::StrCat("must be on at most ", max, " dimension"),
        {{"max", absl::StrCat(max)}});
}

void UnknownTimeZone(absl::string_view name, Violations& v) {
  v.Add("timeZone", "UNKNOWN_TIME_ZONE", "must be an IANA zone, like Asia/Ho_Chi_Minh", {{"value", std::string(name)}});
}

void UnknownEntryKind(absl::string_view field, Violations& v) {
  v.Add(field, "UNKNOWN_KIND", "must be INTERACTION, INVITATION, RESPONSE, CASE, USAGE or PROGRAMME");
}

void NoIds(absl::string_view field, Violations& v) { v.Add(field, "REQUIRED", "must name at least one"); }

void TooManyIds(absl::string_view field, int max, Violations& v) {
  v.Add(field, "TOO_MANY_IDS", absl::StrCat("must name at most ", max), {{"max", absl::StrCat(max)}});
}

}  // namespace hoiam::scoring
