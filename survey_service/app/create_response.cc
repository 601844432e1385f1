#include "survey_service/app/create_response.h"

#include <memory>
#include <set>
#include <utility>

#include "platform/base/ids.h"
#include "survey_service/app/batch.h"
#include "survey_service/app/catalogue_step.h"
#include "survey_service/app/claim_step.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/known_step.h"
#include "survey_service/app/metric_step.h"
#include "survey_service/app/response_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/invitation.h"
#include "survey_service/convert/metric.h"
#include "survey_service/convert/response.h"
#include "survey_service/convert/survey.h"
#include "survey_service/convert/times.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"
#include "survey_service/store/invitation_reader.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

// One answer on its way in.
struct Answering {
  std::string tenant;
  NewResponse in;
  std::string id_field = "responseId";  // as the request names it
  bool publishable = false;             // by anybody: says nothing of what is stored
  std::string customer_id;              // the request's, else the invitation's; "" for an anonymous answer
  std::string holder;                   // of the invitation: its customer, or a receipt's
  std::string phone;                    // to be claimed by, as it is looked up

  const v1::Response& asked() const { return in.response; }
  const std::string& id() const { return asked().response_id(); }
  const std::string& subject() const { return !holder.empty() ? holder : customer_id.empty() ? id() : customer_id; }
};

absl::Status UnknownInvitation() {
  return BadField("invitationId", "UNKNOWN_INVITATION", "is no invitation that was made");
}

// Fills in the customer of an invitation that the answer names; whose it is never changes.
absl::Status ResolveCustomer(const Deps& deps, const rpc::CallContext& ctx, Answering& a) {
  a.customer_id = a.asked().customer_id();
  const std::string& invitation = a.asked().invitation_id();
  if (invitation.empty()) return absl::OkStatus();
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto owner, ReadInvitationCustomer(db, invitation));
  if (!owner) return UnknownInvitation();
  a.holder = *owner;
  if (IsReceiptHolder(*owner)) {
    if (a.customer_id.empty()) return absl::OkStatus();
    return BadField("customerId", "RECEIPT_IS_ANONYMOUS", "whoever answers a receipt is not known; claim the answer");
  }
  if (!a.customer_id.empty() && a.customer_id != *owner)
    return a.publishable ? UnknownInvitation()
                         : BadField("invitationId", "INVITATION_OF_ANOTHER_CUSTOMER", "belongs to another customer");
  a.customer_id = *owner;
  return absl::OkStatus();
}

void WantInteraction(const Answering& a, const std::string& id, db::UnitOfWork& uow) {
  if (id.empty()) return;
  uow.Want<InteractionRow>({a.tenant, id});
  v1::Interaction interaction;
  const auto* row = uow.Find<InteractionRow>({a.tenant, id});
  if (row && interaction.ParseFromString(row->body)) WantFrozen(uow, a.tenant, interaction);
}

// What of the customer, and of metrics, the questions of a survey need.
void WantAsked(const Answering& a, const std::string& survey_body, db::UnitOfWork& uow) {
  v1::Survey survey;
  if (!survey.ParseFromString(survey_body)) return;
  WantMetrics(uow, a.tenant, OwnMetrics(survey));
  if (!a.customer_id.empty()) WantKnown(uow, a.tenant, a.customer_id, ToQuestions(survey, {}));
}

void Want(const Answering& a, db::UnitOfWork& uow) {
  const v1::Response& r = a.asked();
  uow.Want<ResponseRow>({a.tenant, a.id()});
  WantName(uow, a.tenant, CatalogueKind::kTouchpoint, r.touchpoint());
  WantName(uow, a.tenant, CatalogueKind::kChannel, r.channel());
  if (const auto said = ResolveName(uow, a.tenant, CatalogueKind::kTouchpoint, r.touchpoint()); said.ok())
    WantStage(uow, a.tenant, *said);
  if (!a.customer_id.empty()) WantCustomer(uow, a.tenant, a.customer_id);
  WantStanding(uow, a.tenant, a.customer_id);
  WantMetric(uow, a.tenant, r.metric());
  if (!r.survey_id().empty()) uow.Want<SurveyRow>({a.tenant, r.survey_id()});
  if (r.invitation_id().empty()) {
    WantInteraction(a, r.interaction_id(), uow);
    if (const auto* row = r.survey_id().empty() ? nullptr : uow.Find<SurveyRow>({a.tenant, r.survey_id()}))
      WantAsked(a, row->body, uow);
    return;
  }
  WantAsks(uow, a.tenant, a.holder);
  WantTally(uow, a.tenant);
  const auto* row = uow.Find<InvitationRow>({a.tenant, a.holder, r.invitation_id()});
  v1::Invitation i;
  if (!row || !i.ParseFromString(row->body)) return;
  uow.Want<SurveyVersionRow>({a.tenant, i.survey_id(), i.survey_version()});
  WantStage(uow, a.tenant, i.touchpoint());
  WantInteraction(a, r.interaction_id().empty() ? i.interaction_id() : r.interaction_id(), uow);
  if (const auto* version = uow.Find<SurveyVersionRow>({a.tenant, i.survey_id(), i.survey_version()}))
    WantAsked(a, version->body, uow);
}

