// What became of customers' goods.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// An item stands where the statement with the latest occurred_at says, in whatever order they arrive; surveys are
// looked at when that has changed. The same id and body again is the same success; another body is ID_REUSED. Blocks:
// looks up what a late statement followed.
void RecordUsage(const Deps& deps, const rpc::CallContext& ctx, const v1::RecordUsageRequest& q,
                 rpc::Reply<v1::RecordUsageResponse> reply);

// CUSTOMER_NOT_FOUND.
absl::StatusOr<v1::ListUsageResponse> ListUsage(const Deps& deps, const rpc::CallContext& ctx,
                                                const v1::ListUsageRequest& q);

}  // namespace hoiam::survey
