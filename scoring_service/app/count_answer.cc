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

// The interaction's entry carries its answers; it waits unseen when it has not come yet.
void ShowInInteraction(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                       const std::optional<Answer>& before, const spb::Response& r) {
  const std::string& customer = r.customer_id();
  if (before && before->customer_id == customer && !before->interaction_id.empty() &&
      before->interaction_id != r.interaction_id()) {
    const auto key = TimelineRow::Key(tenant, g.number, customer, EntryKind::kInteraction, before->interaction_id);
    if (const TimelineRow* row = uow.Find<TimelineRow>(key)) {
      TimelineRow changed = *row;
      changed.answers = WithoutAnswer(changed.answers, r.response_id());
      if (changed.revision == 0 && changed.answers.empty())
        uow.Delete<TimelineRow>(key);  // as if it had never been heard of
      else
        uow.Put(std::move(changed));
    }
  }
  if (r.interaction_id().empty()) return;
  const auto key = TimelineRow::Key(tenant, g.number, customer, EntryKind::kInteraction, r.interaction_id());
  const TimelineRow* row = uow.Find<TimelineRow>(key);
  TimelineRow changed =
      row ? *row : TimelineRow{tenant, g.number, customer, EntryKind::kInteraction, r.interaction_id()};
  changed.answers = WithAnswer(changed.answers, r);
  uow.Put(std::move(changed));
}

}  // namespace

void WantAnswer(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                const hoiam::event::v1::ResponseChanged& changed) {
  const spb::Response& r = changed.response();
  const std::string& customer = r.customer_id();
  if (customer.empty() || IsClaimed(r)) uow.Want<AnswerRow>({tenant, g.number, std::string(), r.response_id()});
  if (customer.empty()) return;
  uow.Want<AnswerRow>({tenant, g.number, customer});
  uow.Want<SpendRow>({tenant, g.number, customer});
  uow.Want<SheetRow>({tenant, g.number, customer});
  WantPassive(uow, tenant, g, customer);
  uow.Want<TimelineRow>(TimelineRow::Key(tenant, g.number, customer, EntryKind::kResponse, r.response_id()));
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
  std::vector<const Spend*> spends;
  if (!customer.empty()) spends = SpendsOf(uow, tenant, g, customer);
  answer.represented = RepresentedBy(spends, answer.responded_at);
  MoveRollups(uow, tenant, before ? &*before : nullptr, &answer, g);
  if (IsClaimed(r) && (!before || before->customer_id.empty())) LeaveAnonymous(uow, tenant, g, r.response_id());
  uow.Put(AnswerRow{tenant, g.number, answer});
  if (customer.empty()) return absl::OkStatus();

  uow.Put(TimelineRow{tenant, g.number, customer, EntryKind::kResponse, r.response_id(), r.revision(),
                      answer.responded_at, EntryOf(r)});
  ShowInInteraction(uow, tenant, g, before, r);

  Sheet sheet = SheetOf(uow, tenant, g, customer);
  const std::vector<const Answer*> answers = AnswersOf(uow, tenant, g, customer);
  sheet.standings = StandingsOf(answers);
  sheet.rated_interactions = CountRated(answers, spends);
  uow.Put(SheetRow{tenant, g.number, customer, sheet});
  ShowPassive(uow, tenant, g, customer, answers);
  return absl::OkStatus();
}

}  // namespace hoiam::scoring
