// The playbooks of tenants, read once per change of their settings.
//
// A decision wants one row, the version of the tenant's playbook. Only when that version is new to this process are the
// settings themselves wanted and read, so that a decision always uses the playbook of its own transaction:
//
//   want:    playbooks.Want(uow, tenant);
//   decide:  HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<const Playbook> playbook, playbooks.Of(uow, tenant));
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "loop_service/domain/playbook.h"
#include "platform/db/tenant_db.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::loop {

// One per process, for any number of threads.
class PlaybookCache {
 public:
  // What Of reads.
  void Want(db::UnitOfWork& uow, const std::string& tenant);
  // The tenant's playbook, with what was changed in this unit of work before. Needs Want. INTERNAL when a setting
  // cannot be read.
  absl::StatusOr<std::shared_ptr<const Playbook>> Of(db::UnitOfWork& uow, const std::string& tenant);
  // The tenant's playbook in reads outside of a unit of work.
  absl::StatusOr<std::shared_ptr<const Playbook>> Read(const db::TenantDb& db);

 private:
  std::shared_ptr<const Playbook> Find(const std::string& tenant, int64_t version) const;
  void Keep(const std::string& tenant, std::shared_ptr<const Playbook> playbook);

  mutable std::mutex mu_;
  absl::flat_hash_map<std::string, std::shared_ptr<const Playbook>> by_tenant_;
};

}  // namespace hoiam::loop
