#include "survey_service/app/record_interaction.h"

#include <memory>
#include <utility>

#include "survey_service/app/ask_step.h"
#include "survey_service/app/batch.h"
#include "survey_service/app/catalogue_step.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/lifecycle_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/event.h"
#include "survey_service/convert/interaction.h"
#include "survey_service/convert/times.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

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
  WantName(uow, r.tenant, CatalogueKind::kTouchpoint, r.in.interaction.touchpoint());
  WantName(uow, r.tenant, CatalogueKind::kChannel, r.in.interaction.channel());
  if (r.asks) WantAsking(uow, r.tenant, r.customer_id());
  const InteractionRow* stored = uow.Find<InteractionRow>({r.tenant, r.id()});
  if (stored && !stored->dispatch.empty()) WantAsks(uow, r.tenant, r.customer_id());
}

absl::StatusOr<v1::RecordInteractionResponse> Repeat(const Recording& r, const InteractionRow& row,
                                                     db::UnitOfWork& uow) {
  if (row.fingerprint != r.in.fingerprint) return IdReused("interactionId", r.id());
  HOIAM_ASSIGN_OR_RETURN(auto out, Parse<v1::RecordInteractionResponse>(row.dispatch));
  HOIAM_ASSIGN_OR_RETURN(*out.mutable_interaction(), Parse<v1::Interaction>(row.body));
  if (out.dispatch().empty()) return out;
  v1::Customer customer;
  if (const auto* found = uow.Find<CustomerRow>({r.tenant, r.customer_id()})) {
    HOIAM_ASSIGN_OR_RETURN(customer, Parse<v1::Customer>(found->body));
  }
  FillLinks(uow, r.tenant, *r.links, customer, out.interaction().type() == kPurchase, *out.mutable_dispatch());
  return out;
}

absl::StatusOr<v1::RecordInteractionResponse> Decide(const Recording& r, db::UnitOfWork& uow, absl::Time now) {
  if (const auto* row = uow.Find<InteractionRow>({r.tenant, r.id()})) return Repeat(r, *row, uow);
  const CustomerPatch* patch = r.in.customer.source ? &r.in.customer : nullptr;
  v1::Lifecycle::Code before = v1::Lifecycle::UNSPECIFIED;
  if (patch && r.asks) {
    HOIAM_ASSIGN_OR_RETURN(before, StoredLifecycle(uow, r.tenant, r.customer_id()));
  }
  HOIAM_ASSIGN_OR_RETURN(const v1::Customer customer, UpsertCustomer(uow, r.tenant, r.customer_id(), patch, now));

  event::v1::Event event =
      InteractionEvent(r.tenant, r.in.interaction, r.asks ? v1::Effects::FULL : v1::Effects::RECORD_ONLY, now);
  v1::Interaction& stored = *event.mutable_interaction()->mutable_interaction();
  HOIAM_ASSIGN_OR_RETURN(*stored.mutable_touchpoint(),
                         ResolveName(uow, r.tenant, CatalogueKind::kTouchpoint, stored.touchpoint()));
  HOIAM_ASSIGN_OR_RETURN(*stored.mutable_channel(),
                         ResolveName(uow, r.tenant, CatalogueKind::kChannel, stored.channel()));
  stored.set_revision(1);
  SetTime(now, stored.mutable_create_time());
  if (!r.asks) *stored.mutable_complete_time() = stored.occurred_at();  // what is recorded as history is done
  uow.Emit(event.SerializeAsString());

  v1::RecordInteractionResponse out;
  if (r.asks) {
    Occasion occasion;
    occasion.id = r.id();
    occasion.at = ToTime(stored.occurred_at());
    occasion.interaction = &stored;
    HOIAM_ASSIGN_OR_RETURN(*out.mutable_dispatch(), AskAbout(uow, r.tenant, *r.links, customer, occasion, now));
    HOIAM_ASSIGN_OR_RETURN(const Dispatches lines, AskAboutLifecycle(uow, r.tenant, *r.links, before, customer, now));
    out.mutable_dispatch()->MergeFrom(lines);
  }
  uow.Put(InteractionRow{r.tenant, r.id(), r.in.fingerprint, stored.SerializeAsString(), out.SerializeAsString()});
  FillLinks(uow, r.tenant, *r.links, customer, stored.type() == kPurchase, *out.mutable_dispatch());
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
