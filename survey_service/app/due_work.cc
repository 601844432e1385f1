#include "survey_service/app/due_work.h"

namespace hoiam::survey {
namespace {

db::Values KeyOf(const DueWorkRow& row) {
  return {row.tenant_id, row.subject, static_cast<int64_t>(row.kind), row.work_id};
}

}  // namespace

void WantWork(db::UnitOfWork& uow, const DueWorkRow& row) { uow.Want<DueWorkRow>(KeyOf(row)); }

bool HoldsWork(db::UnitOfWork& uow, const DueWorkRow& row) {
  const auto* now = uow.Find<DueWorkRow>(KeyOf(row));
  return now && now->owner == row.owner && now->due_at == row.due_at && now->attempts == row.attempts;
}

bool FinishWork(db::UnitOfWork& uow, const DueWorkRow& row) {
  if (!HoldsWork(uow, row)) return false;
  uow.Delete<DueWorkRow>(KeyOf(row));
  return true;
}

bool PutOffWork(db::UnitOfWork& uow, const DueWorkRow& row, absl::Time due_at) {
  if (!HoldsWork(uow, row)) return false;
  DueWorkRow later = row;
  later.owner.clear();
  later.due_at = due_at;
  uow.Put(std::move(later));
  return true;
}

void AddWork(db::UnitOfWork& uow, const std::string& tenant, DueKind kind, const std::string& subject,
             const std::string& work_id, absl::Time due_at) {
  uow.Replace(DueWorkRow{tenant, subject, kind, work_id, due_at, "", 0});
}

}  // namespace hoiam::survey
