#include "survey_service/app/invite.h"

#include "platform/base/text.h"
#include "survey_service/app/ask_step.h"
#include "survey_service/app/asking.h"
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

// Who the invitation belongs to in the tables.
std::string HolderOf(const v1::CreateInvitationRequest& q) {
  return q.customer_id().empty() ? ReceiptHolder(q.invitation_id()) : q.customer_id();
}

// Whoever has a receipt answers: nothing can be known of them.
void CheckReceipt(const v1::CreateInvitationRequest& q, Violations& v) {
  if (q.order().empty())
    v.Add("order", "REQUIRED", "is required without customerId: what is on the receipt");
  else
    CheckClientId(q.order(), "order", v);
  const auto only = [&](bool said, absl::string_view field) {
    if (said) v.Add(field, "NEEDS_CUSTOMER", "is about a customer; leave it out of a receipt");
  };
  only(!q.interaction_id().empty(), "interactionId");
  only(q.channel() == v1::DeliveryChannel::EMAIL, "channel");
  only(q.reask() != v1::Reask::UNSPECIFIED, "reask");
}

absl::Status Check(const v1::CreateInvitationRequest& q) {
  Violations v;
  CheckSlug(q.survey_id(), "surveyId", true, v);
  CheckClientId(q.invitation_id(), "invitationId", v);
  CheckSlug(q.touchpoint(), "touchpoint", false, v);
  if (!v1::DeliveryChannel::Code_IsValid(q.channel())) UnknownEnum("channel", v);
  if (!v1::Reask::Code_IsValid(q.reask())) UnknownEnum("reask", v);
  if (q.customer_id().empty()) {
    CheckReceipt(q, v);
  } else {
    CheckClientId(q.customer_id(), "customerId", v);
    if (!q.interaction_id().empty()) CheckClientId(q.interaction_id(), "interactionId", v);
    if (!q.order().empty()) v.Add("order", "ONLY_FOR_RECEIPT", "is for receipts, which have no customerId");
  }
  return v.ToStatus();
}

