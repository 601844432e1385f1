#include "scoring_service/app/passives.h"

#include "platform/base/status.h"
#include "scoring_service/limits.h"
#include "scoring_service/store/passive_reads.h"

namespace hoiam::scoring {
namespace {

WorkKey KeyOf(const WorkItem& item) { return {item.passive.icp_rank, item.passive.nps, item.customer_id}; }

absl::Status CountAll(const View& view, WorkQuery query, WorkPage& page) {
  for (int64_t rows = kScanPage; rows == kScanPage && page.total < kMaxCountedPassives;) {
    HOIAM_ASSIGN_OR_RETURN(const std::vector<WorkItem> items, ReadPassives(view, query, kScanPage));
    for (const WorkItem& item : items)
      for (const auto& [currency, money] : item.passive.represented) AddMoney(page.at_risk, currency, money);
    rows = static_cast<int64_t>(items.size());
    page.total += rows;
    if (rows > 0) query.after = KeyOf(items.back());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<WorkPage> WorkPageOf(const View& view, const WorkQuery& query) {
  WorkPage page;
  HOIAM_RETURN_IF_ERROR(view.db.InSnapshot([&]() -> absl::Status {
    HOIAM_ASSIGN_OR_RETURN(page.items, ReadPassives(view, query, query.page_size + 1));
    if (page.items.size() > static_cast<size_t>(query.page_size)) {
      page.items.resize(query.page_size);
      page.next = KeyOf(page.items.back());
    }
    HOIAM_RETURN_IF_ERROR(ReadSegments(view, page.items));
    return query.after ? absl::OkStatus() : CountAll(view, query, page);
  }));
  return page;
}

}  // namespace hoiam::scoring
