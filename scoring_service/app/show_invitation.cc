#include "scoring_service/app/show_invitation.h"

#include "scoring_service/app/customer_rows.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/convert/timeline.h"
#include "scoring_service/store/sheet_row.h"
#include "scoring_service/store/timeline_row.h"

namespace hoiam::scoring {

void WantInvitation(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                    const hoiam::event::v1::InvitationChanged& changed) {
  const auto& i = changed.invitation();
  if (i.customer_id().empty()) return;
  uow.Want<TimelineRow>(TimelineRow::Key(tenant, g.number, i.customer_id(), EntryKind::kInvitation, i.invitation_id()));
  uow.Want<SheetRow>({tenant, g.number, i.customer_id()});
}

absl::Status ShowInvitation(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                            const hoiam::event::v1::InvitationChanged& changed) {
  const auto& i = changed.invitation();
  const std::string& customer = i.customer_id();
  if (customer.empty()) return absl::OkStatus();  // a receipt: nobody's history
  const auto key = TimelineRow::Key(tenant, g.number, customer, EntryKind::kInvitation, i.invitation_id());
  if (const TimelineRow* shown = uow.Find<TimelineRow>(key); !shown || shown->revision < i.revision())
    uow.Put(TimelineRow{tenant, g.number, customer, EntryKind::kInvitation, i.invitation_id(), i.revision(),
                        ToTime(i.create_time()), EntryOf(i)});
  // What was told last holds, whichever invitation it was told with: also when a backfill has shown that one already.
  Sheet sheet = SheetOf(uow, tenant, g, customer);
  sheet.next_eligible_at.reset();  // unset: now
  if (changed.has_next_eligible_time()) sheet.next_eligible_at = ToTime(changed.next_eligible_time());
  uow.Put(SheetRow{tenant, g.number, customer, sheet});
  return absl::OkStatus();
}

}  // namespace hoiam::scoring
