#include "survey_service/app/consent.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/base/text.h"
#include "survey_service/app/consent_step.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/consent.h"
#include "survey_service/convert/times.h"
#include "survey_service/errors.h"
#include "survey_service/store/consent_reader.h"
#include "survey_service/store/customer_reader.h"
#include "survey_service/store/customer_rows.h"

namespace hoiam::survey {
namespace {

// What was kept of an unsubscription before consents had ids.
v1::Consent FromOldRow(const ConsentRow& row) {
  v1::Consent c;
  c.set_consent_id(absl::StrCat("unsubscribed-", absl::ToUnixMicros(row.stated_at)));
  c.set_customer_id(row.customer_id);
  c.set_wish(v1::ConsentState::WITHDRAWN);
  SetTime(row.stated_at, c.mutable_stated_at());
  c.set_stated_by(row.stated_by);
  c.set_how(row.reason);
  SetTime(row.stated_at, c.mutable_create_time());
  return c;
}

absl::StatusOr<v1::CreateConsentResponse> Decide(const std::string& tenant, const NewConsent& in, db::UnitOfWork& uow,
                                                 absl::Time now) {
  const std::string &customer_id = in.consent.customer_id(), &id = in.consent.consent_id();
  v1::CreateConsentResponse out;
  if (const auto* row = uow.Find<ConsentStatementRow>({tenant, customer_id, id})) {
    if (row->fingerprint != in.fingerprint) return IdReused("consentId", id);
    HOIAM_ASSIGN_OR_RETURN(*out.mutable_consent(), Parse<v1::Consent>(row->body));
    HOIAM_ASSIGN_OR_RETURN(*out.mutable_customer(), FindCustomer(uow, tenant, customer_id, now));
    return out;
  }
  HOIAM_ASSIGN_OR_RETURN(*out.mutable_customer(), StateConsent(uow, tenant, in.consent, in.fingerprint, now));
  HOIAM_ASSIGN_OR_RETURN(*out.mutable_consent(),
                         Parse<v1::Consent>(uow.Find<ConsentStatementRow>({tenant, customer_id, id})->body));
  return out;
}

}  // namespace

void CreateConsent(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateConsentRequest& q,
                   rpc::Reply<v1::CreateConsentResponse> reply) {
  Violations v;
  auto in = std::make_shared<NewConsent>(ReadConsent(q, deps.clock.Now(), v));
  if (!v.empty()) return reply(v.ToStatus(), {});
  in->consent.set_stated_by(ctx.principal);
  rpc::Write<v1::CreateConsentResponse> w;
  w.subject = q.customer_id();
  w.want = [tenant = ctx.tenant, in](db::UnitOfWork& uow) { WantConsents(uow, tenant, in->consent.customer_id()); };
  w.decide = [tenant = ctx.tenant, in](db::UnitOfWork& uow, absl::Time now) { return Decide(tenant, *in, uow, now); };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

absl::StatusOr<v1::ListConsentsResponse> ListConsents(const Deps& deps, const rpc::CallContext& ctx,
                                                      const v1::ListConsentsRequest& q) {
  Violations v;
  CheckClientId(q.customer_id(), "customerId", v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto customer, ReadCustomer(db, q.customer_id()));
  if (!customer) return CustomerNotFound(q.customer_id());
  HOIAM_ASSIGN_OR_RETURN(const auto bodies, ListConsentStatements(db, q.customer_id()));
  HOIAM_ASSIGN_OR_RETURN(const auto old, ListOldConsents(db, q.customer_id()));
  v1::ListConsentsResponse out;
  for (const std::string& body : bodies) {
    HOIAM_ASSIGN_OR_RETURN(*out.add_consents(), Parse<v1::Consent>(body));
  }
  for (const ConsentRow& row : old) *out.add_consents() = FromOldRow(row);
  std::stable_sort(
      out.mutable_consents()->begin(), out.mutable_consents()->end(),
      [](const v1::Consent& a, const v1::Consent& b) { return ToTime(a.stated_at()) > ToTime(b.stated_at()); });
  return out;
}

}  // namespace hoiam::survey
