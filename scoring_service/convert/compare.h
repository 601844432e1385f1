// Two figures held against each other: request checks, and what is told.
#pragma once

#include "absl/time/time.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "platform/base/status.h"
#include "scoring_service/convert/score_row.h"
#include "scoring_service/domain/score_query.h"

namespace hoiam::scoring {

struct CompareQuery {
  ScoreQuery current, base;
};

// All but the metric. Without base times and base filter: the period of the same length just before. Without an end: up
// to now, with the rest of today when the start is the start of a day.
CompareQuery ReadCompareQuery(const v1::CompareScoresRequest& q, const absl::TimeZone& reporting_zone, absl::Time now,
                              Violations& v);

v1::ScoreComparison ToComparison(const RowFrame& current, const RowCounts& current_counts, const RowFrame& base,
                                 const RowCounts& base_counts);

// What a comparison of after (current) with before says of what was done. A higher IDEAL_GAP is worse.
v1::ImprovementVerdict::Code VerdictOf(const v1::ScoreComparison& comparison, absl::string_view metric);

}  // namespace hoiam::scoring
