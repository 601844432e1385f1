// What the overview tells beside scores: people, their purchases and their cases.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "scoring_service/domain/dimension.h"
#include "scoring_service/domain/overview.h"
#include "scoring_service/domain/repeat_issues.h"
#include "scoring_service/store/score_reads.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// Counted unhappy answers with that metric of their own, of one scope, in [start, end), in no order.
absl::Status ReadUnhappy(const View& view, const ScoreSource& source, Scope scope, absl::Time start, absl::Time end,
                         const std::function<void(const std::string& customer_id, const DimensionValues&)>& each);

// Customers with at least `purchases` purchases in (start, end], of those with any interaction then; void ones do not
// count. nullopt when there are more than `limit` interactions to look at, of whatever time.
absl::StatusOr<std::optional<ShareOf>> CountLoyal(const View& view, absl::Time start, absl::Time end, int64_t purchases,
                                                  int64_t limit);

// By fit: "FIT", "NO_FIT", "". Employees and partners are no customers. The period is [start, end).
absl::StatusOr<std::map<std::string, FitCounts>> CountByFit(const View& view, absl::Time start, absl::Time end);

absl::StatusOr<int64_t> CountOpenCases(const View& view);

}  // namespace hoiam::scoring
