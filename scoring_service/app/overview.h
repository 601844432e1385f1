// Everything that an overview puts side by side.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "scoring_service/domain/formula.h"
#include "scoring_service/domain/metric.h"
#include "scoring_service/domain/overview.h"
#include "scoring_service/domain/repeat_issues.h"
#include "scoring_service/domain/score_query.h"
#include "scoring_service/store/overview_reads.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// One metric over the period, and by interval.
struct MetricTables {
  MetricView metric;
  ScoreQuery query;
  ScoreTable all;
  std::optional<ScoreTable> trend;
};

// EXPECTATION and IDEAL_GAP move before the scores do.
absl::StatusOr<std::vector<MetricTables>> LeadingMetrics(const View& view, const OverviewQuery& query,
                                                         const MetricBook& book, absl::Time now);
// NPS, CSAT, CES, CSI, then the tenant's own by id.
absl::StatusOr<std::vector<MetricTables>> OutcomeMetrics(const View& view, const OverviewQuery& query,
                                                         const MetricBook& book, absl::Time now);

// Of the answers asked for, of whatever metric and scope. nullopt when there are more than can be looked at.
absl::StatusOr<std::optional<ShareOf>> RepeatIssueRate(const View& view, const OverviewQuery& query,
                                                       const MetricBook& book);

// What is known of everybody, and of no group.
struct Everybody {
  std::optional<ShareOf> loyal;  // unset when there are more interactions than can be looked at
  std::map<std::string, FitCounts> by_fit;
  int64_t open_cases = 0;
};
absl::StatusOr<Everybody> CountEverybody(const View& view, const OverviewQuery& query, absl::Time now);

}  // namespace hoiam::scoring
