// Tables `target` and `improvement`: what staff have set. Of no generation. A `body` is the resource, serialized.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/table.h"
#include "platform/db/tenant_db.h"

namespace hoiam::scoring {

struct TargetRow {
  std::string tenant_id, target_id;
  std::string body;  // hoiam.scoring.v1.Target

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static TargetRow Read(const db::Row& r);
};

struct ImprovementRow {
  std::string tenant_id, improvement_id;
  absl::Time start_time;
  std::string body;  // hoiam.scoring.v1.Improvement

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static ImprovementRow Read(const db::Row& r);
};

// Bodies of all targets, by id.
absl::StatusOr<std::vector<std::string>> ReadTargets(const db::TenantDb& db);

// Where a page of improvements ended.
struct ImprovementPlace {
  absl::Time start_time;
  std::string improvement_id;
};
// At most `limit`, newest first.
absl::StatusOr<std::vector<ImprovementRow>> ReadImprovements(const db::TenantDb& db,
                                                             const std::optional<ImprovementPlace>& after, int limit);
// Its body; nullopt when there is none.
absl::StatusOr<std::optional<std::string>> ReadImprovement(const db::TenantDb& db, const std::string& id);

}  // namespace hoiam::scoring
