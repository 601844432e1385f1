#include "survey_service/app/invite.h"

#include "platform/base/text.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/define_survey.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/paging.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/invitation.h"
#include "survey_service/convert/survey.h"
#include "survey_service/errors.h"
#include "survey_service/store/invitation_reader.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

absl::Status Check(const v1::CreateInvitationRequest& q) {
  Violations v;
  CheckSlug(q.survey_id(), "surveyId", true, v);
  CheckClientId(q.invitation_id(), "invitationId", v);
  CheckClientId(q.customer_id(), "customerId", v);
  if (!q.interaction_id().empty()) CheckClientId(q.interaction_id(), "interactionId", v);
  if (!v1::DeliveryChannel::Code_IsValid(q.channel())) UnknownEnum("channel", v);
  return v.ToStatus();
}

void Want(const std::string& tenant, const v1::CreateInvitationRequest& q, db::UnitOfWork& uow) {
  WantCustomer(uow, tenant, q.customer_id());
  WantAsks(uow, tenant, q.customer_id());
  uow.Want<SurveyRow>({tenant, q.survey_id()});
  uow.Want<InvitationClaimRow>({tenant, q.invitation_id()});
  if (!q.interaction_id().empty()) uow.Want<InteractionRow>({tenant, q.interaction_id()});
}

absl::Status CheckInteraction(const std::string& tenant, const v1::CreateInvitationRequest& q, db::UnitOfWork& uow) {
  if (q.interaction_id().empty()) return absl::OkStatus();
  const InteractionRow* row = uow.Find<InteractionRow>({tenant, q.interaction_id()});
  if (!row) return BadField("interactionId", "UNKNOWN_INTERACTION", "is no interaction that was recorded");
  HOIAM_ASSIGN_OR_RETURN(const v1::Interaction i, Parse<v1::Interaction>(row->body));
  if (i.customer_id() != q.customer_id())
    return BadField("interactionId", "INTERACTION_OF_ANOTHER_CUSTOMER", "belongs to another customer");
  return i.voided() ? InteractionVoided(q.interaction_id()) : absl::OkStatus();
}

absl::StatusOr<v1::Invitation> Decide(const std::string& tenant, const LinkMaker& links,
                                      const v1::CreateInvitationRequest& q, db::UnitOfWork& uow, absl::Time now) {
  const auto* claim = uow.Find<InvitationClaimRow>({tenant, q.invitation_id()});
  if (claim && claim->customer_id != q.customer_id()) return IdReused("invitationId", q.invitation_id());
  if (const auto* row = uow.Find<InvitationRow>({tenant, q.customer_id(), q.invitation_id()})) {
    HOIAM_ASSIGN_OR_RETURN(v1::Invitation stored, Parse<v1::Invitation>(row->body));
    if (stored.survey_id() != q.survey_id() || stored.interaction_id() != q.interaction_id())
      return IdReused("invitationId", q.invitation_id());
    return Shown(std::move(stored), links.Link(tenant, q.invitation_id(), row->key_id), now);
  }
  const SurveyRow* survey_row = uow.Find<SurveyRow>({tenant, q.survey_id()});
  if (!survey_row) return SurveyNotFound(q.survey_id());
  HOIAM_ASSIGN_OR_RETURN(const v1::Survey survey, Parse<v1::Survey>(survey_row->body));
  if (survey.state() != v1::SurveyState::ACTIVE) return SurveyNotActive(q.survey_id(), ToState(survey.state()));
  HOIAM_RETURN_IF_ERROR(CheckInteraction(tenant, q, uow));
  HOIAM_ASSIGN_OR_RETURN(const v1::Customer customer, UpsertCustomer(uow, tenant, q.customer_id(), nullptr, now));
  HOIAM_ASSIGN_OR_RETURN(const std::vector<Ask> asks, ListAsks(uow, tenant, q.customer_id()));
  const AskDecision decision = DecideAskByHand(customer.unsubscribed(), asks, now);
  if (decision.skip == SkipRule::kUnsubscribed) return CustomerUnsubscribed(q.customer_id());
  if (decision.skip != SkipRule::kNone) return AskedTooRecently(*decision.eligible_at);
  uow.Put(InvitationClaimRow{tenant, q.invitation_id(), q.customer_id()});
  HOIAM_ASSIGN_OR_RETURN(
      v1::Invitation made,
      MakeInvitation(uow, tenant, links, survey, {q.invitation_id(), q.customer_id(), q.interaction_id()}, now));
  return Shown(std::move(made), links.Link(tenant, q.invitation_id(), links.key_id()), now);
}

// An id that the system made for another customer's invitation is taken too.
absl::Status CheckIdIsFree(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateInvitationRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto owner, ReadInvitationCustomer(db, q.invitation_id()));
  return owner && *owner != q.customer_id() ? IdReused("invitationId", q.invitation_id()) : absl::OkStatus();
}

}  // namespace

void CreateInvitation(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateInvitationRequest& q,
                      rpc::Reply<v1::CreateInvitationResponse> reply) {
  if (absl::Status s = Check(q); !s.ok()) return reply(std::move(s), {});
  if (absl::Status s = CheckIdIsFree(deps, ctx, q); !s.ok()) return reply(std::move(s), {});
  rpc::Write<v1::CreateInvitationResponse> w;
  w.subject = q.customer_id();
  w.want = [tenant = ctx.tenant, &q](db::UnitOfWork& uow) { Want(tenant, q, uow); };
  w.decide = [tenant = ctx.tenant, &links = deps.links, &q](
                 db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::CreateInvitationResponse> {
    v1::CreateInvitationResponse r;
    HOIAM_ASSIGN_OR_RETURN(*r.mutable_invitation(), Decide(tenant, links, q, uow, now));
    return r;
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

absl::StatusOr<v1::ListInvitationsResponse> ListInvitations(const Deps& deps, const rpc::CallContext& ctx,
                                                            const v1::ListInvitationsRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const int size, CheckPageSize(q.page_size()));
  v1::GetSurveyRequest get;
  get.set_survey_id(q.survey_id());
  HOIAM_RETURN_IF_ERROR(GetSurvey(deps, ctx, get).status());
  const std::string query = absl::StrCat("invitations/", ctx.tenant, "/", q.survey_id());
  HOIAM_ASSIGN_OR_RETURN(const auto place, DecodePlace(query, q.page_token()));
  std::optional<InvitationPlace> before;
  if (place) before = InvitationPlace{place->time, place->id};
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(auto rows, ListInvitations(db, q.survey_id(), before, size + 1));
  const absl::Time now = deps.clock.Now();
  v1::ListInvitationsResponse page;
  for (InvitationRow& row : rows) {
    if (page.invitations_size() == size) {
      page.set_next_page_token(EncodePlace(query, {rows[size - 1].create_time, rows[size - 1].invitation_id}));
      break;
    }
    HOIAM_ASSIGN_OR_RETURN(v1::Invitation stored, Parse<v1::Invitation>(row.body));
    *page.add_invitations() = Shown(std::move(stored), deps.links.Link(ctx.tenant, row.invitation_id, row.key_id), now);
  }
  return page;
}

}  // namespace hoiam::survey
