#include "platform/due/work.h"

#include <utility>

namespace hoiam::due {
namespace {

db::Values KeyOf(const Work& work) { return Work::Key(work.tenant_id, work.subject, work.kind, work.work_id); }

}  // namespace

const db::TableDef& Work::Table() {
  static const auto* def =
      new db::TableDef{"due_work", {"tenant_id", "subject", "kind", "work_id", "due_at", "owner", "attempts"}, 4};
  return *def;
}

void Work::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, subject, kind, work_id, due_at, owner, attempts});
}

Work Work::Read(const db::Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Int(2), r.Bytes(3), r.Time(4), r.Bytes(5), r.Int(6)};
}

void WantWork(db::UnitOfWork& uow, const Work& work) { uow.Want<Work>(KeyOf(work)); }

bool HoldsWork(db::UnitOfWork& uow, const Work& work) {
  const auto* now = uow.Find<Work>(KeyOf(work));
  return now && now->owner == work.owner && now->due_at == work.due_at && now->attempts == work.attempts;
}

bool FinishWork(db::UnitOfWork& uow, const Work& work) {
  if (!HoldsWork(uow, work)) return false;
  uow.Delete<Work>(KeyOf(work));
  return true;
}

bool PutOffWork(db::UnitOfWork& uow, const Work& work, absl::Time due_at) {
  if (!HoldsWork(uow, work)) return false;
  Work later = work;
  later.owner.clear();
  later.due_at = due_at;
  uow.Put(std::move(later));
  return true;
}

void AddWork(db::UnitOfWork& uow, const std::string& tenant, int64_t kind, const std::string& subject,
             const std::string& work_id, absl::Time due_at) {
  uow.Replace(Work{tenant, subject, kind, work_id, due_at, "", 0});
}

}  // namespace hoiam::due
