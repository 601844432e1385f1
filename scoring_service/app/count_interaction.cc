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

// Whether any answer stands for other money now.
bool MoveMoney(db::UnitOfWork& uow, const std::string& tenant, const Generation& g, const std::string& customer,
               const Spend* before, const Spend& after) {
  std::vector<Answer> changed;
  for (const Answer* answer : AnswersOf(uow, tenant, g, customer)) {
    Represented represented = answer->represented;
    if (before && IsRepresented(*before, answer->responded_at))
      AddMoney(represented, before->currency, {-before->amount, -before->cost});
    if (IsRepresented(after, answer->responded_at)) AddMoney(represented, after.currency, {after.amount, after.cost});
    if (represented == answer->represented) continue;
    changed.push_back(*answer);
    changed.back().represented = std::move(represented);
    MoveRollups(uow, tenant, answer, &changed.back(), g);
  }
  for (Answer& answer : changed) uow.Put(AnswerRow{tenant, g.number, std::move(answer)});
  return !changed.empty();
}

}  // namespace

void WantInteraction(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                     const hoiam::survey::v1::Interaction& i) {
  uow.Want<AnswerRow>({tenant, g.number, i.customer_id()});
  uow.Want<SpendRow>({tenant, g.number, i.customer_id(), i.interaction_id()});
  WantSheet(uow, tenant, g, i.customer_id());
  uow.Want<TimelineRow>(
      TimelineRow::Key(tenant, g.number, i.customer_id(), EntryKind::kInteraction, i.interaction_id()));
}

absl::Status CountInteraction(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                              const hoiam::survey::v1::Interaction& i) {
  const std::string& customer = i.customer_id();
  if (customer.empty()) return absl::InvalidArgumentError("an interaction without a customer");
  HOIAM_ASSIGN_OR_RETURN(const Spend spend, ToSpend(i));
  std::optional<Spend> before;
  if (const SpendRow* row = uow.Find<SpendRow>({tenant, g.number, customer, i.interaction_id()})) before = row->spend;
  if (before && before->revision >= spend.revision) return absl::OkStatus();

  const bool money_moved = MoveMoney(uow, tenant, g, customer, before ? &*before : nullptr, spend);
  uow.Put(SpendRow{tenant, g.number, customer, spend});

  const auto key = TimelineRow::Key(tenant, g.number, customer, EntryKind::kInteraction, i.interaction_id());
  const TimelineRow* shown = uow.Find<TimelineRow>(key);
  const bool rated = shown && shown->counted > 0;
  uow.Put(TimelineRow{tenant, g.number, customer, EntryKind::kInteraction, i.interaction_id(), i.revision(),
                      spend.occurred_at, EntryOf(i), shown ? shown->answers : "", shown ? shown->counted : 0});
  const int change = (spend.voided ? 0 : 1) - (before && !before->voided ? 1 : 0);
  Sheet sheet = SheetOf(uow, tenant, g, customer);
  sheet.total_interactions += change;
  if (rated) sheet.rated_interactions += change;
  SetOpen(ToOpenInteraction(i), IsOpen(i), sheet);
  if (money_moved) sheet.standings = StandingsOf(AnswersOf(uow, tenant, g, customer));
  ShowPassive(uow, tenant, g, customer, sheet.standings);
  uow.Put(SheetRow{tenant, g.number, customer, std::move(sheet)});
  return absl::OkStatus();
}

}  // namespace hoiam::scoring
