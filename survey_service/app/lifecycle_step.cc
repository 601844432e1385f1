#include "survey_service/app/lifecycle_step.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "survey_service/app/stored.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {

void WantLifecycle(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
                   const CustomerPatch* patch) {
  if (!patch || !patch->source) return;
  const auto& fields = patch->patch.fields;
  if (std::any_of(fields.begin(), fields.end(),
                  [](const auto* f) { return f->number() == v1::Customer::kLifecycleFieldNumber; }))
    WantAsking(uow, tenant, customer_id);
}

absl::StatusOr<v1::Lifecycle::Code> StoredLifecycle(db::UnitOfWork& uow, const std::string& tenant,
                                                    const std::string& customer_id) {
  const auto* row = uow.Find<CustomerRow>({tenant, customer_id});
  if (!row) return v1::Lifecycle::UNSPECIFIED;
  HOIAM_ASSIGN_OR_RETURN(const v1::Customer customer, Parse<v1::Customer>(row->body));
  return customer.lifecycle();
}

absl::StatusOr<Dispatches> AskAboutLifecycle(db::UnitOfWork& uow, const std::string& tenant, const LinkMaker& links,
                                             v1::Lifecycle::Code before, const v1::Customer& customer, absl::Time now) {
  if (before == v1::Lifecycle::UNSPECIFIED || customer.lifecycle() == v1::Lifecycle::UNSPECIFIED ||
      customer.lifecycle() == before)
    return Dispatches();
  Occasion occasion;
  occasion.on = v1::TriggerEvent::LIFECYCLE_CHANGED;
  occasion.id = absl::StrCat(customer.revision(), "/", customer.customer_id());
  occasion.at = now;
  occasion.lifecycle = customer.lifecycle();
  return AskAbout(uow, tenant, links, customer, occasion, now);
}

}  // namespace hoiam::survey
