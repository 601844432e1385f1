// The log of what a service has committed: dense sequence numbers per partition, in commit order, because the head row
// stays locked until COMMIT. Shared by the write combiner and by feed consumers that write to their service's own log.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/session.h"
#include "platform/db/tenant_db.h"
#include "platform/db/unit_of_work.h"
#include "platform/db/write_combiner.h"

namespace hoiam::db {

struct Head {
  uint64_t next_seq = 1;
  uint64_t epoch = 0;
};

// Locks the head rows, ascending, until the transaction ends.
absl::StatusOr<std::map<uint32_t, Head>> LockHeads(Session& session, const std::set<uint32_t>& partitions);

// Appends one envelope per partition of `touched` (empty when it has no events) and moves the heads.
absl::StatusOr<std::vector<Committed>> AppendEnvelopes(Session& session, const std::map<uint32_t, Head>& heads,
                                                       const std::set<uint32_t>& touched, const UnitOfWork& uow,
                                                       const std::string& batch_id, absl::Time now);

// Where every partition of the log ends now, on the connection of `db`.
absl::StatusOr<std::vector<LogPosition>> ReadLogEnds(const TenantDb& db);

// After a connection was lost in COMMIT: whether our envelopes are there. Locks the heads first, so that a commit that
// is still under way on the server has ended before we look.
absl::StatusOr<bool> WasCommitted(Session& session, const std::vector<Committed>& written, const std::string& batch_id);

}  // namespace hoiam::db
