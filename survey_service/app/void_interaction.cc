#include "survey_service/app/void_interaction.h"

#include "platform/base/text.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/event.h"
#include "survey_service/errors.h"
#include "survey_service/store/interaction_reader.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

absl::StatusOr<v1::Interaction> Decide(const std::string& tenant, const std::string& id, const std::string& reason,
                                       db::UnitOfWork& uow, absl::Time now) {
  const InteractionRow* row = uow.Find<InteractionRow>({tenant, id});
  if (!row) return InteractionNotFound(id);
  HOIAM_ASSIGN_OR_RETURN(v1::Interaction stored, Parse<v1::Interaction>(row->body));
  if (stored.voided()) return stored;
  stored.set_voided(true);
  stored.set_void_reason(reason);
  stored.set_revision(stored.revision() + 1);
  InteractionRow changed = *row;
  changed.body = stored.SerializeAsString();
  uow.Put(std::move(changed));
  uow.Emit(InteractionEvent(tenant, stored, v1::Effects::FULL, now).SerializeAsString());
  HOIAM_RETURN_IF_ERROR(RevokeInvitations(uow, tenant, stored.customer_id(), id, now));
  return stored;
}

}  // namespace

void VoidInteraction(const Deps& deps, const rpc::CallContext& ctx, const v1::VoidInteractionRequest& q,
                     rpc::Reply<v1::VoidInteractionResponse> reply) {
  Violations v;
  CheckClientId(q.interaction_id(), "interactionId", v);
  CheckReason(q.reason(), "reason", v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  v1::GetInteractionRequest get;
  get.set_interaction_id(q.interaction_id());
  const auto known = GetInteraction(deps, ctx, get);
  if (!known.ok()) return reply(known.status(), {});

  rpc::Write<v1::VoidInteractionResponse> w;
  w.subject = known->customer_id();
  w.want = [tenant = ctx.tenant, id = q.interaction_id(), customer = known->customer_id()](db::UnitOfWork& uow) {
    uow.Want<InteractionRow>({tenant, id});
    WantAsks(uow, tenant, customer);
  };
  w.decide = [tenant = ctx.tenant, id = q.interaction_id(), reason = q.reason()](
                 db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::VoidInteractionResponse> {
    v1::VoidInteractionResponse r;
    HOIAM_ASSIGN_OR_RETURN(*r.mutable_interaction(), Decide(tenant, id, reason, uow, now));
    return r;
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
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
