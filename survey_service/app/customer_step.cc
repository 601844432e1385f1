#include "survey_service/app/customer_step.h"

#include "survey_service/app/stored.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/event.h"
#include "survey_service/convert/times.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

// `phone`: as it is looked up.
void Put(db::UnitOfWork& uow, const std::string& tenant, v1::Customer& customer, const std::string& phone,
         bool just_unsubscribed, absl::Time now) {
  customer.set_revision(customer.revision() + 1);
  SetTime(now, customer.mutable_update_time());
  uow.Put(CustomerRow{tenant, customer.customer_id(), now, phone, NormalEmail(customer.email()), customer.segment(),
                      customer.SerializeAsString()});
  uow.Emit(CustomerEvent(tenant, customer, just_unsubscribed, now).SerializeAsString());
}

}  // namespace

void WantCustomer(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id) {
  uow.Want<CustomerRow>({tenant, customer_id});
}

absl::StatusOr<v1::Customer> UpsertCustomer(db::UnitOfWork& uow, const std::string& tenant,
                                            const std::string& customer_id, const CustomerPatch* patch,
                                            absl::Time now) {
  v1::Customer customer;
  const CustomerRow* row = uow.Find<CustomerRow>({tenant, customer_id});
  if (row) {
    HOIAM_ASSIGN_OR_RETURN(customer, Parse<v1::Customer>(row->body));
    if (!patch) return customer;
  } else {
    customer.set_customer_id(customer_id);
    SetTime(now, customer.mutable_create_time());
  }
  if (patch) {
    const v1::Customer before = customer;
    HOIAM_RETURN_IF_ERROR(Apply(*patch, customer));
    if (row && SameContent(before, customer)) return customer;
  }
  const std::string kept = row ? row->phone : "";
  Put(uow, tenant, customer, patch ? patch->phone.value_or(kept) : kept, false, now);
  return customer;
}

void PutUnsubscribed(db::UnitOfWork& uow, const std::string& tenant, v1::Customer& customer, absl::Time now) {
  customer.set_unsubscribed(true);
  const CustomerRow* row = uow.Find<CustomerRow>({tenant, customer.customer_id()});
  Put(uow, tenant, customer, row ? row->phone : "", true, now);
}

}  // namespace hoiam::survey
