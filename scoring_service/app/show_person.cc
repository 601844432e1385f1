#include "scoring_service/app/show_person.h"

#include "scoring_service/app/customer_rows.h"
#include "scoring_service/convert/events.h"
#include "scoring_service/store/person_row.h"

namespace hoiam::scoring {

void WantPerson(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                const hoiam::event::v1::CustomerChanged& changed) {
  WantSheet(uow, tenant, g, changed.customer_id());
}

absl::Status ShowPerson(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                        const hoiam::event::v1::CustomerChanged& changed) {
  const std::string& customer = changed.customer_id();
  if (customer.empty()) return absl::InvalidArgumentError("a customer without an id");
  if (const PersonRow* row = uow.Find<PersonRow>({tenant, g.number, customer});
      row && row->person.revision >= changed.revision())
    return absl::OkStatus();
  uow.Put(PersonRow{tenant, g.number, customer, ToPerson(changed)});
  ShowPassive(uow, tenant, g, customer, SheetOf(uow, tenant, g, customer).standings);
  return absl::OkStatus();
}

}  // namespace hoiam::scoring
