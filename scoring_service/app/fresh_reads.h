// Connections for reads, on which everything that the caller's consistency tokens name can already be seen.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "platform/db/tenant_db.h"
#include "platform/feed/consumer.h"
#include "platform/rpc/context.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

class FreshReads {
 public:
  // All must outlive it. `consumers` are those of `generation`.
  FreshReads(db::Pool& pool, Generation generation, std::vector<feed::Consumer*> consumers)
      : pool_(pool), generation_(generation), consumers_(std::move(consumers)) {}

  // INVALID_ARGUMENT reason INVALID_CONSISTENCY_TOKEN; UNAVAILABLE reason PROJECTION_BEHIND when the wait was in vain.
  absl::StatusOr<View> Open(const rpc::CallContext& ctx,
                            const google::protobuf::RepeatedPtrField<std::string>& tokens) const;

 private:
  db::Pool& pool_;
  const Generation generation_;
  const std::vector<feed::Consumer*> consumers_;
};

}  // namespace hoiam::scoring