// What an answer refers to, as it is stored.
struct References {
  std::optional<InvitationRow> invitation_row;
  v1::Invitation invitation;
  std::optional<v1::Survey> survey;  // at the version asked with
  std::optional<v1::Interaction> interaction;
};

absl::Status FindInvitation(const Answering& a, db::UnitOfWork& uow, References& refs, Violations& v) {
  const v1::Response& r = a.asked();
  if (r.invitation_id().empty()) return absl::OkStatus();
  const auto* row = uow.Find<InvitationRow>({a.tenant, a.holder, r.invitation_id()});
  if (!row) return UnknownInvitation();
  refs.invitation_row = *row;
  HOIAM_ASSIGN_OR_RETURN(refs.invitation, Parse<v1::Invitation>(row->body));
  const v1::Invitation& i = refs.invitation;
  if (!r.survey_id().empty() && r.survey_id() != i.survey_id())
    v.Add("surveyId", "SURVEY_MISMATCH", "differs from the survey of the invitation");
  if (!r.interaction_id().empty() && r.interaction_id() != i.interaction_id())
    v.Add("interactionId", "INTERACTION_MISMATCH", "differs from the interaction of the invitation");
  const auto* version = uow.Find<SurveyVersionRow>({a.tenant, i.survey_id(), i.survey_version()});
  if (!version) return absl::InternalError("an invitation's survey version is missing");
  HOIAM_ASSIGN_OR_RETURN(refs.survey, Parse<v1::Survey>(version->body));
  return absl::OkStatus();
}

absl::StatusOr<References> FindReferences(const Answering& a, db::UnitOfWork& uow, Violations& v) {
  const v1::Response& r = a.asked();
  References refs;
  HOIAM_RETURN_IF_ERROR(FindInvitation(a, uow, refs, v));
  if (!refs.survey && !r.survey_id().empty()) {
    if (const auto* row = uow.Find<SurveyRow>({a.tenant, r.survey_id()})) {
      HOIAM_ASSIGN_OR_RETURN(refs.survey, Parse<v1::Survey>(row->body));
    } else {
      v.Add("surveyId", "UNKNOWN_SURVEY", "is no survey that was made");
    }
  }
  const std::string& interaction = r.interaction_id().empty() ? refs.invitation.interaction_id() : r.interaction_id();
  if (interaction.empty()) return refs;
  bool foreign = false;
  if (const auto* row = uow.Find<InteractionRow>({a.tenant, interaction})) {
    HOIAM_ASSIGN_OR_RETURN(refs.interaction, Parse<v1::Interaction>(row->body));
    foreign = !a.customer_id.empty() && refs.interaction->customer_id() != a.customer_id;
  }
  if (!refs.interaction || (foreign && a.publishable))
    v.Add("interactionId", "UNKNOWN_INTERACTION", "is no interaction that was recorded");
  else if (foreign)
    v.Add("interactionId", "INTERACTION_OF_ANOTHER_CUSTOMER", "belongs to another customer");
  return refs;
}

// Whether there is the metric that it counts for, and the score is one of its.
void CheckCounted(const v1::Response& r, const MetricBook& metrics, Violations& v) {
  if (r.metric().empty()) return;
  const MetricPtr metric = metrics.Find(r.metric());
  if (!metric) return UnknownMetric("metric", v);
  if (r.has_score()) CheckScore(*metric, r.score(), "score", v);
}

// The answer with all that its references say, or what is wrong with it.
void Complete(const Answering& a, const References& refs, const MetricBook& metrics, const std::set<std::string>& known,
              v1::Response& r, Violations& v) {
  r.set_customer_id(a.customer_id);
  if (refs.interaction) r.set_interaction_id(refs.interaction->interaction_id());
  if (!refs.survey) return CheckCounted(r, metrics, v);
  r.set_survey_id(refs.survey->survey_id());
  r.set_survey_version(refs.survey->version());
  if (r.metric().empty()) r.set_metric(refs.survey->metric());
  if (r.metric() != refs.survey->metric())
    return v.Add("metric", "METRIC_MISMATCH", absl::StrCat("this survey measures ", refs.survey->metric()));
  CheckCounted(r, metrics, v);
  if (!v.empty()) return;
  CheckAgainstSurvey(*refs.survey, metrics, known, r.effects() == v1::Effects::FULL, r, v);
}

