// Makes or changes customers.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// NOT_FOUND CUSTOMER_NOT_FOUND unless allow_missing. A PATCH that changes nothing makes no revision; one
// that changes the lifecycle may make surveys ask.
void UpdateCustomer(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateCustomerRequest& q,
                    rpc::Reply<v1::Customer> reply);

// Each a PATCH without mask and with allow_missing.
void BatchUpsertCustomers(const Deps& deps, const rpc::CallContext& ctx, const v1::BatchUpsertCustomersRequest& q,
                          rpc::Reply<v1::BatchUpsertCustomersResponse> reply);

}  // namespace hoiam::survey
