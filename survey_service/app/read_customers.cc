#include "survey_service/app/read_customers.h"

#include "platform/base/filter.h"
#include "platform/base/text.h"
#include "survey_service/app/paging.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/customer.h"
#include "survey_service/convert/icp.h"
#include "survey_service/errors.h"
#include "survey_service/store/customer_reader.h"

namespace hoiam::survey {
namespace {

absl::StatusOr<IcpRules> ReadIcpRules(const db::TenantDb& db) {
  HOIAM_ASSIGN_OR_RETURN(const auto body, ReadIcpProfile(db));
  if (!body) return IcpRules();
  HOIAM_ASSIGN_OR_RETURN(const auto profile, Parse<v1::IcpProfile>(*body));
  return ToIcpRules(profile);
}

}  // namespace

absl::StatusOr<v1::Customer> GetCustomer(const Deps& deps, const rpc::CallContext& ctx,
                                         const v1::GetCustomerRequest& q) {
  Violations v;
  CheckClientId(q.customer_id(), "customerId", v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto row, ReadCustomer(db, q.customer_id()));
  if (!row) return CustomerNotFound(q.customer_id());
  HOIAM_ASSIGN_OR_RETURN(const IcpRules rules, ReadIcpRules(db));
  HOIAM_ASSIGN_OR_RETURN(v1::Customer customer, Parse<v1::Customer>(row->body));
  SetIcpFit(rules, customer);
  return customer;
}

absl::StatusOr<v1::ListCustomersResponse> ListCustomers(const Deps& deps, const rpc::CallContext& ctx,
                                                        const v1::ListCustomersRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const int size, CheckPageSize(q.page_size()));
  HOIAM_ASSIGN_OR_RETURN(Filter filter, ParseFilter(q.filter()));
  NormaliseCustomerFilter(deps.phones, filter);
  const std::string query = absl::StrCat("customers/", ctx.tenant, "/", q.filter());
  HOIAM_ASSIGN_OR_RETURN(const auto place, DecodePlace(query, q.page_token()));
  CustomerPlace after;
  if (place) after = {place->time, place->id};
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto rows, ListCustomers(db, filter, after, size + 1));
  HOIAM_ASSIGN_OR_RETURN(const IcpRules rules, ReadIcpRules(db));
  v1::ListCustomersResponse page;
  for (const CustomerRow& row : rows) {
    if (page.customers_size() == size) {
      const v1::Customer& last = page.customers(size - 1);
      page.set_next_page_token(EncodePlace(query, {rows[size - 1].update_time, last.customer_id()}));
      break;
    }
    HOIAM_ASSIGN_OR_RETURN(*page.add_customers(), Parse<v1::Customer>(row.body));
    SetIcpFit(rules, *page.mutable_customers()->rbegin());
  }
  return page;
}

}  // namespace hoiam::survey