absl::Status CheckStillOpen(const v1::Invitation& i, absl::Time responded_at) {
  switch (StateAt(i, responded_at)) {
    case InvitationState::kStarted:  // from its page: this would be a second answer
    case InvitationState::kAnswered:
      return LinkUsed();
    case InvitationState::kExpired:
      return LinkExpired();
    case InvitationState::kRevoked:
      return LinkRevoked();
    default:
      return absl::OkStatus();
  }
}

absl::StatusOr<v1::Response> Decide(const Answering& a, db::UnitOfWork& uow, absl::Time now) {
  if (const auto* row = uow.Find<ResponseRow>({a.tenant, a.id()})) {
    if (row->fingerprint != a.in.fingerprint) return IdReused(a.id_field, a.id());
    return Parse<v1::Response>(row->body);
  }
  Violations v;
  HOIAM_ASSIGN_OR_RETURN(References refs, FindReferences(a, uow, v));
  std::set<std::string> own;
  AddOwn(a.asked().metric(), own);
  if (refs.survey) own.merge(OwnMetrics(*refs.survey));
  const MetricBook metrics = FindMetrics(uow, a.tenant, own);
  const std::vector<Question> questions = refs.survey ? ToQuestions(*refs.survey, metrics) : std::vector<Question>();
  std::optional<v1::Customer> before;
  if (const auto* row = a.customer_id.empty() ? nullptr : uow.Find<CustomerRow>({a.tenant, a.customer_id})) {
    HOIAM_ASSIGN_OR_RETURN(before, Parse<v1::Customer>(row->body));
  }
  const std::set<std::string> known = Known(uow, a.tenant, before ? &*before : nullptr, questions, now);
  v1::Response r = a.asked();
  HOIAM_ASSIGN_OR_RETURN(*r.mutable_touchpoint(),
                         ResolveName(uow, a.tenant, CatalogueKind::kTouchpoint, r.touchpoint()));
  HOIAM_ASSIGN_OR_RETURN(*r.mutable_channel(), ResolveName(uow, a.tenant, CatalogueKind::kChannel, r.channel()));
  if (!r.has_responded_at()) SetTime(now, r.mutable_responded_at());
  Complete(a, refs, metrics, known, r, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  const v1::Invitation* invitation = refs.invitation_row ? &refs.invitation : nullptr;
  if (invitation) HOIAM_RETURN_IF_ERROR(CheckStillOpen(refs.invitation, ToTime(r.responded_at())));

  std::optional<v1::Customer> customer;
  if (!a.customer_id.empty()) {
    HOIAM_ASSIGN_OR_RETURN(customer, CustomerWhoAnswers(uow, a.tenant, a.customer_id, now));
  }
  const v1::Survey* survey = refs.survey ? &*refs.survey : nullptr;
  Freeze(uow, a.tenant,
         {refs.interaction ? &*refs.interaction : nullptr, invitation, customer ? &*customer : nullptr, survey}, r);
  r.set_finished(refs.survey.has_value());
  KeepKnown(uow, a.tenant, a.customer_id, questions, r, ToTime(r.responded_at()));
  if (a.customer_id.empty()) PutClaims(uow, a.tenant, r.response_id(), r.order(), a.phone);
  if (invitation && r.effects() == v1::Effects::FULL)
    HOIAM_RETURN_IF_ERROR(CountReached(uow, a.tenant, *invitation, std::nullopt, ReachedBy(questions, known, r)));
  HOIAM_ASSIGN_OR_RETURN(r, PutResponse(uow, a.tenant, std::move(r), survey, a.in.fingerprint, now));
  if (refs.invitation_row) {
    refs.invitation.set_state(v1::InvitationState::ANSWERED);
    refs.invitation.set_response_id(a.id());
    HOIAM_RETURN_IF_ERROR(
        ChangeInvitation(uow, *std::move(refs.invitation_row), std::move(refs.invitation), now).status());
  }
  return r;
}

// Checks the request and finds its subject.
absl::StatusOr<std::shared_ptr<Answering>> Read(const Deps& deps, const rpc::CallContext& ctx,
                                                const v1::CreateResponseRequest& q, v1::Effects::Code effects,
                                                absl::Time now) {
  Violations v;
  if (ctx.publishable) CheckPublishable(q, v);
  const bool asked = !ctx.publishable || !q.invitation_id().empty();
  auto a = std::make_shared<Answering>(Answering{ctx.tenant, ReadResponse(q, {effects, asked}, now, v)});
  a->publishable = ctx.publishable;
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  if (!a->in.phone.empty()) a->phone = deps.phones.Normal(a->in.phone);
  HOIAM_RETURN_IF_ERROR(ResolveCustomer(deps, ctx, *a));
  return a;
}

absl::StatusOr<std::shared_ptr<Answering>> ReadOne(const Deps& deps, const rpc::CallContext& ctx,
                                                   const v1::CreateResponseRequest& q) {
  return Read(deps, ctx, q, v1::Effects::FULL, deps.clock.Now());
}

absl::StatusOr<std::shared_ptr<Answering>> ReadOne(const Deps& deps, const rpc::CallContext& ctx,
                                                   const v1::CreateFeedbackRequest& q) {
  Violations v;
  if (ctx.publishable) CheckPublishable(q, v);
  const std::string id = UuidToString(NewUuid(deps.clock.Now()));
  auto a = std::make_shared<Answering>(Answering{ctx.tenant, ReadFeedback(q, id, v), "feedbackId", ctx.publishable});
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  a->customer_id = q.customer_id();
  return a;
}

size_t Bytes(const Answering& a) { return 2 * a.asked().ByteSizeLong() + 256; }

template <class Request, class Reply>
void SubmitOne(const Deps& deps, const rpc::CallContext& ctx, const Request& q, rpc::Reply<Reply> reply) {
  auto read = ReadOne(deps, ctx, q);
  if (!read.ok()) return reply(read.status(), {});
  rpc::Write<Reply> w;
  w.subject = (*read)->subject();
  w.bytes = Bytes(**read);
  w.want = [a = *read](db::UnitOfWork& uow) { Want(*a, uow); };
  w.decide = [a = *read](db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<Reply> {
    HOIAM_ASSIGN_OR_RETURN(v1::Response stored, Decide(*a, uow, now));
    Reply out;
    *out.mutable_response() = a->publishable ? ShownToPublic(a->asked(), stored) : std::move(stored);
    return out;
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

}  // namespace

void CreateResponse(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateResponseRequest& q,
                    rpc::Reply<v1::CreateResponseResponse> reply) {
  SubmitOne(deps, ctx, q, std::move(reply));
}

void CreateFeedback(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateFeedbackRequest& q,
                    rpc::Reply<v1::CreateFeedbackResponse> reply) {
  SubmitOne(deps, ctx, q, std::move(reply));
}

void BatchImportResponses(const Deps& deps, const rpc::CallContext& ctx, const v1::BatchImportResponsesRequest& q,
                          rpc::Reply<v1::BatchImportResponsesResponse> reply) {
  if (q.responses_size() > kMaxBatchItems) return reply(BatchTooLarge(q.responses_size()), {});
  Violations whole;
  const v1::Effects::Code effects = ReadResponseEffects(q.effects(), v1::Effects::SCORES_ONLY, whole);
  if (!whole.empty()) return reply(whole.ToStatus(), {});
  const absl::Time now = deps.clock.Now();
  auto response = std::make_shared<v1::BatchImportResponsesResponse>();
  std::vector<absl::StatusOr<rpc::Writer::Item>> items;
  items.reserve(q.responses_size());
  for (const v1::CreateResponseRequest& each : q.responses()) {
    response->add_results()->set_response_id(each.response_id());
    if (each.effects() != v1::Effects::UNSPECIFIED) {
      items.push_back(BadField("effects", "EFFECTS_NOT_ALLOWED", "is said once, for the whole import"));
      continue;
    }
    auto read = Read(deps, ctx, each, effects, now);
    if (!read.ok()) {
      items.push_back(read.status());
      continue;
    }
    rpc::Writer::Item item;
    item.subject = (*read)->subject();
    item.bytes = Bytes(**read);
    item.want = [a = *read](db::UnitOfWork& uow) { Want(*a, uow); };
    item.decide = [a = *read](db::UnitOfWork& uow, absl::Time at) { return Decide(*a, uow, at).status(); };
    items.push_back(std::move(item));
  }
  RunBatch(deps, ctx, std::move(items), q.rejected_items(), "responses", std::move(response), std::move(reply));
}

}  // namespace hoiam::survey
