// What staff set: targets and improvements. A PATCH that changes nothing makes no revision.
#pragma once

#include "google/protobuf/empty.pb.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "platform/rpc/write.h"
#include "scoring_service/app/fresh_reads.h"

namespace hoiam::scoring {

class SettingWrites {
 public:
  // Both must outlive it.
  SettingWrites(const FreshReads& reads, rpc::Writer& writer) : reads_(reads), writer_(writer) {}

  // NOT_FOUND TARGET_NOT_FOUND unless allow_missing; ALREADY_EXISTS TARGET_TAKEN; RESOURCE_EXHAUSTED TOO_MANY_SETTINGS.
  // Blocks, as UpdateImprovement does: it reads the tenant's metrics first.
  void UpdateTarget(const rpc::CallContext& ctx, const v1::UpdateTargetRequest& q, rpc::Reply<v1::Target> reply) const;
  // NOT_FOUND TARGET_NOT_FOUND.
  void DeleteTarget(const rpc::CallContext& ctx, const v1::DeleteTargetRequest& q,
                    rpc::Reply<google::protobuf::Empty> reply) const;
  // NOT_FOUND IMPROVEMENT_NOT_FOUND unless allow_missing; RESOURCE_EXHAUSTED TOO_MANY_SETTINGS.
  void UpdateImprovement(const rpc::CallContext& ctx, const v1::UpdateImprovementRequest& q,
                         rpc::Reply<v1::Improvement> reply) const;

 private:
  const FreshReads& reads_;
  rpc::Writer& writer_;
};

}  // namespace hoiam::scoring
