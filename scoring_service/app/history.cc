#include "scoring_service/app/history.h"

#include <utility>

#include "platform/base/status.h"
#include "scoring_service/convert/history.h"
#include "scoring_service/store/history_reads.h"

namespace hoiam::scoring {

absl::StatusOr<v1::StoredHistory> HistoryOf(const View& view, const HistoryQuery& query) {
  HOIAM_ASSIGN_OR_RETURN(HistoryPage page, ReadHistory(view, query));
  v1::StoredHistory out;
  for (std::string& entry : page.entries) out.add_entries(std::move(entry));
  if (page.next) out.set_next_page_token(HistoryToken(view.db.tenant(), query, *page.next));
  return out;
}

}  // namespace hoiam::scoring
