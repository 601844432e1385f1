// Pages of a customer's history.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/session.h"
#include "scoring_service/store/history_reads.h"

namespace hoiam::scoring {

struct HistoryPage {
  std::vector<HistoryItem> items;
  std::optional<HistoryKey> next;  // set when there is more: where this page ended
};

absl::StatusOr<HistoryPage> HistoryPageOf(db::Session& session, const std::string& tenant, const HistoryQuery& query);

}  // namespace hoiam::scoring
