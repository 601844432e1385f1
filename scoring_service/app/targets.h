// What is aimed at: a score per metric and cut.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/empty.pb.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "platform/rpc/write.h"
#include "scoring_service/app/fresh_reads.h"
#include "scoring_service/domain/target.h"

namespace hoiam::scoring {

absl::StatusOr<std::vector<TargetScore>> TargetScores(const View& view);
absl::StatusOr<v1::ListTargetsResponse> ListTargets(const View& view);

// NOT_FOUND TARGET_NOT_FOUND unless allow_missing; ALREADY_EXISTS TARGET_TAKEN; RESOURCE_EXHAUSTED TOO_MANY_SETTINGS.
void UpdateTarget(const FreshReads& reads, rpc::Writer& writer, const rpc::CallContext& ctx,
                  const v1::UpdateTargetRequest& q, rpc::Reply<v1::Target> reply);
// NOT_FOUND TARGET_NOT_FOUND.
void DeleteTarget(rpc::Writer& writer, const rpc::CallContext& ctx, const v1::DeleteTargetRequest& q,
                  rpc::Reply<google::protobuf::Empty> reply);

}  // namespace hoiam::scoring
