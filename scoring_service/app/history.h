// Pages of a customer's history.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "scoring_service/store/history_reads.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

struct HistoryPage {
  std::vector<HistoryItem> items;
  std::optional<HistoryKey> next;  // set when there is more: where this page ended
};

absl::StatusOr<HistoryPage> HistoryPageOf(const View& view, const HistoryQuery& query);

}  // namespace hoiam::scoring
