// The metrics of a tenant: those that Hoiam brings, and its own.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// Those that Hoiam brings first, then by id; each in the version in force.
absl::StatusOr<v1::ListMetricsResponse> ListMetrics(const Deps& deps, const rpc::CallContext& ctx,
                                                    const v1::ListMetricsRequest& q);

// NOT_FOUND METRIC_NOT_FOUND unless allow_missing; METRICS_FULL, METRIC_VERSIONS_FULL. Other bounds or weights make the
// next version; another name or scope changes the one in force, and a PATCH that changes nothing changes nothing.
void UpdateMetric(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateMetricRequest& q,
                  rpc::Reply<v1::Metric> reply);

}  // namespace hoiam::survey
