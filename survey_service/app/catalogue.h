// The catalogue of a tenant: what Hoiam brings, as changed, and what the tenant made. A tenant's row stands in the
// place of what Hoiam brings by the same id.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// By id. What lies below an archived touchpoint is hidden with it.
absl::StatusOr<v1::ListTouchpointsResponse> ListTouchpoints(const Deps& deps, const rpc::CallContext& ctx,
                                                            const v1::ListTouchpointsRequest& q);
absl::StatusOr<v1::ListChannelsResponse> ListChannels(const Deps& deps, const rpc::CallContext& ctx,
                                                      const v1::ListChannelsRequest& q);

// NOT_FOUND TOUCHPOINT_NOT_FOUND or CHANNEL_NOT_FOUND unless allow_missing. PARENT_UNKNOWN, ALIAS_TAKEN,
// CATALOGUE_FULL. A PATCH that changes nothing makes no revision.
void UpdateTouchpoint(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateTouchpointRequest& q,
                      rpc::Reply<v1::Touchpoint> reply);
void UpdateChannel(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateChannelRequest& q,
                   rpc::Reply<v1::Channel> reply);

}  // namespace hoiam::survey
