#include "loop_service/app/playbook_cache.h"

#include <utility>

#include "loop_service/convert/playbook.h"
#include "loop_service/domain/catalogue.h"
#include "loop_service/limits.h"
#include "loop_service/store/setting_reader.h"
#include "loop_service/store/setting_rows.h"
#include "platform/base/status.h"

namespace hoiam::loop {
namespace {

// Never deleted; shared only to look like the others.
std::shared_ptr<const Playbook> BuiltIn() { return {std::shared_ptr<const Playbook>(), &BuiltInPlaybook()}; }

int64_t VersionOf(db::UnitOfWork& uow, const std::string& tenant) {
  const auto* row = uow.Find<PlaybookRow>({tenant});
  return row ? row->version : 0;
}

absl::StatusOr<std::shared_ptr<const Playbook>> Build(db::UnitOfWork& uow, const std::string& tenant) {
  Playbook::Parts parts = BuiltInParts();
  parts.version = VersionOf(uow, tenant);
  for (const SettingRow* row : uow.List<SettingRow>({tenant}))
    HOIAM_RETURN_IF_ERROR(AddStored(row->kind, row->body, parts));
  return std::make_shared<const Playbook>(std::move(parts));
}

}  // namespace

std::shared_ptr<const Playbook> PlaybookCache::Find(const std::string& tenant, int64_t version) const {
  if (version == 0) return BuiltIn();
  std::lock_guard lock(mu_);
  const auto it = by_tenant_.find(tenant);
  return it == by_tenant_.end() || it->second->version() != version ? nullptr : it->second;
}

void PlaybookCache::Keep(const std::string& tenant, std::shared_ptr<const Playbook> playbook) {
  std::lock_guard lock(mu_);
  // Emptied when full: to read one again is one statement.
  if (by_tenant_.size() >= kMaxCachedPlaybooks && !by_tenant_.contains(tenant)) by_tenant_.clear();
  auto& kept = by_tenant_[tenant];
  if (!kept || kept->version() < playbook->version()) kept = std::move(playbook);
}

void PlaybookCache::Want(db::UnitOfWork& uow, const std::string& tenant) {
  uow.Want<PlaybookRow>({tenant});
  const int64_t version = VersionOf(uow, tenant);
  if (Find(tenant, version)) return;
  uow.Want<SettingRow>({tenant});
  if (!uow.Wanted<SettingRow>({tenant})) return;
  // Now, while rows are as they are stored: what decisions of this batch change may still come to nothing.
  if (auto playbook = Build(uow, tenant); playbook.ok()) Keep(tenant, *std::move(playbook));
}

absl::StatusOr<std::shared_ptr<const Playbook>> PlaybookCache::Of(db::UnitOfWork& uow, const std::string& tenant) {
  if (auto found = Find(tenant, VersionOf(uow, tenant))) return found;
  // Changed by a decision of this batch, which wanted the settings, or unreadable.
  if (!uow.Wanted<SettingRow>({tenant})) return absl::InternalError("a playbook was changed without its settings");
  return Build(uow, tenant);
}

absl::StatusOr<std::shared_ptr<const Playbook>> PlaybookCache::Read(const db::TenantDb& db) {
  HOIAM_ASSIGN_OR_RETURN(const int64_t version, ReadPlaybookVersion(db));
  if (auto found = Find(db.tenant(), version)) return found;
  Playbook::Parts parts = BuiltInParts();
  parts.version = version;
  HOIAM_ASSIGN_OR_RETURN(const std::vector<StoredSetting> settings, ReadSettings(db));
  for (const StoredSetting& s : settings) HOIAM_RETURN_IF_ERROR(AddStored(s.kind, s.body, parts));
  auto playbook = std::make_shared<const Playbook>(std::move(parts));
  Keep(db.tenant(), playbook);
  return playbook;
}

}  // namespace hoiam::loop
