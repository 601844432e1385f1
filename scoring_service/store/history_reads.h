// Pages of a customer's history, newest first, each one SELECT through index `by_time`.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "scoring_service/domain/history.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

struct HistoryItem {
  HistoryKey key;
  std::string entry, answers;
};

// The page, and one entry more when there is one.
absl::StatusOr<std::vector<HistoryItem>> ReadHistory(const View& view, const HistoryQuery& query);

}  // namespace hoiam::scoring
