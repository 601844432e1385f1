// Figures of a period: from rollups where a cut is kept and the periods are whole days of the reporting zone, else from
// the answers one by one.
#pragma once

#include <functional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "scoring_service/domain/score_query.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// Without group_by there is one group per scope that has answers, and one without answers when none has; with it, those
// that have answers. INVALID_ARGUMENT reason TOO_MANY_ROWS or CUT_NOT_KEPT.
absl::StatusOr<ScoreTable> ComputeScores(const View& view, const ScoreQuery& query, absl::Time now);

// Every answer in [start, end) that tells of the query's metric and item, whatever its dimensions. To be asked in a
// snapshot. CUT_NOT_KEPT when there are too many.
absl::Status EachAnswer(const View& view, const ScoreQuery& query, absl::Time start, absl::Time end,
                        const std::function<void(Answer)>& each);

}  // namespace hoiam::scoring
