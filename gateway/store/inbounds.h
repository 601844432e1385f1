// Reads of inbound endpoints, and what is written outside of the write combiner.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/store/inbound_row.h"
#include "platform/db/tenant_db.h"

namespace hoiam::gateway {

struct UsedInbound {
  InboundRow inbound;
  std::optional<absl::Time> last_used;  // to the minute
};

// The endpoint of an address, in whatever tenant: it says which.
absl::StatusOr<std::optional<UsedInbound>> FindInboundByToken(const db::SystemDb& db, const std::string& token_hash);
// One of the tenant's.
absl::StatusOr<std::optional<UsedInbound>> FindInbound(const db::TenantDb& db, const std::string& inbound_id);
// The tenant's by id, after `after`; at most `limit`.
absl::StatusOr<std::vector<UsedInbound>> ListInbounds(const db::TenantDb& db, const std::string& after, int limit);
// Notes a use; an earlier one does not take a later one back.
absl::Status NoteInboundUse(const db::TenantDb& db, const std::string& inbound_id, absl::Time minute);

}  // namespace hoiam::gateway
