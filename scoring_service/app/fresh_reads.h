// Connections for reads, on which everything that the caller's consistency tokens name can already be seen.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "platform/db/tenant_db.h"
#include "platform/feed/consumer.h"
#include "platform/rpc/context.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// What is read now, and who keeps it up to date.
struct Shown {
  Generation generation;
  std::vector<feed::Consumer*> consumers;
  std::shared_ptr<const void> owner;  // of the consumers, while they are waited for
};

class FreshReads {
 public:
  // All must outlive it.
  FreshReads(db::Pool& pool, std::function<absl::StatusOr<Shown>()> shown) : pool_(pool), shown_(std::move(shown)) {}

  // INVALID_ARGUMENT reason INVALID_CONSISTENCY_TOKEN; UNAVAILABLE reason PROJECTION_BEHIND when the wait was in vain.
  absl::StatusOr<View> Open(const rpc::CallContext& ctx,
                            const google::protobuf::RepeatedPtrField<std::string>& tokens) const;

  // The reporting zone of what is shown now; UTC while that is not known.
  absl::TimeZone zone() const;

 private:
  db::Pool& pool_;
  const std::function<absl::StatusOr<Shown>()> shown_;
};

}  // namespace hoiam::scoring
