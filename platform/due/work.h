// Work that waits for its time: rows of `due_work`, a table of the same shape in every service that has one. A
// scheduler in every replica takes what is due by lease, a kind at a time, and hands it to the kind's handler. Two
// replicas never hold one piece of work at once; that of a replica that died comes back when its lease ends
// (docs/adr/2026-11-22-due-work-by-lease.md).
#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "platform/db/table.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::due {

// What is to be done at a time. `subject` decides the partition; `kind` is a number that the service has given it.
struct Work {
  std::string tenant_id, subject;
  int64_t kind = 0;
  std::string work_id;
  absl::Time due_at;
  std::string owner;  // who has taken it; "" nobody
  int64_t attempts = 0;

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static Work Read(const db::Row& r);
  static db::Values Key(const std::string& tenant, const std::string& subject, int64_t kind,
                        const std::string& work_id) {
    return {tenant, subject, kind, work_id};
  }
};

// In a decision. `work` is as it was taken. Each needs WantWork, and is a no-op answering false when the lease was
// lost: somebody else has the work now, and the decision must have no other effect.
void WantWork(db::UnitOfWork& uow, const Work& work);
bool HoldsWork(db::UnitOfWork& uow, const Work& work);
bool FinishWork(db::UnitOfWork& uow, const Work& work);
bool PutOffWork(db::UnitOfWork& uow, const Work& work, absl::Time due_at);

// New work. Replaces what has the same key.
void AddWork(db::UnitOfWork& uow, const std::string& tenant, int64_t kind, const std::string& subject,
             const std::string& work_id, absl::Time due_at);

}  // namespace hoiam::due
