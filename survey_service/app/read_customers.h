// Reads of customers.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/context.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

absl::StatusOr<v1::Customer> GetCustomer(const Deps& deps, const rpc::CallContext& ctx,
                                         const v1::GetCustomerRequest& q);
absl::StatusOr<v1::ListCustomersResponse> ListCustomers(const Deps& deps, const rpc::CallContext& ctx,
                                                        const v1::ListCustomersRequest& q);

}  // namespace hoiam::survey
