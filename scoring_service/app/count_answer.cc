#include "scoring_service/app/count_answer.h"

#include <limits>
#include <optional>

#include "platform/base/status.h"
#include "scoring_service/app/customer_rows.h"
#include "scoring_service/app/move_rollups.h"
#include "scoring_service/convert/events.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/convert/timeline.h"
#include "scoring_service/store/answer_row.h"
#include "scoring_service/store/sheet_row.h"
#include "scoring_service/store/spend_row.h"
#include "scoring_service/store/timeline_row.h"

namespace hoiam::scoring {
namespace {

namespace spb = hoiam::survey::v1;

// Whether the answer was anonymous before its customer claimed it.
bool IsClaimed(const spb::Response& r) { return r.has_claim_time(); }

// Nothing of it can have been counted, unless it is told a second time: it is added to what is there. Any other takes
// something away as well, and what is left then is in the customer's other answers.
bool IsFirst(const spb::Response& r) { return r.revision() <= 1; }

// The answer as counted so far.
std::optional<Answer> CountedSoFar(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                                   const spb::Response& r) {
  const AnswerRow* row = uow.Find<AnswerRow>({tenant, g.number, r.customer_id(), r.response_id()});
  if (!row && IsClaimed(r)) row = uow.Find<AnswerRow>({tenant, g.number, std::string(), r.response_id()});
  return row ? std::optional(row->answer) : std::nullopt;
}

// Leaves an uncounted anonymous row: an older event that comes later, from another partition or once more, must not
// count the answer a second time. It is the same whatever was seen of the answer before.
void LeaveAnonymous(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                    const std::string& response_id) {
  Answer claimed;
  claimed.response_id = response_id;
  claimed.revision = std::numeric_limits<int64_t>::max();
  claimed.voided = true;
  uow.Put(AnswerRow{tenant, g.number, std::move(claimed)});
}

std::vector<const Spend*> SpendsOf(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                                   const std::string& customer) {
  std::vector<const Spend*> spends;
  for (const SpendRow* row : uow.List<SpendRow>({tenant, g.number, customer})) spends.push_back(&row->spend);
  return spends;
}

void WantInteractionEntry(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                          const std::string& customer, const std::string& interaction) {
  if (!interaction.empty())
    uow.Want<TimelineRow>(TimelineRow::Key(tenant, g.number, customer, EntryKind::kInteraction, interaction));
}

// The entry of one of the customer's interactions, with its answers as `change` leaves them. It waits unseen while the
// interaction itself has not come. Answers what it changes in the number of rated interactions.
template <class Change>
int ChangeEntry(db::UnitOfWork& uow, const std::string& tenant, const Generation& g, const std::string& customer,
                const std::string& interaction, const Change& change) {
  const auto key = TimelineRow::Key(tenant, g.number, customer, EntryKind::kInteraction, interaction);
  const TimelineRow* row = uow.Find<TimelineRow>(key);
  TimelineRow entry = row ? *row : TimelineRow{tenant, g.number, customer, EntryKind::kInteraction, interaction};
  const bool was_rated = entry.counted > 0;
  change(entry);
  const bool is_rated = entry.counted > 0;
  if (entry.revision == 0 && entry.answers.empty())
    uow.Delete<TimelineRow>(key);  // as if it had never been heard of
  else
    uow.Put(std::move(entry));
  const SpendRow* spend = uow.Find<SpendRow>({tenant, g.number, customer, interaction});
  return spend && !spend->spend.voided ? int{is_rated} - int{was_rated} : 0;
}

// Puts the answer, as it is now, into the entry of its interaction, and takes it out of where it was. Answers as
// ChangeEntry.
int ShowInInteraction(db::UnitOfWork& uow, const std::string& tenant, const Generation& g, const Answer* before,
                      const Answer& after, const spb::Response& r) {
  int rated = 0;
  if (before && !before->interaction_id.empty())
    rated += ChangeEntry(uow, tenant, g, r.customer_id(), before->interaction_id, [&](TimelineRow& entry) {
      entry.answers = WithoutAnswer(entry.answers, r.response_id());
      entry.counted -= before->counted();
    });
  if (!r.interaction_id().empty())
    rated += ChangeEntry(uow, tenant, g, r.customer_id(), r.interaction_id(), [&](TimelineRow& entry) {
      entry.answers = WithAnswer(entry.answers, r);
      entry.counted += after.counted();
    });
  return rated;
}

}  // namespace

void WantAnswer(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                const hoiam::event::v1::ResponseChanged& changed) {
  const spb::Response& r = changed.response();
  const std::string& customer = r.customer_id();
  if (customer.empty() || IsClaimed(r)) uow.Want<AnswerRow>({tenant, g.number, std::string(), r.response_id()});
  if (customer.empty()) return;
  if (IsFirst(r))
    uow.Want<AnswerRow>({tenant, g.number, customer, r.response_id()});
  else
    uow.Want<AnswerRow>({tenant, g.number, customer});
  uow.Want<SpendRow>({tenant, g.number, customer});
  WantSheet(uow, tenant, g, customer);
  WantInteractionEntry(uow, tenant, g, customer, r.interaction_id());
  if (const AnswerRow* before = uow.Find<AnswerRow>({tenant, g.number, customer, r.response_id()}))
    WantInteractionEntry(uow, tenant, g, customer, before->answer.interaction_id);
}

absl::Status CountAnswer(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                         const hoiam::event::v1::ResponseChanged& changed) {
  const spb::Response& r = changed.response();
  HOIAM_ASSIGN_OR_RETURN(Answer answer, ToAnswer(changed));
  const std::optional<Answer> before = CountedSoFar(uow, tenant, g, r);
  if (before && before->revision >= answer.revision) return absl::OkStatus();
  const std::string& customer = r.customer_id();
  if (!customer.empty()) answer.represented = RepresentedBy(SpendsOf(uow, tenant, g, customer), answer.responded_at);
  MoveRollups(uow, tenant, before ? &*before : nullptr, &answer, g);
  if (IsClaimed(r) && (!before || before->customer_id.empty())) LeaveAnonymous(uow, tenant, g, r.response_id());
  uow.Put(AnswerRow{tenant, g.number, answer});
  if (customer.empty()) return absl::OkStatus();

  const Answer* of_customer = before && before->customer_id == customer ? &*before : nullptr;
  TimelineRow entry{
      tenant, g.number, customer, EntryKind::kResponse, r.response_id(), r.revision(), answer.responded_at, EntryOf(r)};
  if (of_customer)
    uow.Replace(std::move(entry));
  else
    uow.Put(std::move(entry));
  Sheet sheet = SheetOf(uow, tenant, g, customer);
  sheet.rated_interactions += ShowInInteraction(uow, tenant, g, of_customer, answer, r);
  if (of_customer)
    sheet.standings = StandingsOf(AnswersOf(uow, tenant, g, customer));
  else
    AddAnswer(answer, sheet.standings);
  ShowPassive(uow, tenant, g, customer, sheet.standings);
  uow.Put(SheetRow{tenant, g.number, customer, std::move(sheet)});
  return absl::OkStatus();
}

}  // namespace hoiam::scoring
