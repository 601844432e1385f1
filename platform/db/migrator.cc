#include "platform/db/migrator.h"

#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "platform/base/clock.h"
#include "platform/base/crypto.h"
#include "platform/base/status.h"
#include "platform/db/embedded_migrations.h"

namespace hoiam::db {
namespace {

// Not GET_LOCK: that holds on one node of a cluster only.
constexpr char kMakeLock[] =
    "CREATE TABLE IF NOT EXISTS migration_lock (id INT NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB";
constexpr char kMakeHistory[] =
    "CREATE TABLE IF NOT EXISTS schema_migration (name VARBINARY(128) NOT NULL, digest BINARY(32) NOT NULL, "
    "applied_at DATETIME(6) NOT NULL, PRIMARY KEY (name)) ENGINE=InnoDB";
constexpr char kLockRow[] = "INSERT INTO migration_lock (id) VALUES (1) ON DUPLICATE KEY UPDATE id = id";
constexpr char kHistory[] = "SELECT name, digest FROM schema_migration";
constexpr char kRecord[] = "INSERT INTO schema_migration (name, digest, applied_at) VALUES (?, ?, ?)";
constexpr char kHeads[] = "SELECT COUNT(*) FROM event_head";
constexpr char kMakeHead[] = "INSERT INTO event_head (partition_id, next_seq, epoch) VALUES (?, 1, ?)";

std::vector<std::string> Statements(const std::string& sql) {
  std::string text;  // comments may hold semicolons
  for (absl::string_view line : absl::StrSplit(sql, '\n'))
    if (!absl::StartsWith(absl::StripAsciiWhitespace(line), "--")) absl::StrAppend(&text, line, "\n");
  std::vector<std::string> out;
  for (absl::string_view part : absl::StrSplit(text, ";\n")) {
    part = absl::StripAsciiWhitespace(part);
    if (!part.empty()) out.emplace_back(part);
  }
  return out;
}

MigrationSet Both(const MigrationSet& service) {
  MigrationSet all;
  for (const Migration& m : PlatformMigrations()) all.push_back({absl::StrCat("platform/", m.name), m.sql});
  for (const Migration& m : service) all.push_back(m);
  return all;
}

absl::StatusOr<std::map<std::string, std::string>> Applied(Session& s) {
  std::map<std::string, std::string> applied;
  HOIAM_RETURN_IF_ERROR(s.Query(kHistory, {}, [&](const Row& r) { applied[r.Bytes(0)] = r.Bytes(1); }));
  return applied;
}

absl::StatusOr<int64_t> Number(Session& s, const std::string& sql) {
  int64_t n = 0;
  HOIAM_RETURN_IF_ERROR(s.Query(sql, {}, [&](const Row& r) { n = r.Int(0); }));
  return n;
}

absl::Status OtherPartitions(int64_t have, uint32_t want) {
  return MakeError(absl::StatusCode::kFailedPrecondition, "OTHER_PARTITIONS",
                   absl::StrCat("the schema was made with ", have, " partitions, HOIAM_PARTITIONS says ", want,
                                "; set it to ", have));
}

}  // namespace

const MigrationSet& PlatformMigrations() { return embedded::Migrations(); }

absl::Status Migrate(const Url& url, const std::string& schema, const MigrationSet& service, uint32_t partitions,
                     const std::function<void(const std::string&)>& applied) {
  {
    HOIAM_ASSIGN_OR_RETURN(auto admin, Connect(url, ""));
    HOIAM_RETURN_IF_ERROR(
        admin->Execute(absl::StrCat("CREATE DATABASE IF NOT EXISTS `", schema, "` CHARACTER SET utf8mb4")));
  }
  HOIAM_ASSIGN_OR_RETURN(auto session, Connect(url, schema));
  HOIAM_RETURN_IF_ERROR(session->Execute(kMakeLock));
  HOIAM_RETURN_IF_ERROR(session->Execute(kMakeHistory));
  HOIAM_RETURN_IF_ERROR(session->Execute(kLockRow));
  // The lock is held on one connection while DDL, which commits by itself, runs on another.
  HOIAM_ASSIGN_OR_RETURN(auto locker, Connect(url, schema));
  HOIAM_RETURN_IF_ERROR(locker->Execute("SET SESSION innodb_lock_wait_timeout = 300"));
  return InTransaction(*locker, [&]() -> absl::Status {
    HOIAM_RETURN_IF_ERROR(
        locker->Query("SELECT id FROM migration_lock WHERE id = 1 FOR UPDATE", {}, [](const Row&) {}));
    HOIAM_ASSIGN_OR_RETURN(auto done, Applied(*session));
    for (const Migration& m : Both(service)) {
      const std::string digest = Sha256(m.sql);
      if (const auto it = done.find(m.name); it != done.end()) {
        if (it->second == digest) continue;
        return absl::FailedPreconditionError(absl::StrCat(
            "migration ", m.name, " of ", schema, " was edited after it had been applied; add a new one instead"));
      }
      for (const std::string& statement : Statements(m.sql)) HOIAM_RETURN_IF_ERROR(session->Execute(statement));
      HOIAM_RETURN_IF_ERROR(session->Run(kRecord, {m.name, digest, SystemClock().Now()}).status());
      if (applied) applied(absl::StrCat(schema, " ", m.name));
    }
    HOIAM_ASSIGN_OR_RETURN(const int64_t heads, Number(*session, kHeads));
    if (heads == 0) {
      const int64_t epoch = absl::ToUnixSeconds(SystemClock().Now());
      for (uint32_t p = 0; p < partitions; ++p)
        HOIAM_RETURN_IF_ERROR(session->Run(kMakeHead, {int64_t{p}, epoch}).status());
    } else if (heads != partitions) {
      return OtherPartitions(heads, partitions);
    }
    return absl::OkStatus();
  });
}

absl::Status CheckSchema(Session& session, const MigrationSet& service, uint32_t partitions) {
  auto applied = Applied(session);
  if (!applied.ok())
    return absl::FailedPreconditionError(
        absl::StrCat("the schema is not there yet: run hoiam-migrate (", applied.status().message(), ")"));
  for (const Migration& m : Both(service)) {
    const auto it = applied->find(m.name);
    if (it == applied->end())
      return absl::FailedPreconditionError(absl::StrCat("migration ", m.name, " is missing: run hoiam-migrate"));
    if (it->second != Sha256(m.sql))
      return absl::FailedPreconditionError(
          absl::StrCat("migration ", m.name, " was applied with another content: this program and the schema differ"));
  }
  HOIAM_ASSIGN_OR_RETURN(const int64_t heads, Number(session, kHeads));
  return heads == partitions ? absl::OkStatus() : OtherPartitions(heads, partitions);
}

absl::Status CheckDurability(Session& session) {
  std::map<std::string, std::string> v;
  HOIAM_RETURN_IF_ERROR(
      session.Query("SHOW GLOBAL VARIABLES WHERE Variable_name IN "
                    "('innodb_flush_log_at_trx_commit', 'sync_binlog', 'log_bin', 'read_only', 'innodb_doublewrite')",
                    {}, [&](const Row& r) { v[r.Bytes(0)] = r.Bytes(1); }));
  if (v["innodb_flush_log_at_trx_commit"] != "1")
    return absl::FailedPreconditionError("set innodb_flush_log_at_trx_commit=1: acknowledged answers could be lost");
  if (v["log_bin"] == "ON" && v["sync_binlog"] != "1")
    return absl::FailedPreconditionError("set sync_binlog=1: a restored replica could lack acknowledged answers");
  if (v["read_only"] == "ON") return absl::FailedPreconditionError("the server is read-only: connect to the writer");
  return absl::OkStatus();
}

}  // namespace hoiam::db
