// The history of a customer: what an entry is, and which page is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace hoiam::scoring {

// The numbers are stored, and are those of hoiam.scoring.v1.EntryKind.
enum class EntryKind { kInteraction = 1, kInvitation = 2, kResponse = 3, kCase = 4, kUsage = 5 };

// Where a page ended. Entries are ordered by time, then kind, then id, newest first.
struct HistoryKey {
  absl::Time happened_at;
  int64_t kind = 0;
  std::string entity_id;
};

struct HistoryQuery {
  std::string customer_id;
  int page_size = 0;
  std::vector<int64_t> kinds;       // ascending, none twice; empty: all
  std::optional<HistoryKey> after;  // unset: from the newest
};

}  // namespace hoiam::scoring
