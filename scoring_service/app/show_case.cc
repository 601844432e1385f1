#include "scoring_service/app/show_case.h"

#include "scoring_service/convert/events.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/convert/timeline.h"
#include "scoring_service/store/case_row.h"
#include "scoring_service/store/timeline_row.h"

namespace hoiam::scoring {

void WantCase(db::UnitOfWork& uow, const std::string& tenant, const Generation& g, const hoiam::loop::v1::Case& c) {
  if (c.customer_id().empty()) return;
  uow.Want<CaseRow>({tenant, g.number, c.customer_id(), c.case_id()});
  uow.Want<TimelineRow>(TimelineRow::Key(tenant, g.number, c.customer_id(), EntryKind::kCase, c.case_id()));
}

absl::Status ShowCase(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                      const hoiam::loop::v1::Case& c) {
  const std::string& customer = c.customer_id();
  if (customer.empty()) return absl::OkStatus();
  if (const CaseRow* row = uow.Find<CaseRow>({tenant, g.number, customer, c.case_id()});
      row && row->version >= c.version())
    return absl::OkStatus();
  uow.Put(CaseRow{tenant, g.number, customer, c.case_id(), c.version(), ToCaseStanding(c)});
  uow.Put(TimelineRow{tenant, g.number, customer, EntryKind::kCase, c.case_id(), c.version(), ToTime(c.create_time()),
                      EntryOf(c)});
  return absl::OkStatus();
}

}  // namespace hoiam::scoring
