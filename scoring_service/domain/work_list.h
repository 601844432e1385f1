// The work list of passives: who is a step from promoting us, ideal customers first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "scoring_service/domain/passive.h"

namespace hoiam::scoring {

// Where a page ended. Order: rank, then the higher NPS, then id.
struct WorkKey {
  int64_t icp_rank = 0;
  int64_t nps = 0;
  std::string customer_id;
};

struct WorkQuery {
  int64_t nps = 0;      // 7 or 8; 0: both
  bool hidden = false;  // only those whose last CSAT is 4–5
  int page_size = 0;
  std::optional<WorkKey> after;  // unset: from the first
};

struct WorkItem {
  std::string customer_id;
  Passive passive;
  std::string segment;  // now
};

}  // namespace hoiam::scoring
