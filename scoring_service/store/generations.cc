#include "scoring_service/store/generations.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"

namespace hoiam::scoring {
namespace {

constexpr char kAll[] =
    "SELECT number, state, zone, layout, started_at, ended_at, rows_read, rows_total, error, lease_owner, lease_until, "
    "request FROM generation FORCE INDEX (PRIMARY) WHERE number > 0 ORDER BY number";
constexpr char kShown[] = "SELECT number FROM shown_generation WHERE id = 1";
constexpr char kMake[] =
    "INSERT INTO generation (number, state, zone, layout, started_at, ended_at, rows_read, rows_total, error, "
    "lease_owner, lease_until, request) VALUES (?, ?, ?, ?, ?, NULL, 0, 0, '', '', ?, ?)";
constexpr char kMakeFirst[] =
    "INSERT INTO generation (number, state, zone, layout, started_at, ended_at, rows_read, rows_total, error, "
    "lease_owner, lease_until, request) VALUES (1, 3, ?, ?, ?, ?, 0, 0, '', '', ?, '') "
    "ON DUPLICATE KEY UPDATE number = number";
constexpr char kShowFirst[] = "INSERT INTO shown_generation (id, number) VALUES (1, 1) ON DUPLICATE KEY UPDATE id = id";
constexpr char kTake[] =
    "UPDATE generation SET lease_owner = ?, lease_until = ? "
    "WHERE number = ? AND state = ? AND (lease_owner = ? OR lease_until <= ?)";
constexpr char kHold[] =
    "UPDATE generation SET rows_read = ?, rows_total = ?, lease_until = ? "
    "WHERE number = ? AND state = 1 AND lease_owner = ?";
constexpr char kEndReading[] =
    "UPDATE generation SET state = 2, lease_owner = '', lease_until = ? "
    "WHERE number = ? AND state = 1 AND lease_owner = ?";
constexpr char kFail[] =
    "UPDATE generation SET state = 4, error = ?, ended_at = ?, lease_owner = '', lease_until = ? "
    "WHERE number = ? AND state = 1 AND lease_owner = ?";
constexpr char kShow[] = "UPDATE shown_generation SET number = ? WHERE id = 1 AND number = ?";
constexpr char kDone[] = "UPDATE generation SET state = 3, ended_at = ? WHERE number = ? AND state = 2";
constexpr char kReplace[] = "UPDATE generation SET state = 5, lease_owner = '', lease_until = ? WHERE number = ?";
constexpr char kForget[] = "DELETE FROM generation WHERE number = ? AND state = 5 AND lease_owner = ?";
constexpr char kLeaveAlone[] =
    "UPDATE generation SET lease_owner = '', lease_until = '9999-01-01' "
    "WHERE number = ? AND state = 4 AND lease_owner = ?";
constexpr char kFence[] = "UPDATE feed_cursor SET seq = 9223372036854775807 WHERE consumer = ?";
constexpr char kForgetParked[] = "DELETE FROM feed_parked WHERE consumer = ?";

int64_t Number(GenerationState state) { return static_cast<int64_t>(state); }

absl::StatusOr<bool> One(absl::StatusOr<int64_t> rows) {
  HOIAM_RETURN_IF_ERROR(rows.status());
  return *rows == 1;
}

}  // namespace

const GenerationRow* GenerationTable::Find(int64_t number) const {
  const auto it = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.number == number; });
  return it == rows.end() ? nullptr : &*it;
}

const GenerationRow* GenerationTable::Building() const {
  const auto it = std::find_if(rows.begin(), rows.end(), [&](const auto& r) {
    return r.state == GenerationState::kReading || r.state == GenerationState::kCatchingUp;
  });
  return it == rows.end() ? nullptr : &*it;
}

absl::StatusOr<GenerationTable> ReadGenerations(const db::SystemDb& db) {
  GenerationTable table;
  // First: what is shown by then has a row. Rows of what is shown are never deleted.
  HOIAM_RETURN_IF_ERROR(db->Query(kShown, {}, [&](const db::Row& r) { table.shown = r.Int(0); }));
  HOIAM_RETURN_IF_ERROR(db->Query(kAll, {}, [&](const db::Row& r) {
    table.rows.push_back({r.Int(0), static_cast<GenerationState>(r.Int(1)), r.Bytes(2), r.Int(3), r.Time(4),
                          r.OptTime(5), r.Int(6), r.Int(7), r.Bytes(8), r.Bytes(9), r.Time(10), r.Bytes(11)});
  }));
  return table;
}

