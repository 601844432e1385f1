// Numbered SQL files, applied once each, in order, under a lock row.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "platform/db/session.h"

namespace hoiam::db {

struct Migration {
  std::string name;  // "0001_customers"
  std::string sql;   // statements ended by ";\n"
};
using MigrationSet = std::vector<Migration>;

// Tables that every service has: event log, feed cursors, idempotency. Applied before the service's own.
const MigrationSet& PlatformMigrations();

// Applies what is missing of the platform's and the service's migrations. Makes the schema when missing.
// FAILED_PRECONDITION when a migration that was applied has been edited since.
absl::Status Migrate(const Url& url, const std::string& schema, const MigrationSet& service, uint32_t partitions,
                     const std::function<void(const std::string&)>& applied);

// OK when every migration has been applied; FAILED_PRECONDITION says which is missing. Reason OTHER_PARTITIONS: the
// schema was made with another number of partitions, which waiting never cures.
absl::Status CheckSchema(Session& session, const MigrationSet& service, uint32_t partitions);

// OK when the server keeps what it acknowledges: innodb_flush_log_at_trx_commit=1, sync_binlog=1 where a binlog is on,
// strict sql_mode, not read-only. FAILED_PRECONDITION says what to change.
absl::Status CheckDurability(Session& session);

}  // namespace hoiam::db
