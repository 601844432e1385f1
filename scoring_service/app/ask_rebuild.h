// Rebuilds, as an operator asks for them.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/scoring/v1/resources.pb.h"
#include "platform/rpc/context.h"
#include "scoring_service/app/generations.h"

namespace hoiam::scoring {

// Begins one, or answers the one that is under way; the same Idempotency-Key of the same caller begins one once.
absl::StatusOr<hoiam::scoring::v1::Rebuild> StartRebuild(Generations& generations, const rpc::CallContext& ctx);
// The latest one; without a state when there was none.
absl::StatusOr<hoiam::scoring::v1::Rebuild> GetRebuild(const Generations& generations, const rpc::CallContext& ctx);

}  // namespace hoiam::scoring
