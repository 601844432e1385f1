// Table `timeline`: everything that happened with a customer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "platform/db/table.h"
#include "scoring_service/domain/history.h"

namespace hoiam::scoring {

struct TimelineRow {
  std::string tenant_id;
  int64_t generation = 0;
  std::string customer_id;
  EntryKind kind = EntryKind::kInteraction;
  std::string entity_id;
  int64_t revision = 0;                   // 0: the interaction itself has not come yet
  std::optional<absl::Time> happened_at;  // unset: not shown yet
  std::string entry, answers;             // two parts of one serialized HistoryEntry
  int64_t counted = 0;                    // interactions: how many of `answers` count

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static TimelineRow Read(const db::Row& r);
  static db::Values Key(const std::string& tenant_id, int64_t generation, const std::string& customer_id,
                        EntryKind kind, const std::string& entity_id);
};

}  // namespace hoiam::scoring
