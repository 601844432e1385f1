// Questions about what answers mean together: request checks that several of them share.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "platform/base/status.h"
#include "scoring_service/convert/score_query.h"
#include "scoring_service/domain/formula.h"
#include "scoring_service/domain/score_query.h"
#include "scoring_service/errors.h"

namespace hoiam::scoring {

// Period, kind and scope of a request that has them, as those of GetScores.
template <class Request>
ScoreQuery ReadAnswersOf(const Request& q, const absl::TimeZone& reporting_zone, Violations& v) {
  ScoreQuery out;
  ReadTime(q.has_start_time(), q.start_time(), "startTime", out.start, v);
  ReadTime(q.has_end_time(), q.end_time(), "endTime", out.end, v);
  if (out.end < out.start) EndBeforeStart("endTime", v);
  out.kind = ReadKind(q.has_solicited(), q.solicited(), /*incentivised=*/false);
  out.scope = ReadScope(q.scope(), v);
  out.zone = reporting_zone;
  return out;
}

// The metric as asked for, by its own formula; `otherwise` when none is named.
std::string MetricOr(absl::string_view metric, absl::string_view otherwise, Violations& v);

// Only a metric that each answer gives one score of: NO_SCORE_PER_ANSWER for CSI, EXPECTATION and IDEAL_GAP.
void CheckHasScore(absl::string_view metric, Violations& v);

}  // namespace hoiam::scoring
