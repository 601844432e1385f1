// Pages of a customer's history.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/tenant_db.h"
#include "scoring_service/store/history_reads.h"

namespace hoiam::scoring {

struct HistoryPage {
  std::vector<HistoryItem> items;
  std::optional<HistoryKey> next;  // set when there is more: where this page ended
};

absl::StatusOr<HistoryPage> HistoryPageOf(const db::TenantDb& db, const HistoryQuery& query);

}  // namespace hoiam::scoring
