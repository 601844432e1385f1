#include "scoring_service/app/history.h"

#include "platform/base/status.h"

namespace hoiam::scoring {

absl::StatusOr<HistoryPage> HistoryPageOf(const View& view, const HistoryQuery& query) {
  HistoryPage page;
  HOIAM_ASSIGN_OR_RETURN(page.items, ReadHistory(view, query));
  if (page.items.size() > static_cast<size_t>(query.page_size)) {
    page.items.resize(query.page_size);
    page.next = page.items.back().key;
  }
  return page;
}

}  // namespace hoiam::scoring
