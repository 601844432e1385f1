// One tenant's projections of one generation.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "platform/db/tenant_db.h"

namespace hoiam::scoring {

// The generation that a reader sees or a feed writes: its number, and the zone that its days are of.
struct Generation {
  int64_t number = 1;
  absl::TimeZone zone;
};

struct View {
  db::TenantDb db;
  Generation generation;

  // As TenantDb::Query, with the tenant bound to the first `?` and the generation to the second:
  // "… WHERE tenant_id = ? AND generation = ? AND …".
  absl::Status Query(const std::string& sql, db::Values params, const std::function<void(const db::Row&)>& each) const {
    params.insert(params.begin(), generation.number);
    return db.Query(sql, params, each);
  }
};

}  // namespace hoiam::scoring
