#include "survey_service/app/mark_sent.h"

#include <optional>
#include <string>
#include <utility>

#include "platform/base/text.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/invitation.h"
#include "survey_service/convert/times.h"
#include "survey_service/errors.h"
#include "survey_service/store/invitation_reader.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

absl::Status Check(const v1::MarkInvitationSentRequest& q, absl::Time now) {
  Violations v;
  CheckClientId(q.invitation_id(), "invitationId", v);
  CheckSlug(q.sent_by(), "sentBy", true, v);
  if (q.has_sent_time()) CheckTime(q.sent_time(), "sentTime", now, v);
  return v.ToStatus();
}

absl::StatusOr<std::string> Customer(const Deps& deps, const rpc::CallContext& ctx, const std::string& invitation) {
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(auto customer, ReadInvitationCustomer(db, invitation));
  if (!customer) return InvitationNotFound(invitation);
  return *std::move(customer);
}

absl::StatusOr<v1::Invitation> Decide(const std::string& tenant, const std::string& customer, const LinkMaker& links,
                                      const v1::MarkInvitationSentRequest& q, db::UnitOfWork& uow, absl::Time now) {
  const auto* found = uow.Find<InvitationRow>({tenant, customer, q.invitation_id()});
  if (!found) return InvitationNotFound(q.invitation_id());
  const InvitationRow row = *found;
  HOIAM_ASSIGN_OR_RETURN(v1::Invitation i, Parse<v1::Invitation>(row.body));
  const std::string link = links.Link(tenant, q.invitation_id(), row.key_id);
  if (StateAt(i, now) != InvitationState::kCreated) return Shown(std::move(i), link, now);
  GoOut(i, v1::InvitationState::SENT);
  i.set_sent_by(q.sent_by());
  SetTime(q.has_sent_time() ? ToTime(q.sent_time()) : now, i.mutable_sent_time());
  HOIAM_ASSIGN_OR_RETURN(i, ChangeInvitation(uow, row, std::move(i), now));
  return Shown(std::move(i), link, now);
}

}  // namespace

void MarkInvitationSent(const Deps& deps, const rpc::CallContext& ctx, const v1::MarkInvitationSentRequest& q,
                        rpc::Reply<v1::MarkInvitationSentResponse> reply) {
  if (absl::Status s = Check(q, deps.clock.Now()); !s.ok()) return reply(std::move(s), {});
  auto customer = Customer(deps, ctx, q.invitation_id());
  if (!customer.ok()) return reply(customer.status(), {});
  rpc::Write<v1::MarkInvitationSentResponse> w;
  w.subject = *customer;
  w.want = [tenant = ctx.tenant, customer = *customer](db::UnitOfWork& uow) { WantAsks(uow, tenant, customer); };
  w.decide = [tenant = ctx.tenant, customer = *customer, &links = deps.links, &q](
                 db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::MarkInvitationSentResponse> {
    v1::MarkInvitationSentResponse r;
    HOIAM_ASSIGN_OR_RETURN(*r.mutable_invitation(), Decide(tenant, customer, links, q, uow, now));
    return r;
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

}  // namespace hoiam::survey
