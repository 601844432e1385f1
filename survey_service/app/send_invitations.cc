#include "survey_service/app/send_invitations.h"

#include <vector>

#include "platform/base/status.h"
#include "survey_service/app/delivery_step.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/invitation.h"
#include "survey_service/convert/times.h"
#include "survey_service/convert/trigger.h"
#include "survey_service/domain/delivery.h"
#include "survey_service/domain/funnel.h"

namespace hoiam::survey {
namespace {

absl::StatusOr<bool> Withdraw(DueInvitation& due) {
  FinishWork(due.uow, due.work);
  due.invitation.set_state(v1::InvitationState::REVOKED);
  HOIAM_RETURN_IF_ERROR(ChangeInvitation(due.uow, due.row, due.invitation, due.now).status());
  return false;
}

// The end of the floor after what this person was asked meanwhile; nullopt: it holds nobody back.
absl::StatusOr<std::optional<absl::Time>> EndOfFloor(const DueInvitation& due) {
  std::vector<Ask> asked;
  for (const InvitationRow* row : due.uow.List<InvitationRow>({due.row.tenant_id, due.row.customer_id})) {
    if (row->invitation_id == due.row.invitation_id) continue;
    HOIAM_ASSIGN_OR_RETURN(const v1::Invitation other, Parse<v1::Invitation>(row->body));
    if (HasGoneOut(other)) AppendAsks(other, asked);
  }
  Asker asker{due.survey.survey_id(), due.survey.metric(), ToChannel(due.invitation.channel())};
  asker.exempt = true;  // the other rules were decided when it was made, and it has counted in them since
  const std::vector<FatigueVerdict> verdicts = DecideFatigue(asked, asker, {}, due.now);
  const FatigueVerdict* strictest = Strictest(verdicts);
  return strictest ? strictest->opens_at : std::nullopt;
}

}  // namespace

absl::StatusOr<bool> SendInvitations::Decide(DueInvitation& due) const {
  const v1::Invitation& i = due.invitation;
  const InvitationState state = StateAt(i, due.now);
  const bool waits = state == InvitationState::kScheduled || state == InvitationState::kCreated;
  if (!waits || HasGoneOut(i)) {
    FinishWork(due.uow, due.work);
    return false;
  }
  const bool mails = i.channel() == v1::DeliveryChannel::EMAIL;
  const bool refused = due.person.unsubscribed || (mails ? due.person.refuses_mail : due.person.refuses_link);
  if (refused || due.survey_state == v1::SurveyState::ARCHIVED) return Withdraw(due);
  if (const auto until = MustWait(due)) {
    Later(due, *until);
    return false;
  }
  HOIAM_ASSIGN_OR_RETURN(const auto floor, EndOfFloor(due));
  if (floor) {
    Later(due, *floor);
    return false;
  }
  if (mails && due.person.has_address) return true;
  FinishWork(due.uow, due.work);
  if (mails) {
    HOIAM_RETURN_IF_ERROR(Bounce(due.uow, due.row, due.invitation, "no mail address", false, due.now).status());
    return false;
  }
  GoOut(due.invitation, v1::InvitationState::CREATED);
  Count(due, kSentItem);
  HOIAM_RETURN_IF_ERROR(ChangeInvitation(due.uow, due.row, due.invitation, due.now).status());
  return false;
}

absl::Status SendInvitations::Sent(DueInvitation& due) const {
  v1::Invitation& i = due.invitation;
  if (HasGoneOut(i)) return absl::OkStatus();
  const v1::InvitationState::Code was = i.state();
  GoOut(i, v1::InvitationState::SENT);
  // Answered, or withdrawn, before we knew that it was sent.
  if (was != v1::InvitationState::SCHEDULED && was != v1::InvitationState::CREATED) i.set_state(was);
  SetTime(due.now, i.mutable_sent_time());
  i.set_sent_by("email");
  Count(due, kSentItem);
  if (AwaitsAnswer(ToState(i.state())) && due.survey.reminders_size() > 0)
    due::AddWork(due.uow, due.row.tenant_id, DueKind::kRemind, due.row.customer_id, due.row.invitation_id,
                 due.now + ToDuration(due.survey.reminders(0).after()));
  return absl::OkStatus();
}

absl::Status SendInvitations::GiveUp(DueInvitation& due, const std::string& why) const {
  return Bounce(due.uow, due.row, due.invitation, why, false, due.now).status();
}

}  // namespace hoiam::survey
