// What people answered before, read by who they are.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "scoring_service/store/score_reads.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// One scored answer.
struct ScoredAnswer {
  std::string customer_id, response_id;
  absl::Time responded_at;
  int version = 1;
  int score = 0;
};

// The counted answers of these people to source.metric, of one scope, in [start, end), in no order.
absl::Status ReadScored(const View& view, const ScoreSource& source, Scope scope,
                        const std::vector<std::string>& customer_ids, absl::Time start, absl::Time end,
                        const std::function<void(const ScoredAnswer&)>& each);

}  // namespace hoiam::scoring
