// Weighted scores and sample sizes: request checks, and what is told.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "platform/base/status.h"
#include "scoring_service/convert/score_row.h"
#include "scoring_service/domain/sample_size.h"
#include "scoring_service/domain/score_query.h"
#include "scoring_service/domain/weighting.h"

namespace hoiam::scoring {

struct WeightedQuery {
  ScoreQuery answers;  // by no group
  Dimension by = Dimension::kSegment;
  std::map<std::string, int64_t> strata;  // empty: the customer base
};

// All but the metric. STRATA_NEEDED where the customer base does not tell them.
WeightedQuery ReadWeightedQuery(const v1::GetWeightedScoresRequest& q, const absl::TimeZone& reporting_zone,
                                Violations& v);
// NO_SUM_OF_SHARES for CSI, whose score no answer has a part in.
void CheckIsSumOfShares(const MetricView& metric, Violations& v);

// Money by currency, as answers stand for it.
using MoneyAnswers = std::map<std::string, std::vector<WeightedAnswer>>;

// `strata`: of each value of the population. Those without answers are silent, and so are those that are held back.
void FillWeighted(const RowFrame& frame, const std::map<std::string, int64_t>& population,
                  const std::map<std::string, RowCounts>& strata, v1::GetWeightedScoresResponse& out);
void FillByMoney(const RowFrame& frame, const MoneyAnswers& answers, v1::GetWeightedScoresResponse& out);

SampleSizeQuery ReadSampleSizeQuery(const v1::GetSampleSizeRequest& q, const MetricView& metric, Violations& v);
v1::GetSampleSizeResponse FromSampleSize(const SampleSizeQuery& query, const SampleSize& size);

}  // namespace hoiam::scoring
