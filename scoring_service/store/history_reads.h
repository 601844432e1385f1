// Pages of a customer's history, newest first, each one SELECT through index `by_time`.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/db/tenant_db.h"
#include "scoring_service/domain/history.h"

namespace hoiam::scoring {

struct HistoryItem {
  HistoryKey key;
  std::string entry, answers;
};

// The page, and one entry more when there is one.
absl::StatusOr<std::vector<HistoryItem>> ReadHistory(const db::TenantDb& db, const HistoryQuery& query);

}  // namespace hoiam::scoring