void Want(const std::string& tenant, const v1::CreateInvitationRequest& q, db::UnitOfWork& uow) {
  uow.Want<SurveyRow>({tenant, q.survey_id()});
  uow.Want<InvitationClaimRow>({tenant, q.invitation_id()});
  if (q.customer_id().empty()) {
    WantAsks(uow, tenant, HolderOf(q));
    return;
  }
  WantCustomer(uow, tenant, q.customer_id());
  WantAskingDirectly(uow, tenant, q.customer_id(), q.survey_id());
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

// As it is answered: with link, picture and ready text.
absl::StatusOr<v1::Invitation> Ready(const std::string& tenant, const LinkMaker& links, const std::string& holder,
                                     const std::string& id, const v1::Survey& survey, const v1::Customer& customer,
                                     db::UnitOfWork& uow, absl::Time now) {
  const auto* row = uow.Find<InvitationRow>({tenant, holder, id});
  if (!row) return absl::InternalError("an invitation that was just made is not there");
  HOIAM_ASSIGN_OR_RETURN(v1::Invitation stored, Parse<v1::Invitation>(row->body));
  HOIAM_ASSIGN_OR_RETURN(const auto policy, FindPolicy(uow, tenant));
  ReadyWords words{survey.brand().empty() ? tenant : survey.brand(), false, policy->policy.sms_short_code()};
  if (!stored.interaction_id().empty()) {
    if (const auto* about = uow.Find<InteractionRow>({tenant, stored.interaction_id()})) {
      HOIAM_ASSIGN_OR_RETURN(const v1::Interaction i, Parse<v1::Interaction>(about->body));
      words.bought = i.type() == kPurchase;
    }
  }
  v1::Invitation out = Shown(std::move(stored), links.Link(tenant, id, row->key_id), now);
  FillReady(customer, words, out.link(), out.mutable_qr(), out.mutable_text());
  return out;
}

absl::StatusOr<v1::Customer> FindCustomer(const std::string& tenant, const std::string& id, db::UnitOfWork& uow) {
  const auto* row = id.empty() ? nullptr : uow.Find<CustomerRow>({tenant, id});
  if (!row) return v1::Customer();
  return Parse<v1::Customer>(row->body);
}

absl::Status Ask(const std::string& tenant, const LinkMaker& links, const v1::CreateInvitationRequest& q,
                 const v1::Survey& survey, db::UnitOfWork& uow, absl::Time now) {
  HOIAM_RETURN_IF_ERROR(CheckInteraction(tenant, q, uow));
  HOIAM_ASSIGN_OR_RETURN(const v1::Customer customer, UpsertCustomer(uow, tenant, q.customer_id(), nullptr, now));
  DirectAsk ask;
  ask.invitation_id = q.invitation_id();
  ask.interaction_id = q.interaction_id();
  ask.touchpoint = q.touchpoint();
  ask.channel = q.channel();
  ask.reask = q.reask();
  HOIAM_ASSIGN_OR_RETURN(const v1::Dispatch d, AskDirectly(uow, tenant, links, survey, customer, ask, now));
  return d.decision() == v1::DispatchDecision::INVITED ? absl::OkStatus() : RefusalOf(d);
}

absl::StatusOr<v1::Invitation> Decide(const std::string& tenant, const LinkMaker& links,
                                      const v1::CreateInvitationRequest& q, db::UnitOfWork& uow, absl::Time now) {
  const std::string holder = HolderOf(q);
  const auto* claim = uow.Find<InvitationClaimRow>({tenant, q.invitation_id()});
  if (claim && claim->customer_id != holder) return IdReused("invitationId", q.invitation_id());
  const SurveyRow* survey_row = uow.Find<SurveyRow>({tenant, q.survey_id()});
  v1::Survey survey;
  if (survey_row) {
    HOIAM_ASSIGN_OR_RETURN(survey, Parse<v1::Survey>(survey_row->body));
  }
  if (const auto* row = uow.Find<InvitationRow>({tenant, holder, q.invitation_id()})) {
    HOIAM_ASSIGN_OR_RETURN(const v1::Invitation stored, Parse<v1::Invitation>(row->body));
    if (stored.survey_id() != q.survey_id() || stored.interaction_id() != q.interaction_id() ||
        stored.order() != q.order())
      return IdReused("invitationId", q.invitation_id());
  } else {
    if (!survey_row) return SurveyNotFound(q.survey_id());
    if (survey.state() != v1::SurveyState::ACTIVE) return SurveyNotActive(q.survey_id(), ToState(survey.state()));
    if (q.customer_id().empty()) {
      HOIAM_RETURN_IF_ERROR(GiveReceipt(uow, tenant, links, survey, q.invitation_id(), q.order(), q.touchpoint(), now));
    } else {
      HOIAM_RETURN_IF_ERROR(Ask(tenant, links, q, survey, uow, now));
    }
    uow.Put(InvitationClaimRow{tenant, q.invitation_id(), holder});
  }
  HOIAM_ASSIGN_OR_RETURN(const v1::Customer customer, FindCustomer(tenant, q.customer_id(), uow));
  return Ready(tenant, links, holder, q.invitation_id(), survey, customer, uow, now);
}

// An id that the system made for another customer's invitation is taken too.
absl::Status CheckIdIsFree(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateInvitationRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto owner, ReadInvitationCustomer(db, q.invitation_id()));
  return owner && *owner != HolderOf(q) ? IdReused("invitationId", q.invitation_id()) : absl::OkStatus();
}

}  // namespace

void CreateInvitation(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateInvitationRequest& q,
                      rpc::Reply<v1::CreateInvitationResponse> reply) {
  if (absl::Status s = Check(q); !s.ok()) return reply(std::move(s), {});
  if (absl::Status s = CheckIdIsFree(deps, ctx, q); !s.ok()) return reply(std::move(s), {});
  rpc::Write<v1::CreateInvitationResponse> w;
  w.subject = HolderOf(q);
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
