// Questions about figures: request checks. What a request names wrongly is a violation of the field as the caller wrote
// it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "google/protobuf/timestamp.pb.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "platform/base/status.h"
#include "scoring_service/domain/formula.h"
#include "scoring_service/domain/score_query.h"

namespace hoiam::scoring {

// All of a GetScores but the metric, which may be the tenant's own.
ScoreQuery ReadScoreQuery(const v1::GetScoresRequest& q, const absl::TimeZone& reporting_zone, Violations& v);

// How a metric shall be counted. UNKNOWN_METRIC, UNKNOWN_FORMULA, FORMULA_NOT_OF_METRIC, UNKNOWN_FORMULA_VERSION.
MetricView ReadMetric(absl::string_view metric, v1::Formula::Code formula, int formula_version, const MetricBook& book,
                      Violations& v);
// Makes the query ask for a metric: its versions, and the metrics that its answers can be of.
void AskFor(const MetricView& metric, const MetricBook& book, ScoreQuery& query);
// Whether it cannot be a metric, whatever the tenant has made.
bool IsNoMetricId(absl::string_view metric);

// Parts that several requests have.
AnswerKind ReadKind(bool has_solicited, bool solicited, bool incentivised);
std::optional<Scope> ReadScope(hoiam::survey::v1::Scope::Code scope, Violations& v);
// `out` stays as it is when the time is not set or none.
void ReadTime(bool has, const google::protobuf::Timestamp& t, absl::string_view field, absl::Time& out, Violations& v);
// The reporting zone when none is named.
absl::TimeZone ReadZone(absl::string_view name, const absl::TimeZone& reporting_zone, Violations& v);
// `=` and AND on dimensions, nothing else; `touchpoint = "store.*"` is store with all below it. PERSONS_NOT_RANKED for
// a dimension that would name a person.
std::vector<std::pair<Dimension, std::string>> ReadFilter(absl::string_view text, absl::string_view field,
                                                          Violations& v);
// UNKNOWN_DIMENSION or PERSONS_NOT_RANKED.
std::optional<Dimension> ReadDimension(absl::string_view name, absl::string_view field, Violations& v);

}  // namespace hoiam::scoring
