#include "survey_service/app/invitation_step.h"

#include <functional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "survey_service/app/asking.h"
#include "survey_service/app/due_kinds.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/event.h"
#include "survey_service/convert/invitation.h"
#include "survey_service/convert/survey.h"
#include "survey_service/convert/times.h"
#include "survey_service/convert/trigger.h"
#include "survey_service/store/asking_rows.h"

namespace hoiam::survey {
namespace {

constexpr absl::string_view kReceipt("\x01", 1);

// Who interactions let ask, by the rules that everybody has.
std::vector<Asker> Askers(const ActiveSurveys& surveys) {
  std::vector<Asker> out;
  for (const auto& s : surveys) {
    const AskingSurvey& asking = s->asking;
    if (asking.recovery || asking.trigger.on != TriggerOn::kInteraction) continue;
    out.push_back({asking.survey_id, asking.metric, asking.channels.front(), asking.window});
  }
  return out;
}

absl::Status Tell(db::UnitOfWork& uow, const std::string& tenant, const v1::Invitation& invitation, absl::Time now) {
  std::optional<absl::Time> next;
  if (!invitation.customer_id().empty()) {
    HOIAM_ASSIGN_OR_RETURN(const std::vector<Ask> asks, ListAsks(uow, tenant, invitation.customer_id()));
    HOIAM_ASSIGN_OR_RETURN(const ActiveSurveys surveys, ListActiveSurveys(uow, tenant));
    HOIAM_ASSIGN_OR_RETURN(const auto policy, FindPolicy(uow, tenant));
    next = EarliestAsk(asks, Askers(surveys), policy->rules.rules, now);
    uow.Replace(NextAskRow{tenant, invitation.customer_id(), next});
  }
  uow.Emit(InvitationEvent(tenant, invitation, next, now).SerializeAsString());
  return absl::OkStatus();
}

db::Values SendingKey(const std::string& tenant, const InvitationRow& row) {
  return due::Work::Key(tenant, row.customer_id, DueKind::kSend, row.invitation_id);
}

// Whether something is to be sent that was not sent yet.
bool WaitsToGoOut(const v1::Invitation& i) { return IsOpen(ToState(i.state())) && !HasGoneOut(i); }

absl::Status Revoke(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
                    const std::function<bool(const v1::Invitation&)>& which, absl::Time now) {
  std::vector<InvitationRow> rows;  // copies: a write ends what List has shown
  for (const InvitationRow* row : uow.List<InvitationRow>({tenant, customer_id})) rows.push_back(*row);
  for (InvitationRow& row : rows) {
    HOIAM_ASSIGN_OR_RETURN(v1::Invitation i, Parse<v1::Invitation>(row.body));
    if (!IsOpen(StateAt(i, now)) || !which(i)) continue;
    if (WaitsToGoOut(i) && uow.Find<due::Work>(SendingKey(tenant, row))) uow.Delete<due::Work>(SendingKey(tenant, row));
    i.set_state(v1::InvitationState::REVOKED);
    HOIAM_RETURN_IF_ERROR(ChangeInvitation(uow, std::move(row), std::move(i), now).status());
  }
  return absl::OkStatus();
}

}  // namespace

void WantAsks(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id) {
  uow.Want<ActiveSurveyRow>({tenant});
  uow.Want<AskPolicyRow>({tenant});
  uow.Want<InvitationRow>({tenant, customer_id});
  for (const InvitationRow* row : uow.List<InvitationRow>({tenant, customer_id})) {
    v1::Invitation i;
    if (i.ParseFromString(row->body) && WaitsToGoOut(i)) uow.Want<due::Work>(SendingKey(tenant, *row));
  }
}

absl::StatusOr<std::vector<Ask>> ListAsks(db::UnitOfWork& uow, const std::string& tenant,
                                          const std::string& customer_id) {
  std::vector<Ask> asks;
  for (const InvitationRow* row : uow.List<InvitationRow>({tenant, customer_id})) {
    HOIAM_ASSIGN_OR_RETURN(const v1::Invitation i, Parse<v1::Invitation>(row->body));
    AppendAsks(i, asks);
  }
  return asks;
}

std::string ReceiptHolder(const std::string& invitation_id) { return absl::StrCat(kReceipt, invitation_id); }
bool IsReceiptHolder(absl::string_view customer_id) { return absl::StartsWith(customer_id, kReceipt); }

absl::StatusOr<v1::Invitation> MakeInvitation(db::UnitOfWork& uow, const std::string& tenant, const LinkMaker& links,
                                              const v1::Survey& survey, const NewInvitation& made, absl::Time now) {
  v1::Invitation i;
  i.set_invitation_id(made.invitation_id);
  i.set_survey_id(survey.survey_id());
  i.set_metric(survey.metric());
  i.set_customer_id(made.customer_id);
  i.set_interaction_id(made.interaction_id);
  i.set_touchpoint(made.touchpoint);
  i.set_wave_id(made.wave_id);
  i.set_case_id(made.case_id);
  i.set_order(made.order);
  i.set_channel(FromChannel(made.channel));
  const bool later = made.send_at > now;
  i.set_state(v1::InvitationState::SCHEDULED);
  if (later)
    SetTime(made.send_at, i.mutable_send_time());
  else if (made.channel == AskChannel::kLink)
    GoOut(i, v1::InvitationState::CREATED);
  else
    i.set_state(v1::InvitationState::CREATED);
  SetTime(std::max(made.send_at, now) + ExpireAfter(survey), i.mutable_expire_time());
  i.set_survey_version(survey.version());
  i.set_revision(1);
  SetTime(now, i.mutable_create_time());
  const std::string holder = made.customer_id.empty() ? ReceiptHolder(made.invitation_id) : made.customer_id;
  uow.Put(InvitationRow{tenant, holder, made.invitation_id, survey.survey_id(), now,
                        TokenHash(links.Token(tenant, made.invitation_id)), links.key_id(), i.SerializeAsString()});
  if (!HasGoneOut(i))
    due::AddWork(uow, tenant, DueKind::kSend, holder, made.invitation_id, std::max(made.send_at, now));
  HOIAM_RETURN_IF_ERROR(Tell(uow, tenant, i, now));
  return i;
}

void GoOut(v1::Invitation& invitation, v1::InvitationState::Code state) {
  invitation.set_state(state);
  invitation.set_asks(1);
}

absl::StatusOr<v1::Invitation> ChangeInvitation(db::UnitOfWork& uow, InvitationRow row, v1::Invitation invitation,
                                                absl::Time now) {
  invitation.set_revision(invitation.revision() + 1);
  row.body = invitation.SerializeAsString();
  const std::string tenant = row.tenant_id;
  uow.Put(std::move(row));
  HOIAM_RETURN_IF_ERROR(Tell(uow, tenant, invitation, now));
  return invitation;
}

absl::Status RevokeInvitations(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
                               const std::optional<std::string>& interaction_id, absl::Time now) {
  return Revoke(
      uow, tenant, customer_id,
      [&](const v1::Invitation& i) { return !interaction_id || i.interaction_id() == *interaction_id; }, now);
}

absl::Status RevokeInvitationsBy(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
                                 AskChannel channel, absl::Time now) {
  return Revoke(
      uow, tenant, customer_id, [&](const v1::Invitation& i) { return ToChannel(i.channel()) == channel; }, now);
}

absl::Status RevokeScheduledOfCase(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
                                   const std::string& case_id, absl::Time now) {
  return Revoke(
      uow, tenant, customer_id, [&](const v1::Invitation& i) { return i.case_id() == case_id && !HasGoneOut(i); }, now);
}

}  // namespace hoiam::survey
