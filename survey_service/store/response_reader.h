// Reads of answers outside of a write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/base/filter.h"
#include "platform/db/tenant_db.h"

namespace hoiam::survey {

// The body: a serialized hoiam.survey.v1.Response.
absl::StatusOr<std::optional<std::string>> ReadResponse(const db::TenantDb& db, const std::string& response_id);

// Where a page of answers begins: before this one.
struct ResponsePlace {
  absl::Time responded_at;
  std::string response_id;
};

// Whether the index of answers holds all that a filter speaks of.
bool IsIndexed(const Filter& filter);

// Bodies by responded_at, newest first; at most `limit`. INVALID_FILTER for what is not indexed.
absl::StatusOr<std::vector<std::string>> ListResponses(const db::TenantDb& db, const Filter& filter,
                                                       const std::optional<ResponsePlace>& before, int limit);

}  // namespace hoiam::survey
