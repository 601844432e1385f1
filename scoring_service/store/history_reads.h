// Pages of a customer's history, newest first, each one SELECT through index `by_time`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "scoring_service/domain/history.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

struct HistoryPage {
  std::vector<std::string> entries;  // each a serialized HistoryEntry
  std::optional<HistoryKey> next;    // set when there is more: where this page ended
};

absl::StatusOr<HistoryPage> ReadHistory(const View& view, const HistoryQuery& query);

}  // namespace hoiam::scoring
