// The clock of cases: rings what is due in each, once, whatever the number of replicas. It is told which cases to look
// at; what rings in them is decided under the lock of the case's partition, from the case as it is then.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "loop_service/app/playbook_cache.h"
#include "loop_service/limits.h"
#include "platform/due/scheduler.h"
#include "platform/rpc/write.h"

namespace hoiam::loop {

inline constexpr due::TakeOptions kClockTaking = {1, kCasesAtOnce, kClockLease};

class CaseClock final : public due::Handler {
 public:
  // All must outlive it.
  CaseClock(rpc::Writer& writer, PlaybookCache& playbooks) : writer_(writer), playbooks_(playbooks) {}

  absl::Status Run(const std::vector<due::Work>& taken, absl::Time until) override;

 private:
  absl::Status Decide(const due::Work& work, db::UnitOfWork& uow, absl::Time now);
  rpc::Writer& writer_;
  PlaybookCache& playbooks_;
};

}  // namespace hoiam::loop
