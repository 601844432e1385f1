#include "survey_service/app/remind.h"

#include <algorithm>
#include <vector>

#include "platform/base/status.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/convert/invitation.h"
#include "survey_service/convert/times.h"
#include "survey_service/domain/delivery.h"
#include "survey_service/domain/funnel.h"

namespace hoiam::survey {
namespace {

// When what this person was and will be asked leaves room for one more; nullopt: now.
absl::StatusOr<std::optional<absl::Time>> OpensAt(const DueInvitation& due) {
  HOIAM_ASSIGN_OR_RETURN(const std::vector<Ask> asks, ListAsks(due.uow, due.row.tenant_id, due.row.customer_id));
  Asker asker{due.survey.survey_id(), due.survey.metric(), AskChannel::kEmail};
  asker.exempt = due.survey.recovery();
  const std::vector<FatigueVerdict> verdicts = DecideFatigue(asks, asker, due.policy->rules.rules, due.now);
  const FatigueVerdict* strictest = Strictest(verdicts);
  return strictest ? strictest->opens_at : std::nullopt;
}

}  // namespace

absl::StatusOr<bool> Remind::Decide(DueInvitation& due) const {
  const v1::Invitation& i = due.invitation;
  const bool reaches = !due.person.unsubscribed && !due.person.refuses_mail && due.person.has_address;
  if (!AwaitsAnswer(StateAt(i, due.now)) || !reaches || due.survey_state == v1::SurveyState::ARCHIVED ||
      i.reminder_times_size() >= due.survey.reminders_size()) {
    FinishWork(due.uow, due.work);
    return false;
  }
  std::optional<absl::Time> until = MustWait(due);
  if (!until) {
    HOIAM_ASSIGN_OR_RETURN(until, OpensAt(due));
  }
  if (!until) return true;
  Later(due, *until);
  return false;
}

absl::Status Remind::Sent(DueInvitation& due) const {
  v1::Invitation& i = due.invitation;
  SetTime(due.now, i.add_reminder_times());
  i.set_asks(i.asks() + 1);
  Count(due, kRemindedItem);
  const int sent = i.reminder_times_size();
  if (sent < due.survey.reminders_size()) {
    const absl::Time next = ToTime(i.sent_time()) + ToDuration(due.survey.reminders(sent).after());
    due::AddWork(due.uow, due.row.tenant_id, DueKind::kRemind, due.row.customer_id, due.row.invitation_id,
                 std::max(next, due.now + kFloor));
  }
  return absl::OkStatus();
}

absl::Status Remind::GiveUp(DueInvitation&, const std::string&) const { return absl::OkStatus(); }

}  // namespace hoiam::survey
