#include "survey_service/app/end_interaction.h"

#include "platform/base/text.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/event.h"
#include "survey_service/convert/times.h"
#include "survey_service/errors.h"
#include "survey_service/store/interaction_reader.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

absl::StatusOr<v1::Interaction> Stored(db::UnitOfWork& uow, const std::string& tenant, const std::string& id) {
  const InteractionRow* row = uow.Find<InteractionRow>({tenant, id});
  if (!row) return InteractionNotFound(id);
  return Parse<v1::Interaction>(row->body);
}

// Writes the interaction as its next revision, and tells the others.
v1::Interaction PutChanged(db::UnitOfWork& uow, const std::string& tenant, v1::Interaction changed, absl::Time now) {
  changed.set_revision(changed.revision() + 1);
  InteractionRow row = *uow.Find<InteractionRow>({tenant, changed.interaction_id()});
  row.body = changed.SerializeAsString();
  uow.Put(std::move(row));
  uow.Emit(InteractionEvent(tenant, changed, v1::Effects::FULL, now).SerializeAsString());
  return changed;
}

absl::StatusOr<v1::Interaction> Void(const std::string& tenant, const std::string& id, const std::string& reason,
                                     db::UnitOfWork& uow, absl::Time now) {
  HOIAM_ASSIGN_OR_RETURN(v1::Interaction stored, Stored(uow, tenant, id));
  if (stored.voided()) return stored;
  stored.set_voided(true);
  stored.set_void_reason(reason);
  stored = PutChanged(uow, tenant, std::move(stored), now);
  HOIAM_RETURN_IF_ERROR(RevokeInvitations(uow, tenant, stored.customer_id(), id, now));
  return stored;
}

absl::StatusOr<v1::Interaction> Complete(const std::string& tenant, const v1::CompleteInteractionRequest& q,
                                         db::UnitOfWork& uow, absl::Time now) {
  HOIAM_ASSIGN_OR_RETURN(v1::Interaction stored, Stored(uow, tenant, q.interaction_id()));
  if (stored.voided()) return InteractionVoided(q.interaction_id());
  if (stored.has_complete_time()) return stored;
  const absl::Time at = q.has_complete_time() ? ToTime(q.complete_time()) : now;
  if (at < ToTime(stored.occurred_at())) {
    Violations v;
    v.Add("completeTime", "TIME_OUT_OF_RANGE", "must not be before occurredAt");
    return v.ToStatus();
  }
  SetTime(at, stored.mutable_complete_time());
  return PutChanged(uow, tenant, std::move(stored), now);
}

// Finds out whose interaction it is, and submits what `decide` makes of it.
template <class Request, class Response, class Decide>
void End(const Deps& deps, const rpc::CallContext& ctx, const Request& q, rpc::Reply<Response> reply, Decide decide) {
  v1::GetInteractionRequest get;
  get.set_interaction_id(q.interaction_id());
  const auto known = GetInteraction(deps, ctx, get);
  if (!known.ok()) return reply(known.status(), {});

  rpc::Write<Response> w;
  w.subject = known->customer_id();
  w.want = [tenant = ctx.tenant, id = q.interaction_id(), customer = known->customer_id()](db::UnitOfWork& uow) {
    uow.Want<InteractionRow>({tenant, id});
    WantAsks(uow, tenant, customer);
  };
  w.decide = [decide = std::move(decide)](db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<Response> {
    Response r;
    HOIAM_ASSIGN_OR_RETURN(*r.mutable_interaction(), decide(uow, now));
    return r;
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

}  // namespace

void VoidInteraction(const Deps& deps, const rpc::CallContext& ctx, const v1::VoidInteractionRequest& q,
                     rpc::Reply<v1::VoidInteractionResponse> reply) {
  Violations v;
  CheckClientId(q.interaction_id(), "interactionId", v);
  CheckReason(q.reason(), "reason", v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  End(deps, ctx, q, std::move(reply), [tenant = ctx.tenant, q](db::UnitOfWork& uow, absl::Time now) {
    return Void(tenant, q.interaction_id(), q.reason(), uow, now);
  });
}

void CompleteInteraction(const Deps& deps, const rpc::CallContext& ctx, const v1::CompleteInteractionRequest& q,
                         rpc::Reply<v1::CompleteInteractionResponse> reply) {
  Violations v;
  CheckClientId(q.interaction_id(), "interactionId", v);
  if (q.has_complete_time()) CheckTime(q.complete_time(), "completeTime", deps.clock.Now(), v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  End(deps, ctx, q, std::move(reply),
      [tenant = ctx.tenant, q](db::UnitOfWork& uow, absl::Time now) { return Complete(tenant, q, uow, now); });
}

absl::StatusOr<v1::Interaction> GetInteraction(const Deps& deps, const rpc::CallContext& ctx,
                                               const v1::GetInteractionRequest& q) {
  Violations v;
  CheckClientId(q.interaction_id(), "interactionId", v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto body, ReadInteraction(db, q.interaction_id()));
  if (!body) return InteractionNotFound(q.interaction_id());
  return Parse<v1::Interaction>(*body);
}

}  // namespace hoiam::survey
