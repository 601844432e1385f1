#include "survey_service/app/upsert_customer.h"

#include "platform/base/text.h"
#include "survey_service/app/batch.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/lifecycle_step.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

void Want(db::UnitOfWork& uow, const std::string& tenant, const std::string& id, const CustomerPatch& patch) {
  WantCustomer(uow, tenant, id);
  WantLifecycle(uow, tenant, id, &patch);
}

absl::StatusOr<v1::Customer> Upsert(db::UnitOfWork& uow, const std::string& tenant, const std::string& id,
                                    const CustomerPatch& patch, const LinkMaker& links, absl::Time now) {
  HOIAM_ASSIGN_OR_RETURN(const auto before, StoredLifecycle(uow, tenant, id));
  HOIAM_ASSIGN_OR_RETURN(v1::Customer customer, UpsertCustomer(uow, tenant, id, &patch, now));
  HOIAM_RETURN_IF_ERROR(AskAboutLifecycle(uow, tenant, links, before, customer, now).status());
  return customer;
}

}  // namespace

void UpdateCustomer(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateCustomerRequest& q,
                    rpc::Reply<v1::Customer> reply) {
  Violations v;
  CheckClientId(q.customer().customer_id(), "customerId", v);
  CheckCustomerFields(q.customer(), "", v);
  const CustomerPatch patch =
      ReadCustomerPatch(q.customer(), q.has_update_mask() ? &q.update_mask() : nullptr, deps.phones, v);
  if (!v.empty()) return reply(v.ToStatus(), {});

  const std::string& id = q.customer().customer_id();
  rpc::Write<v1::Customer> w;
  w.subject = id;
  w.bytes = 2 * q.ByteSizeLong() + 256;
  w.want = [tenant = ctx.tenant, id, patch](db::UnitOfWork& uow) { Want(uow, tenant, id, patch); };
  w.decide = [tenant = ctx.tenant, id, patch, may_make = q.allow_missing(), &links = deps.links](
                 db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::Customer> {
    if (!may_make && !uow.Find<CustomerRow>({tenant, id})) return CustomerNotFound(id);
    return Upsert(uow, tenant, id, patch, links, now);
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

void BatchUpsertCustomers(const Deps& deps, const rpc::CallContext& ctx, const v1::BatchUpsertCustomersRequest& q,
                          rpc::Reply<v1::BatchUpsertCustomersResponse> reply) {
  if (q.customers_size() > kMaxBatchItems) return reply(BatchTooLarge(q.customers_size()), {});
  auto response = std::make_shared<v1::BatchUpsertCustomersResponse>();
  std::vector<absl::StatusOr<rpc::Writer::Item>> items;
  for (const v1::Customer& customer : q.customers()) {
    const std::string& id = customer.customer_id();
    response->add_results()->set_customer_id(id);
    Violations v;
    CheckClientId(id, "customerId", v);
    CheckCustomerFields(customer, "", v);
    const CustomerPatch patch = ReadCustomerPatch(customer, nullptr, deps.phones, v);
    if (!v.empty()) {
      items.push_back(v.ToStatus());
      continue;
    }
    rpc::Writer::Item item;
    item.subject = id;
    item.bytes = 2 * customer.ByteSizeLong() + 256;
    item.want = [tenant = ctx.tenant, id, patch](db::UnitOfWork& uow) { Want(uow, tenant, id, patch); };
    item.decide = [tenant = ctx.tenant, id, patch, &links = deps.links](db::UnitOfWork& uow, absl::Time now) {
      return Upsert(uow, tenant, id, patch, links, now).status();
    };
    items.push_back(std::move(item));
  }
  RunBatch(deps, ctx, std::move(items), q.rejected_items(), "customers", std::move(response), std::move(reply));
}

}  // namespace hoiam::survey