absl::Status MakeFirstGeneration(const db::SystemDb& db, const std::string& zone, int64_t layout, absl::Time now) {
  HOIAM_RETURN_IF_ERROR(db->Run(kMakeFirst, {zone, layout, now, now, now}).status());
  return db->Run(kShowFirst, {}).status();
}

absl::Status BeginGeneration(const db::SystemDb& db, int64_t number, const std::string& zone, int64_t layout,
                             const std::string& request, absl::Time now) {
  return db->Run(kMake, {number, Number(GenerationState::kReading), zone, layout, now, now, request}).status();
}

absl::StatusOr<bool> TakeLease(const db::SystemDb& db, int64_t number, GenerationState state, const std::string& owner,
                               absl::Time now, absl::Time until) {
  return One(db->Run(kTake, {owner, until, number, Number(state), owner, now}));
}

absl::StatusOr<bool> HoldReading(db::Session& session, int64_t number, const std::string& owner, int64_t rows_read,
                                 int64_t rows_total, absl::Time until) {
  return One(session.Run(kHold, {rows_read, rows_total, until, number, owner}));
}

absl::StatusOr<bool> EndReading(const db::SystemDb& db, int64_t number, const std::string& owner, absl::Time now) {
  return One(db->Run(kEndReading, {now, number, owner}));
}

absl::StatusOr<bool> FailReading(const db::SystemDb& db, int64_t number, const std::string& owner,
                                 const std::string& error, absl::Time now) {
  return One(db->Run(kFail, {error, now, now, number, owner}));
}

absl::StatusOr<bool> ShowGeneration(const db::SystemDb& db, int64_t from, int64_t to, absl::Time now,
                                    absl::Time keep_until) {
  bool shown = false;
  HOIAM_RETURN_IF_ERROR(db::InTransaction(*db, [&]() -> absl::Status {
    HOIAM_ASSIGN_OR_RETURN(shown, One(db->Run(kShow, {to, from})));
    if (!shown) return absl::OkStatus();
    HOIAM_RETURN_IF_ERROR(db->Run(kDone, {now, to}).status());
    return db->Run(kReplace, {keep_until, from}).status();
  }));
  return shown;
}

const std::vector<std::string>& GenerationTables() {
  static const auto* tables =
      new std::vector<std::string>{"answer",  "customer_case", "customer_spend", "item_status", "metric_def",
                                   "passive", "person",        "rollup",         "sheet",       "timeline"};
  return *tables;
}

absl::StatusOr<int64_t> DeleteSome(const db::SystemDb& db, const std::string& table, int64_t number, int64_t limit,
                                   std::string& tenant) {
  for (;;) {
    if (!tenant.empty()) {
      HOIAM_ASSIGN_OR_RETURN(
          const int64_t rows,
          db->Run(absl::StrCat("DELETE FROM ", table, " WHERE tenant_id = ? AND generation = ? LIMIT ?"),
                  {tenant, number, limit}));
      if (rows > 0) return rows;
    }
    std::optional<std::string> next;
    HOIAM_RETURN_IF_ERROR(db->Query(absl::StrCat("SELECT MIN(tenant_id) FROM ", table, " WHERE tenant_id > ?"),
                                    {tenant}, [&](const db::Row& r) {
                                      if (!r.IsNull(0)) next = r.Bytes(0);
                                    }));
    if (!next) return 0;
    tenant = *next;
  }
}

absl::Status ForgetGeneration(const db::SystemDb& db, const GenerationRow& row, const std::string& owner) {
  return db->Run(row.state == GenerationState::kFailed ? kLeaveAlone : kForget, {row.number, owner}).status();
}

absl::Status FenceConsumer(const db::SystemDb& db, const std::string& consumer) {
  HOIAM_RETURN_IF_ERROR(db->Run(kFence, {consumer}).status());
  return db->Run(kForgetParked, {consumer}).status();
}

}  // namespace hoiam::scoring
