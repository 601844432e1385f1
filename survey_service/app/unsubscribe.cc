#include "survey_service/app/unsubscribe.h"

#include "absl/strings/str_cat.h"
#include "platform/base/ids.h"
#include "platform/base/text.h"
#include "survey_service/app/consent_step.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/token.h"
#include "survey_service/convert/checks.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

// Who unsubscribes by one click in a mail program.
constexpr char kMail[] = "mail";

struct Wish {
  std::string tenant, customer_id, stated_by, how;
};

absl::StatusOr<v1::Customer> Decide(const Wish& wish, db::UnitOfWork& uow, absl::Time now) {
  if (!uow.Find<CustomerRow>({wish.tenant, wish.customer_id})) return CustomerNotFound(wish.customer_id);
  HOIAM_ASSIGN_OR_RETURN(v1::Customer customer, FindCustomer(uow, wish.tenant, wish.customer_id, now));
  if (customer.unsubscribed()) return customer;
  v1::Consent consent;
  consent.set_consent_id(UuidToString(NewUuid(now)));
  consent.set_customer_id(wish.customer_id);
  consent.set_wish(v1::ConsentState::WITHDRAWN);
  consent.set_stated_by(wish.stated_by);
  consent.set_how(wish.how);
  const std::string fingerprint = Fingerprint(consent);
  return StateConsent(uow, wish.tenant, std::move(consent), fingerprint, now);
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
  w.want = [wish](db::UnitOfWork& uow) { WantConsents(uow, wish.tenant, wish.customer_id); };
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
  if (IsReceiptHolder(opened->customer_id)) return reply(v1::UnsubscribeRespondentResponse(), {});  // nobody is asked
  const Wish wish{opened->tenant_id, opened->customer_id, q.one_click() ? kMail : kRespondent,
                  absl::StrCat(q.one_click() ? "one click in the mail of invitation " : "on the page of invitation ",
                               opened->invitation_id)};
  rpc::Write<v1::UnsubscribeRespondentResponse> w;
  w.subject = wish.customer_id;
  w.want = [wish](db::UnitOfWork& uow) { WantConsents(uow, wish.tenant, wish.customer_id); };
  w.decide = [wish](db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::UnsubscribeRespondentResponse> {
    HOIAM_RETURN_IF_ERROR(Decide(wish, uow, now).status());
    return v1::UnsubscribeRespondentResponse();
  };
  deps.writer.Submit(RespondentContext(ctx, wish.tenant), q, std::move(w), std::move(reply));
}

}  // namespace hoiam::survey
