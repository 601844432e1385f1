// Root causes and teams, page by page.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/loop/v1/playbook_service.pb.h"
#include "platform/rpc/context.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

absl::StatusOr<pb::ListRootCausesResponse> ListRootCauses(const rpc::CallContext& ctx,
                                                          const pb::ListRootCausesRequest& q);
absl::StatusOr<pb::ListTeamsResponse> ListTeams(const rpc::CallContext& ctx, const pb::ListTeamsRequest& q);

}  // namespace hoiam::loop
