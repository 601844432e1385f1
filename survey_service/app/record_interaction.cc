#include "survey_service/app/record_interaction.h"

#include <memory>
#include <utility>

#include "platform/base/ids.h"
#include "survey_service/app/batch.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/event.h"
#include "survey_service/convert/interaction.h"
#include "survey_service/convert/invitation.h"
#include "survey_service/convert/survey.h"
#include "survey_service/convert/times.h"
#include "survey_service/domain/trigger.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

using Dispatches = google::protobuf::RepeatedPtrField<v1::Dispatch>;

// One interaction on its way in. `asks`: surveys are looked at.
struct Recording {
  std::string tenant;
  NewInteraction in;
  bool asks = true;
  const LinkMaker* links = nullptr;

  const std::string& id() const { return in.interaction.interaction_id(); }
  const std::string& customer_id() const { return in.interaction.customer_id(); }
};

void Want(const Recording& r, db::UnitOfWork& uow) {
  WantCustomer(uow, r.tenant, r.customer_id());
  uow.Want<InteractionRow>({r.tenant, r.id()});
  if (r.asks) uow.Want<ActiveSurveyRow>({r.tenant});
  const InteractionRow* stored = uow.Find<InteractionRow>({r.tenant, r.id()});
  const bool repeated = stored && !stored->dispatch.empty();
  if (repeated || (r.asks && !uow.List<ActiveSurveyRow>({r.tenant}).empty())) WantAsks(uow, r.tenant, r.customer_id());
}

void FillLinks(const Recording& r, db::UnitOfWork& uow, Dispatches& dispatches) {
  for (v1::Dispatch& d : dispatches) {
    if (d.invitation().empty()) continue;
    const InvitationRow* row = uow.Find<InvitationRow>({r.tenant, r.customer_id(), d.invitation()});
    if (row) d.set_link(r.links->Link(r.tenant, d.invitation(), row->key_id));
  }
}

// Asks where a survey wants to and may; one line per survey whose trigger matches, in the order of their ids.
absl::StatusOr<v1::RecordInteractionResponse> Dispatch(const Recording& r, bool unsubscribed, db::UnitOfWork& uow,
                                                       absl::Time now) {
  v1::RecordInteractionResponse out;
  HOIAM_ASSIGN_OR_RETURN(const std::vector<v1::Survey> surveys, ListActiveSurveys(uow, r.tenant));
  if (surveys.empty()) return out;
  HOIAM_ASSIGN_OR_RETURN(std::vector<Ask> asks, ListAsks(uow, r.tenant, r.customer_id()));
  const v1::Interaction& i = r.in.interaction;
  for (const v1::Survey& survey : surveys) {
    const AskingSurvey asking = ToAsking(survey);
    if (!Matches(asking.trigger, i.type(), i.touchpoint())) continue;
    const AskDecision decision =
        DecideAsk(asking, {r.id(), r.customer_id(), ToTime(i.occurred_at())}, unsubscribed, asks, now);
    v1::Dispatch* d = out.add_dispatch();
    d->set_survey(survey.survey_id());
    if (decision.skip != SkipRule::kNone) {
      d->set_decision(v1::DispatchDecision::SKIPPED);
      d->set_reason(FromSkip(decision.skip));
      if (decision.eligible_at) SetTime(*decision.eligible_at, d->mutable_eligible_time());
      continue;
    }
    const std::string id = UuidToString(NewUuid(now));
    HOIAM_RETURN_IF_ERROR(MakeInvitation(uow, r.tenant, *r.links, survey, {id, r.customer_id(), r.id()}, now).status());
    asks.push_back({survey.survey_id(), r.id(), now});
    d->set_decision(v1::DispatchDecision::INVITED);
    d->set_invitation(id);
  }
  return out;
}

absl::StatusOr<v1::RecordInteractionResponse> Repeat(const Recording& r, const InteractionRow& row,
                                                     db::UnitOfWork& uow) {
  if (row.fingerprint != r.in.fingerprint) return IdReused("interactionId", r.id());
  HOIAM_ASSIGN_OR_RETURN(auto out, Parse<v1::RecordInteractionResponse>(row.dispatch));
  HOIAM_ASSIGN_OR_RETURN(*out.mutable_interaction(), Parse<v1::Interaction>(row.body));
  FillLinks(r, uow, *out.mutable_dispatch());
  return out;
}

