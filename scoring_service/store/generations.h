// Tables `generation` and `shown_generation`: which projections there are, and which of them are shown.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/tenant_db.h"

namespace hoiam::scoring {

struct GenerationRow {
  int64_t number = 0;
  std::string zone;    // IANA: the zone that its days are of
  int64_t layout = 0;  // of the program that made it
};

// The one that is shown. On first use it is generation 1, of this zone and layout.
absl::StatusOr<GenerationRow> ReadShownGeneration(const db::SystemDb& db, const std::string& zone, int64_t layout,
                                                  absl::Time now);

}  // namespace hoiam::scoring
