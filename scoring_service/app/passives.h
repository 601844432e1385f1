// Pages of the work list of passives.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "scoring_service/domain/revenue.h"
#include "scoring_service/domain/work_list.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

struct WorkPage {
  std::vector<WorkItem> items;
  std::optional<WorkKey> next;  // set when there is more: where this page ended
  // Of all pages; on the first page only.
  int64_t total = 0;
  Represented at_risk;
};

absl::StatusOr<WorkPage> WorkPageOf(const View& view, const WorkQuery& query);

}  // namespace hoiam::scoring
