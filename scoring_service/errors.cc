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

void AddViolationsOf(const absl::Status& status, Violations& v) {
  const auto detail = DetailOf(status);
  if (!detail) return;
  for (const Violation& one : detail->violations) v.Add(one.field, one.reason, one.description, one.metadata);
}

void UnknownMetric(absl::string_view field, Violations& v) {
  v.Add(field, "UNKNOWN_METRIC", "must be NPS, CSAT or CES");
}

void InvalidTime(absl::string_view field, Violations& v) { v.Add(field, "INVALID_TIME", "is not a time"); }

void EndBeforeStart(Violations& v) { v.Add("endTime", "END_BEFORE_START", "must not be before startTime"); }

void UnknownInterval(Violations& v) {
  v.Add("interval", "UNKNOWN_INTERVAL", "must be DAY, WEEK, MONTH, QUARTER, YEAR or ALL");
}

void UnknownAnswerSelection(Violations& v) {
  v.Add("answers", "UNKNOWN_ANSWER_SELECTION", "must be ALL or LAST_PER_PERSON");
}

void UnknownDimension(absl::string_view field, absl::string_view name, Violations& v) {
  v.Add(field, "UNKNOWN_DIMENSION", "must be survey, touchpoint, channel, segment, team or collectedBy",
        {{"value", std::string(name)}});
}

void RepeatedDimension(absl::string_view field, absl::string_view name, Violations& v) {
  v.Add(field, "REPEATED_DIMENSION", "is named twice", {{"value", std::string(name)}});
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
