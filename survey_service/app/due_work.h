// Work that waits for its time. A scheduler in every replica takes what is due by lease (store: DueWorkRow), a kind at
// a time, and hands it to the kind's handler. Two replicas never hold one piece of work at once; that of a replica that
// died comes back when its lease ends.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "platform/db/unit_of_work.h"
#include "survey_service/store/asking_rows.h"

namespace hoiam::survey {

// Does the work of one kind.
class DueHandler {
 public:
  virtual ~DueHandler() = default;
  // `taken` is leased to this replica until `until`. What was done must be finished (FinishWork) or put off
  // (PutOffWork) in the transaction that holds its effect; what is neither comes back at `until`. May block.
  virtual absl::Status Run(const std::vector<DueWorkRow>& taken, absl::Time until) = 0;
};

// In a decision. `row` is as it was taken. Each needs WantWork, and is a no-op answering false when the lease was lost:
// somebody else has the work now, and the decision must have no other effect.
void WantWork(db::UnitOfWork& uow, const DueWorkRow& row);
bool HoldsWork(db::UnitOfWork& uow, const DueWorkRow& row);
bool FinishWork(db::UnitOfWork& uow, const DueWorkRow& row);
bool PutOffWork(db::UnitOfWork& uow, const DueWorkRow& row, absl::Time due_at);

// New work. Replaces what has the same key.
void AddWork(db::UnitOfWork& uow, const std::string& tenant, DueKind kind, const std::string& subject,
             const std::string& work_id, absl::Time due_at);

}  // namespace hoiam::survey
