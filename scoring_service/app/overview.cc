#include "scoring_service/app/overview.h"

#include <algorithm>
#include <utility>

#include "platform/base/status.h"
#include "scoring_service/app/scores.h"
#include "scoring_service/convert/score_query.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {
namespace {

absl::StatusOr<std::vector<MetricTables>> TablesOf(const View& view, const OverviewQuery& query, const MetricBook& book,
                                                   const std::vector<std::string>& metrics, absl::Time now) {
  std::vector<MetricTables> tables;
  for (const std::string& id : metrics) {
    MetricTables t;
    t.metric = {book.Versions(id), DefaultFormula(id)};
    t.query = query.answers;
    AskFor(t.metric, book, t.query);
    HOIAM_ASSIGN_OR_RETURN(t.all, ComputeScores(view, t.query, now));
    if (query.trend) {
      ScoreQuery by_interval = t.query;
      by_interval.interval = *query.trend;
      HOIAM_ASSIGN_OR_RETURN(t.trend, ComputeScores(view, by_interval, now));
    }
    tables.push_back(std::move(t));
  }
  return tables;
}

std::vector<std::string> WithOwn(std::vector<std::string> metrics, const MetricBook& book) {
  for (const std::string& own : book.Own()) metrics.push_back(own);
  return metrics;
}

}  // namespace

absl::StatusOr<std::vector<MetricTables>> LeadingMetrics(const View& view, const OverviewQuery& query,
                                                         const MetricBook& book, absl::Time now) {
  return TablesOf(view, query, book, {kExpectation, kIdealGap}, now);
}

absl::StatusOr<std::vector<MetricTables>> OutcomeMetrics(const View& view, const OverviewQuery& query,
                                                         const MetricBook& book, absl::Time now) {
  return TablesOf(view, query, book, WithOwn({kNps, kCsat, kCes, kCsi}, book), now);
}

absl::StatusOr<std::optional<ShareOf>> RepeatIssueRate(const View& view, const OverviewQuery& query,
                                                       const MetricBook& book) {
  const ScoreQuery& answers = query.answers;
  std::vector<ScoreSource> sources;
  for (const std::string& metric : WithOwn({kNps, kCsat, kCes}, book))
    sources.push_back({metric, 0, {kScopes.begin(), kScopes.end()}, answers.kind, ""});
  RepeatIssues issues;
  bool too_many = false;
  HOIAM_RETURN_IF_ERROR(view.db.InSnapshot([&]() -> absl::Status {
    int64_t count = 0;
    for (const ScoreSource& source : sources) {
      HOIAM_ASSIGN_OR_RETURN(const int64_t more,
                             CountAnswers(view, source, answers.start, answers.end, kMaxScannedAnswers + 1));
      count += more;
    }
    too_many = count > kMaxScannedAnswers;
    for (const ScoreSource& source : sources)
      for (Scope scope : source.scopes)
        if (!too_many)
          HOIAM_RETURN_IF_ERROR(ReadUnhappy(view, source, scope, answers.start, answers.end,
                                            [&](const std::string& customer, const DimensionValues& values) {
                                              if (answers.Passes(values))
                                                issues.Add(customer,
                                                           values[static_cast<size_t>(Dimension::kTouchpoint)]);
                                            }));
    return absl::OkStatus();
  }));
  return too_many ? std::nullopt : std::optional(issues.Rate());
}

absl::StatusOr<Everybody> CountEverybody(const View& view, const OverviewQuery& query, absl::Time now) {
  Everybody all;
  const absl::Time end = std::min(query.answers.end, now);
  HOIAM_ASSIGN_OR_RETURN(all.loyal,
                         CountLoyal(view, end - query.loyal_time, end, query.loyal_purchases, kMaxCountedInteractions));
  HOIAM_ASSIGN_OR_RETURN(all.by_fit, CountByFit(view, query.answers.start, query.answers.end));
  HOIAM_ASSIGN_OR_RETURN(all.open_cases, CountOpenCases(view));
  return all;
}

}  // namespace hoiam::scoring
