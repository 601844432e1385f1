#include "scoring_service/app/count_interaction.h"

#include <algorithm>
#include <optional>

#include "platform/base/status.h"
#include "scoring_service/app/customer_rows.h"
#include "scoring_service/app/move_rollups.h"
#include "scoring_service/convert/events.h"
#include "scoring_service/convert/timeline.h"
#include "scoring_service/store/answer_row.h"
#include "scoring_service/store/sheet_row.h"
#include "scoring_service/store/spend_row.h"
#include "scoring_service/store/timeline_row.h"

namespace hoiam::scoring {
namespace {

void MoveRevenue(db::UnitOfWork& uow, const std::string& tenant, const std::vector<Answer>& answers,
                 const Spend* before, const Spend& after, const absl::TimeZone& zone) {
  for (const Answer& answer : answers) {
    Answer changed = answer;
    if (before && IsRepresented(*before, answer.responded_at))
      AddAmount(changed.revenue, before->currency, -before->amount);
    if (IsRepresented(after, answer.responded_at)) AddAmount(changed.revenue, after.currency, after.amount);
    if (changed.revenue == answer.revenue) continue;
    MoveRollups(uow, tenant, &answer, &changed, zone);
    uow.Put(AnswerRow{tenant, std::move(changed)});
  }
}

}  // namespace

void WantInteraction(db::UnitOfWork& uow, const std::string& tenant, const hoiam::survey::v1::Interaction& i) {
  uow.Want<AnswerRow>({tenant, i.customer_id()});
  uow.Want<SpendRow>({tenant, i.customer_id(), i.interaction_id()});
  uow.Want<SheetRow>({tenant, i.customer_id()});
  uow.Want<TimelineRow>(TimelineRow::Key(tenant, i.customer_id(), EntryKind::kInteraction, i.interaction_id()));
}

absl::Status CountInteraction(db::UnitOfWork& uow, const std::string& tenant, const hoiam::survey::v1::Interaction& i,
                              const absl::TimeZone& zone) {
  const std::string& customer = i.customer_id();
  if (customer.empty()) return absl::InvalidArgumentError("an interaction without a customer");
  HOIAM_ASSIGN_OR_RETURN(const Spend spend, ToSpend(i));
  std::optional<Spend> before;
  if (const SpendRow* row = uow.Find<SpendRow>({tenant, customer, i.interaction_id()})) before = row->spend;
  if (before && before->revision >= spend.revision) return absl::OkStatus();

  const std::vector<Answer> answers = AnswersOf(uow, tenant, customer);
  MoveRevenue(uow, tenant, answers, before ? &*before : nullptr, spend, zone);
  uow.Put(SpendRow{tenant, customer, spend});

  const auto key = TimelineRow::Key(tenant, customer, EntryKind::kInteraction, i.interaction_id());
  const TimelineRow* shown = uow.Find<TimelineRow>(key);
  uow.Put(TimelineRow{tenant, customer, EntryKind::kInteraction, i.interaction_id(), i.revision(), spend.occurred_at,
                      EntryOf(i), shown ? shown->answers : ""});

  const bool rated = std::any_of(answers.begin(), answers.end(), [&](const Answer& a) {
    return a.counted() && a.interaction_id == i.interaction_id();
  });
  const int change = (spend.voided ? 0 : 1) - (before && !before->voided ? 1 : 0);
  Sheet sheet = SheetOf(uow, tenant, customer);
  sheet.total_interactions += change;
  if (rated) sheet.rated_interactions += change;
  uow.Put(SheetRow{tenant, customer, sheet});
  return absl::OkStatus();
}

}  // namespace hoiam::scoring
