#include "survey_service/app/record_delivery.h"

#include <optional>
#include <string>
#include <utility>

#include "platform/base/text.h"
#include "survey_service/app/ask_step.h"
#include "survey_service/app/asking.h"
#include "survey_service/app/delivery_step.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/app/token.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/invitation.h"
#include "survey_service/convert/times.h"
#include "survey_service/domain/delivery.h"
#include "survey_service/domain/funnel.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"
#include "survey_service/store/invitation_reader.h"

namespace hoiam::survey {
namespace {

struct Report {
  std::string tenant, holder, invitation_id;
  DeliveryReport what = DeliveryReport::kOpened;
  std::optional<absl::Time> at;  // unset: now
  std::string detail;
  bool for_good = false;
};

std::optional<DeliveryReport> ToReport(v1::InvitationState::Code state) {
  switch (state) {
    case v1::InvitationState::DELIVERED:
      return DeliveryReport::kDelivered;
    case v1::InvitationState::OPENED:
      return DeliveryReport::kOpened;
    case v1::InvitationState::BOUNCED:
      return DeliveryReport::kBounced;
    default:
      return std::nullopt;
  }
}

absl::Status Check(const v1::RecordDeliveryRequest& q, absl::Time now) {
  Violations v;
  CheckClientId(q.invitation_id(), "invitationId", v);
  if (!ToReport(q.state())) v.Add("state", "INVALID_ENUM", "must be DELIVERED, OPENED or BOUNCED");
  if (q.has_time()) CheckTime(q.time(), "time", now, v);
  CheckLine(q.detail(), "detail", kMaxReason, v);
  if (q.permanent() && q.state() != v1::InvitationState::BOUNCED)
    v.Add("permanent", "NOT_ALLOWED", "is for BOUNCED only");
  return v.ToStatus();
}

// As stored after it.
absl::StatusOr<v1::Invitation> Decide(const Report& r, db::UnitOfWork& uow, absl::Time now) {
  const auto* found = uow.Find<InvitationRow>({r.tenant, r.holder, r.invitation_id});
  if (!found) return InvitationNotFound(r.invitation_id);
  const InvitationRow row = *found;
  HOIAM_ASSIGN_OR_RETURN(v1::Invitation i, Parse<v1::Invitation>(row.body));
  const std::optional<InvitationState> to = AfterReport(StateAt(i, now), r.what);
  if (!to) return i;
  if (r.what == DeliveryReport::kBounced) return Bounce(uow, row, std::move(i), r.detail, r.for_good, now);
  i.set_state(FromState(*to));
  const bool opened = r.what == DeliveryReport::kOpened;
  SetTime(r.at.value_or(now), opened ? i.mutable_opened_time() : i.mutable_delivered_time());
  HOIAM_ASSIGN_OR_RETURN(const auto policy, FindPolicy(uow, r.tenant));
  Count(uow, r.tenant, i, opened ? kOpenedItem : kDeliveredItem, 1, policy->policy.time_zone());
  return ChangeInvitation(uow, row, std::move(i), now);
}

}  // namespace

void RecordDelivery(const Deps& deps, const rpc::CallContext& ctx, const v1::RecordDeliveryRequest& q,
                    rpc::Reply<v1::RecordDeliveryResponse> reply) {
  if (absl::Status s = Check(q, deps.clock.Now()); !s.ok()) return reply(std::move(s), {});
  Report report{ctx.tenant, "", q.invitation_id(), *ToReport(q.state())};
  {
    const auto db = rpc::OpenDb(deps.pool, ctx);
    if (!db.ok()) return reply(db.status(), {});
    auto holder = ReadInvitationCustomer(*db, q.invitation_id());
    if (!holder.ok()) return reply(holder.status(), {});
    if (!*holder) return reply(InvitationNotFound(q.invitation_id()), {});
    report.holder = **std::move(holder);
  }
  if (q.has_time()) report.at = ToTime(q.time());
  report.detail = q.detail();
  report.for_good = q.permanent();
  rpc::Write<v1::RecordDeliveryResponse> w;
  w.subject = report.holder;
  w.want = [report](db::UnitOfWork& uow) { WantDelivery(uow, report.tenant, report.holder); };
  w.decide = [report, &links = deps.links](db::UnitOfWork& uow,
                                           absl::Time now) -> absl::StatusOr<v1::RecordDeliveryResponse> {
    v1::RecordDeliveryResponse r;
    HOIAM_ASSIGN_OR_RETURN(v1::Invitation i, Decide(report, uow, now));
    const auto* row = uow.Find<InvitationRow>({report.tenant, report.holder, report.invitation_id});
    *r.mutable_invitation() = Shown(std::move(i), links.Link(report.tenant, report.invitation_id, row->key_id), now);
    return r;
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

void MarkOpened(const Deps& deps, const rpc::CallContext& ctx, const v1::MarkOpenedRequest& q,
                rpc::Reply<v1::MarkOpenedResponse> reply) {
  const auto opened = OpenToken(deps, ctx, q.token());
  if (!opened.ok()) return reply(opened.status(), {});
  const Report report{opened->tenant_id, opened->customer_id, opened->invitation_id};
  rpc::Write<v1::MarkOpenedResponse> w;
  w.subject = report.holder;
  w.want = [report](db::UnitOfWork& uow) { WantDelivery(uow, report.tenant, report.holder); };
  w.decide = [report](db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::MarkOpenedResponse> {
    HOIAM_RETURN_IF_ERROR(Decide(report, uow, now).status());
    return v1::MarkOpenedResponse();
  };
  deps.writer.Submit(RespondentContext(ctx, report.tenant), q, std::move(w), std::move(reply));
}

}  // namespace hoiam::survey
