// Touchpoints and channels as callers say them, and where they lie, as a part of a write.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"
#include "survey_service/domain/catalogue.h"

namespace hoiam::survey {

// What ResolveName reads: nothing when `said` is empty or could be an id.
void WantName(db::UnitOfWork& uow, const std::string& tenant, CatalogueKind kind, const std::string& said);

// The id of what a caller says: an id is taken as it is, a name is looked up among the tenant's aliases and the names
// that Hoiam brings, whatever its case and composition; "" is "". Another one is INVALID_ARGUMENT reason
// UNKNOWN_TOUCHPOINT or UNKNOWN_CHANNEL. Needs WantName.
absl::StatusOr<std::string> ResolveName(db::UnitOfWork& uow, const std::string& tenant, CatalogueKind kind,
                                        const std::string& said);

// What StageOf and TouchpointTeamOf read: the touchpoint and those above it.
void WantStage(db::UnitOfWork& uow, const std::string& tenant, const std::string& touchpoint);

// When in the journey a touchpoint lies: what the catalogue says of it, else of the nearest one above it that has a
// stage; UNSPECIFIED when none has. Without WantStage only what Hoiam brings is looked at.
v1::Stage::Code StageOf(db::UnitOfWork& uow, const std::string& tenant, const std::string& touchpoint);

// The team that is responsible for a touchpoint, else for the nearest one above it that has one; "" when none has.
std::string TouchpointTeamOf(db::UnitOfWork& uow, const std::string& tenant, const std::string& touchpoint);

}  // namespace hoiam::survey
