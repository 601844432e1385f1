#include "survey_service/app/invitation_step.h"

#include <utility>

#include "survey_service/app/stored.h"
#include "survey_service/convert/event.h"
#include "survey_service/convert/invitation.h"
#include "survey_service/convert/survey.h"
#include "survey_service/convert/times.h"

namespace hoiam::survey {
namespace {

absl::Status Tell(db::UnitOfWork& uow, const std::string& tenant, const v1::Invitation& invitation, absl::Time now) {
  HOIAM_ASSIGN_OR_RETURN(const std::vector<Ask> asks, ListAsks(uow, tenant, invitation.customer_id()));
  HOIAM_ASSIGN_OR_RETURN(const std::vector<v1::Survey> surveys, ListActiveSurveys(uow, tenant));
  std::vector<Candidate> candidates;
  for (const v1::Survey& s : surveys) candidates.push_back({s.survey_id(), ToAsking(s).window});
  uow.Emit(InvitationEvent(tenant, invitation, EarliestAsk(asks, candidates, now), now).SerializeAsString());
  return absl::OkStatus();
}

}  // namespace

void WantAsks(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id) {
  uow.Want<ActiveSurveyRow>({tenant});
  uow.Want<InvitationRow>({tenant, customer_id});
}

absl::StatusOr<std::vector<Ask>> ListAsks(db::UnitOfWork& uow, const std::string& tenant,
                                          const std::string& customer_id) {
  std::vector<Ask> asks;
  for (const InvitationRow* row : uow.List<InvitationRow>({tenant, customer_id})) {
    HOIAM_ASSIGN_OR_RETURN(v1::Invitation i, Parse<v1::Invitation>(row->body));
    asks.push_back({std::move(*i.mutable_survey_id()), std::move(*i.mutable_interaction_id()), row->create_time});
  }
  return asks;
}

absl::StatusOr<std::vector<v1::Survey>> ListActiveSurveys(db::UnitOfWork& uow, const std::string& tenant) {
  std::vector<v1::Survey> surveys;
  for (const ActiveSurveyRow* row : uow.List<ActiveSurveyRow>({tenant})) {
    HOIAM_ASSIGN_OR_RETURN(v1::Survey s, Parse<v1::Survey>(row->body));
    surveys.push_back(std::move(s));
  }
  return surveys;
}

absl::StatusOr<v1::Invitation> MakeInvitation(db::UnitOfWork& uow, const std::string& tenant, const LinkMaker& links,
                                              const v1::Survey& survey, const NewInvitation& made, absl::Time now) {
  v1::Invitation i;
  i.set_invitation_id(made.invitation_id);
  i.set_survey_id(survey.survey_id());
  i.set_customer_id(made.customer_id);
  i.set_interaction_id(made.interaction_id);
  i.set_channel(v1::DeliveryChannel::LINK);
  i.set_state(v1::InvitationState::CREATED);
  SetTime(now + ExpireAfter(survey), i.mutable_expire_time());
  i.set_survey_version(survey.version());
  i.set_revision(1);
  SetTime(now, i.mutable_create_time());
  uow.Put(InvitationRow{tenant, made.customer_id, made.invitation_id, survey.survey_id(), now,
                        TokenHash(links.Token(tenant, made.invitation_id)), links.key_id(), i.SerializeAsString()});
  HOIAM_RETURN_IF_ERROR(Tell(uow, tenant, i, now));
  return i;
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
  std::vector<InvitationRow> rows;  // copies: a write ends what List has shown
  for (const InvitationRow* row : uow.List<InvitationRow>({tenant, customer_id})) rows.push_back(*row);
  for (InvitationRow& row : rows) {
    HOIAM_ASSIGN_OR_RETURN(v1::Invitation i, Parse<v1::Invitation>(row.body));
    if (!IsOpen(StateAt(i, now)) || (interaction_id && i.interaction_id() != *interaction_id)) continue;
    i.set_state(v1::InvitationState::REVOKED);
    HOIAM_RETURN_IF_ERROR(ChangeInvitation(uow, std::move(row), std::move(i), now).status());
  }
  return absl::OkStatus();
}

}  // namespace hoiam::survey
