#include "survey_service/app/catalogue_step.h"

#include <optional>

#include "survey_service/errors.h"
#include "survey_service/store/catalogue_rows.h"

namespace hoiam::survey {
namespace {

db::Values AliasKey(const std::string& tenant, CatalogueKind kind, const std::string& said) {
  return {tenant, std::string(CatalogueKindName(kind)), FoldName(said)};
}

bool TakenAsItIs(const std::string& said) { return said.empty() || CouldBeId(said); }

// The tenant's own word on a touchpoint; nullopt when there is none, or it was not wanted.
std::optional<v1::Touchpoint> OwnTouchpoint(db::UnitOfWork& uow, const std::string& tenant, absl::string_view id) {
  const db::Values key = {tenant, std::string(id)};
  const auto* row = uow.Wanted<TouchpointRow>(key) ? uow.Find<TouchpointRow>(key) : nullptr;
  v1::Touchpoint own;
  if (!row || !own.ParseFromString(row->body)) return std::nullopt;
  return own;
}

}  // namespace

void WantName(db::UnitOfWork& uow, const std::string& tenant, CatalogueKind kind, const std::string& said) {
  if (!TakenAsItIs(said)) uow.Want<CatalogueAliasRow>(AliasKey(tenant, kind, said));
}

absl::StatusOr<std::string> ResolveName(db::UnitOfWork& uow, const std::string& tenant, CatalogueKind kind,
                                        const std::string& said) {
  if (TakenAsItIs(said)) return said;
  if (const auto* row = uow.Find<CatalogueAliasRow>(AliasKey(tenant, kind, said))) return row->target;
  if (const auto id = FindBuiltIn(kind, FoldName(said))) return std::string(*id);
  return kind == CatalogueKind::kTouchpoint
             ? BadField("touchpoint", "UNKNOWN_TOUCHPOINT", "is neither an id ([a-z0-9_.-]) nor a name that is known")
             : BadField("channel", "UNKNOWN_CHANNEL", "is neither an id ([a-z0-9_.-]) nor a name that is known");
}

void WantStage(db::UnitOfWork& uow, const std::string& tenant, const std::string& touchpoint) {
  for (absl::string_view id = touchpoint; !id.empty(); id = ParentOf(id))
    uow.Want<TouchpointRow>({tenant, std::string(id)});
}

v1::Stage::Code StageOf(db::UnitOfWork& uow, const std::string& tenant, const std::string& touchpoint) {
  for (absl::string_view id = touchpoint; !id.empty(); id = ParentOf(id)) {
    const auto own = OwnTouchpoint(uow, tenant, id);
    const auto stage = own ? own->stage() : static_cast<v1::Stage::Code>(BuiltInStage(id));
    if (stage != v1::Stage::UNSPECIFIED) return stage;
  }
  return v1::Stage::UNSPECIFIED;
}

std::string TouchpointTeamOf(db::UnitOfWork& uow, const std::string& tenant, const std::string& touchpoint) {
  for (absl::string_view id = touchpoint; !id.empty(); id = ParentOf(id))
    if (const auto own = OwnTouchpoint(uow, tenant, id); own && !own->owner_team().empty()) return own->owner_team();
  return "";
}

}  // namespace hoiam::survey
