// Reads of keys, and what is written outside of the write combiner.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gateway/store/key_row.h"
#include "gateway/store/tenant_row.h"
#include "platform/db/tenant_db.h"

namespace hoiam::gateway {

struct UsedKey {
  KeyRow key;
  std::optional<absl::Time> last_used;  // to the minute
};

// A key and what its tenant says about every call.
struct PresentedKey {
  KeyRow key;
  std::optional<absl::Time> last_used;
  TenantRow tenant;
};

// The key of a text, in whatever tenant: it says which. One of the few reads that are not inside of a tenant.
absl::StatusOr<std::optional<PresentedKey>> FindKeyBySecret(const db::SystemDb& db, const std::string& secret_hash);
// Keys by id, after `after`; at most `limit`. With `test_only` those of its test mode.
absl::StatusOr<std::vector<UsedKey>> ListKeys(const db::TenantDb& db, bool test_only, const std::string& after,
                                              int limit);
// When one key was last used.
absl::StatusOr<std::optional<absl::Time>> ReadLastUse(const db::TenantDb& db, const std::string& key_id);
// Notes a use; an earlier one does not take a later one back.
absl::Status NoteUse(const db::TenantDb& db, const std::string& key_id, absl::Time minute);

// Stores a key, in the place of one of the same id.
absl::Status ReplaceKey(const db::TenantDb& db, const KeyRow& key);

}  // namespace hoiam::gateway
