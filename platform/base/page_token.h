// Keyset page tokens: where the last page ended, bound to the query it belongs to. Opaque to callers.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "platform/base/status.h"

namespace hoiam {

// `query` names everything that must stay the same between pages (method, tenant, filter, …).
std::string EncodePageToken(absl::string_view query, const std::vector<std::string>& key);
// INVALID_ARGUMENT reason INVALID_PAGE_TOKEN when it was not made for this query, or is damaged. "" gives {}.
absl::StatusOr<std::vector<std::string>> DecodePageToken(absl::string_view query, absl::string_view token);

// `requested` 0 gives 50; below 0 or above 1000 is INVALID_ARGUMENT reason PAGE_SIZE_OUT_OF_RANGE.
absl::StatusOr<int> CheckPageSize(int requested);

}  // namespace hoiam
