#include "survey_service/app/unsubscribe.h"

#include "platform/base/text.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/app/token.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

constexpr char kWish[] = "UNSUBSCRIBE";

struct Wish {
  std::string tenant, customer_id, stated_by, reason;
};

void Want(const Wish& wish, db::UnitOfWork& uow) {
  WantCustomer(uow, wish.tenant, wish.customer_id);
  WantAsks(uow, wish.tenant, wish.customer_id);
}

absl::StatusOr<v1::Customer> Decide(const Wish& wish, db::UnitOfWork& uow, absl::Time now) {
  const CustomerRow* row = uow.Find<CustomerRow>({wish.tenant, wish.customer_id});
  if (!row) return CustomerNotFound(wish.customer_id);
  HOIAM_ASSIGN_OR_RETURN(v1::Customer customer, Parse<v1::Customer>(row->body));
  if (customer.unsubscribed()) return customer;
  PutUnsubscribed(uow, wish.tenant, customer, now);
  uow.Put(ConsentRow{wish.tenant, wish.customer_id, now, kWish, wish.stated_by, wish.reason});
  HOIAM_RETURN_IF_ERROR(RevokeInvitations(uow, wish.tenant, wish.customer_id, std::nullopt, now));
  return customer;
}

}  // namespace

void UnsubscribeCustomer(const Deps& deps, const rpc::CallContext& ctx, const v1::UnsubscribeCustomerRequest& q,
                         rpc::Reply<v1::UnsubscribeCustomerResponse> reply) {
  Violations v;
  CheckClientId(q.customer_id(), "customerId", v);
  CheckLine(q.reason(), "reason", kMaxReason, v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  const Wish wish{ctx.tenant, q.customer_id(), ctx.principal, q.reason()};
  rpc::Write<v1::UnsubscribeCustomerResponse> w;
  w.subject = wish.customer_id;
  w.want = [wish](db::UnitOfWork& uow) { Want(wish, uow); };
  w.decide = [wish](db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::UnsubscribeCustomerResponse> {
    v1::UnsubscribeCustomerResponse r;
    HOIAM_ASSIGN_OR_RETURN(*r.mutable_customer(), Decide(wish, uow, now));
    return r;
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

void UnsubscribeRespondent(const Deps& deps, const rpc::CallContext& ctx, const v1::UnsubscribeRespondentRequest& q,
                           rpc::Reply<v1::UnsubscribeRespondentResponse> reply) {
  const auto opened = OpenToken(deps, ctx, q.token());
  if (!opened.ok()) return reply(opened.status(), {});
  const Wish wish{opened->tenant_id, opened->customer_id, kRespondent, "by link"};
  rpc::Write<v1::UnsubscribeRespondentResponse> w;
  w.subject = wish.customer_id;
  w.want = [wish](db::UnitOfWork& uow) { Want(wish, uow); };
  w.decide = [wish](db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::UnsubscribeRespondentResponse> {
    HOIAM_RETURN_IF_ERROR(Decide(wish, uow, now).status());
    return v1::UnsubscribeRespondentResponse();
  };
  deps.writer.Submit(RespondentContext(ctx, wish.tenant), q, std::move(w), std::move(reply));
}

}  // namespace hoiam::survey
