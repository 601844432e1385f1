#include "survey_service/app/customer_step.h"

#include "survey_service/app/icp_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/event.h"
#include "survey_service/convert/times.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

// `phone`: as it is looked up.
absl::Status Put(db::UnitOfWork& uow, const std::string& tenant, v1::Customer& customer, const std::string& phone,
                 bool just_unsubscribed, absl::Time now) {
  HOIAM_RETURN_IF_ERROR(SetFit(uow, tenant, customer));
  customer.set_revision(customer.revision() + 1);
  SetTime(now, customer.mutable_update_time());
  uow.Put(CustomerRow{tenant, customer.customer_id(), now, phone, NormalEmail(customer.email()), customer.segment(),
                      customer.SerializeAsString()});
  uow.Emit(CustomerEvent(tenant, customer, just_unsubscribed, now).SerializeAsString());
  return absl::OkStatus();
}

std::string StoredPhone(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id) {
  const CustomerRow* row = uow.Find<CustomerRow>({tenant, customer_id});
  return row ? row->phone : "";
}

}  // namespace

void WantCustomer(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id) {
  uow.Want<CustomerRow>({tenant, customer_id});
  WantIcpProfile(uow, tenant);
}

absl::StatusOr<v1::Customer> FindCustomer(db::UnitOfWork& uow, const std::string& tenant,
                                          const std::string& customer_id, absl::Time now) {
  if (const auto* row = uow.Find<CustomerRow>({tenant, customer_id})) return Parse<v1::Customer>(row->body);
  v1::Customer customer;
  customer.set_customer_id(customer_id);
  SetTime(now, customer.mutable_create_time());
  return customer;
}

absl::Status PutCustomer(db::UnitOfWork& uow, const std::string& tenant, v1::Customer& customer, bool just_unsubscribed,
                         absl::Time now) {
  return Put(uow, tenant, customer, StoredPhone(uow, tenant, customer.customer_id()), just_unsubscribed, now);
}

absl::StatusOr<v1::Customer> UpsertCustomer(db::UnitOfWork& uow, const std::string& tenant,
                                            const std::string& customer_id, const CustomerPatch* patch,
                                            absl::Time now) {
  HOIAM_ASSIGN_OR_RETURN(v1::Customer customer, FindCustomer(uow, tenant, customer_id, now));
  const bool known = customer.revision() > 0;
  if (known && !patch) return customer;
  std::string phone = StoredPhone(uow, tenant, customer_id);
  if (patch) {
    const v1::Customer before = customer;
    HOIAM_RETURN_IF_ERROR(Apply(*patch, customer));
    if (NormalEmail(before.email()) != NormalEmail(customer.email())) customer.clear_email_bounced();
    if (known && SameContent(before, customer)) return customer;
    if (patch->phone) phone = *patch->phone;
  }
  HOIAM_RETURN_IF_ERROR(Put(uow, tenant, customer, phone, false, now));
  return customer;
}

absl::StatusOr<v1::Customer> CustomerWhoAnswers(db::UnitOfWork& uow, const std::string& tenant,
                                                const std::string& customer_id, absl::Time now) {
  HOIAM_ASSIGN_OR_RETURN(v1::Customer customer, UpsertCustomer(uow, tenant, customer_id, nullptr, now));
  const v1::Customer before = customer;
  HOIAM_RETURN_IF_ERROR(SetFit(uow, tenant, customer));
  if (before.icp_fit() == customer.icp_fit() && before.icp_score() == customer.icp_score()) return customer;
  HOIAM_RETURN_IF_ERROR(PutCustomer(uow, tenant, customer, false, now));
  return customer;
}

}  // namespace hoiam::survey