absl::StatusOr<v1::RecordInteractionResponse> Decide(const Recording& r, db::UnitOfWork& uow, absl::Time now) {
  if (const auto* row = uow.Find<InteractionRow>({r.tenant, r.id()})) return Repeat(r, *row, uow);
  HOIAM_ASSIGN_OR_RETURN(
      const v1::Customer customer,
      UpsertCustomer(uow, r.tenant, r.customer_id(), r.in.customer.source ? &r.in.customer : nullptr, now));

  event::v1::Event event =
      InteractionEvent(r.tenant, r.in.interaction, r.asks ? v1::Effects::FULL : v1::Effects::RECORD_ONLY, now);
  v1::Interaction& stored = *event.mutable_interaction()->mutable_interaction();
  stored.set_revision(1);
  SetTime(now, stored.mutable_create_time());
  uow.Emit(event.SerializeAsString());

  v1::RecordInteractionResponse out;
  if (r.asks) {
    HOIAM_ASSIGN_OR_RETURN(out, Dispatch(r, customer.unsubscribed(), uow, now));
  }
  uow.Put(InteractionRow{r.tenant, r.id(), r.in.fingerprint, stored.SerializeAsString(), out.SerializeAsString()});
  FillLinks(r, uow, *out.mutable_dispatch());
  out.mutable_interaction()->Swap(&stored);
  return out;
}

size_t Bytes(const Recording& r) { return 2 * r.in.interaction.ByteSizeLong() + 256; }

}  // namespace

void RecordInteraction(const Deps& deps, const rpc::CallContext& ctx, const v1::RecordInteractionRequest& q,
                       rpc::Reply<v1::RecordInteractionResponse> reply) {
  Violations v;
  auto r = std::make_shared<Recording>(
      Recording{ctx.tenant, ReadInteraction(q, deps.phones, deps.clock.Now(), v), true, &deps.links});
  if (!v.empty()) return reply(v.ToStatus(), {});
  rpc::Write<v1::RecordInteractionResponse> w;
  w.subject = r->customer_id();
  w.bytes = Bytes(*r);
  w.want = [r](db::UnitOfWork& uow) { Want(*r, uow); };
  w.decide = [r](db::UnitOfWork& uow, absl::Time now) { return Decide(*r, uow, now); };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

void BatchRecordInteractions(const Deps& deps, const rpc::CallContext& ctx, const v1::BatchRecordInteractionsRequest& q,
                             rpc::Reply<v1::BatchRecordInteractionsResponse> reply) {
  if (q.interactions_size() > kMaxBatchItems) return reply(BatchTooLarge(q.interactions_size()), {});
  Violations whole;
  const bool asks = ReadInteractionEffects(q.effects(), whole) == v1::Effects::FULL;
  if (!whole.empty()) return reply(whole.ToStatus(), {});
  const absl::Time now = deps.clock.Now();
  auto response = std::make_shared<v1::BatchRecordInteractionsResponse>();
  response->mutable_results()->Reserve(q.interactions_size());
  std::vector<absl::StatusOr<rpc::Writer::Item>> items;
  items.reserve(q.interactions_size());
  for (const v1::RecordInteractionRequest& each : q.interactions()) {
    auto* result = response->add_results();
    result->set_interaction_id(each.interaction_id());
    Violations v;
    auto r = std::make_shared<Recording>(
        Recording{ctx.tenant, ReadInteraction(each, deps.phones, now, v), asks, &deps.links});
    if (!v.empty()) {
      items.push_back(v.ToStatus());
      continue;
    }
    rpc::Writer::Item item;
    item.subject = r->customer_id();
    item.bytes = Bytes(*r);
    item.want = [r](db::UnitOfWork& uow) { Want(*r, uow); };
    item.decide = [r, result](db::UnitOfWork& uow, absl::Time at) -> absl::Status {
      HOIAM_ASSIGN_OR_RETURN(auto out, Decide(*r, uow, at));
      result->mutable_dispatch()->Swap(out.mutable_dispatch());
      return absl::OkStatus();
    };
    items.push_back(std::move(item));
  }
  RunBatch(deps, ctx, std::move(items), q.rejected_items(), "interactions", std::move(response), std::move(reply));
}

}  // namespace hoiam::survey
