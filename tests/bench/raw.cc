#include "tests/bench/raw.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "platform/base/clock.h"
#include "tests/support/process.h"

namespace hoiam::bench {
namespace {

using hoiam::testing::Die;

void Must(const absl::Status& status, const std::string& what) {
  if (!status.ok()) Die(what + ": " + status.ToString());
}

constexpr char kResponseColumns[] =
    "(tenant_id, response_id, customer_id, interaction_id, metric, score, comment, language, responded_at, solicited, "
    "collected_by, touchpoint, channel, segment, owner_team, revision, create_time)";
constexpr int kResponseWidth = 17;

std::string InsertSql(const std::string& table_and_columns, int width, int rows) {
  std::string one = "(?";
  for (int i = 1; i < width; ++i) one += ",?";
  one += ")";
  std::string sql = "INSERT INTO " + table_and_columns + " VALUES ";
  for (int r = 0; r < rows; ++r) absl::StrAppend(&sql, r ? "," : "", one);
  return sql;
}

}  // namespace

Raw::Raw(const std::string& database_url) {
  const auto url = db::ParseUrl(database_url);
  Must(url.status(), "database url");
  url_ = *url;
  schema_ = url_.prefix + "_raw";
  auto server = db::Connect(url_, "information_schema");
  Must(server.status(), "connect");
  Must((*server)->Execute("CREATE DATABASE " + schema_), "schema");
  Execute(
      "CREATE TABLE raw_response (tenant_id VARBINARY(64) NOT NULL, response_id VARBINARY(128) NOT NULL, customer_id "
      "VARBINARY(128) "
      "NOT NULL, interaction_id VARBINARY(128) NOT NULL, metric VARBINARY(16) NOT NULL, score TINYINT, comment TEXT "
      "NOT NULL, language "
      "VARBINARY(35) NOT NULL, responded_at DATETIME(6) NOT NULL, solicited TINYINT NOT NULL, collected_by TINYINT NOT "
      "NULL, touchpoint "
      "VARBINARY(64) NOT NULL, channel VARBINARY(64) NOT NULL, segment VARBINARY(64) NOT NULL, owner_team "
      "VARBINARY(64) NOT NULL, "
      "revision BIGINT NOT NULL, create_time DATETIME(6) NOT NULL, PRIMARY KEY (tenant_id, response_id), KEY by_time "
      "(tenant_id, "
      "responded_at, response_id)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
  Execute(
      "CREATE TABLE raw_event (partition_id INT NOT NULL, seq BIGINT NOT NULL, envelope MEDIUMBLOB NOT NULL, PRIMARY "
      "KEY (partition_id, "
      "seq)) ENGINE=InnoDB");
  Execute(
      "CREATE TABLE raw_idempotency (tenant_id VARBINARY(64) NOT NULL, k VARBINARY(128) NOT NULL, fingerprint "
      "BINARY(32) NOT NULL, reply "
      "MEDIUMBLOB NOT NULL, PRIMARY KEY (tenant_id, k)) ENGINE=InnoDB");
}

std::unique_ptr<db::Session> Raw::Session() {
  auto session = db::Connect(url_, schema_);
  Must(session.status(), "connect");
  return *std::move(session);
}

void Raw::Execute(const std::string& sql) { Must(Session()->Execute(sql), sql); }

db::Values Raw::RowValues(int64_t i) const {
  const absl::Time at = absl::FromUnixSeconds(1'790'000'000 + i % 86400);
  return {std::string("demo"),
          absl::StrCat("raw-", i),
          absl::StrCat("c", i % 10000),
          std::string(),
          std::string("NPS"),
          i % 11,
          std::string("Giao hàng nhanh, đóng gói kỹ"),
          std::string("vi"),
          at,
          int64_t{1},
          int64_t{1},
          std::string("delivery"),
          std::string("web"),
          std::string("VIP"),
          std::string(),
          int64_t{1},
          at};
}

template <class Body>
double Raw::Timed(int64_t rows, int connections, Body body) {
  std::vector<std::unique_ptr<db::Session>> sessions;
  for (int c = 0; c < connections; ++c) sessions.push_back(Session());
  std::atomic<int64_t> next{next_};
  const int64_t end = next_ + rows;
  next_ = end;
  const absl::Time start = SystemClock().Now();
  std::vector<std::thread> threads;
  for (int c = 0; c < connections; ++c) threads.emplace_back([&, c] { body(*sessions[c], next, end); });
  for (auto& t : threads) t.join();
  return static_cast<double>(rows) / absl::ToDoubleSeconds(SystemClock().Now() - start);
}

double Raw::MultiRow(int64_t rows, int per_statement, int connections) {
  const std::string sql = InsertSql(std::string("raw_response ") + kResponseColumns, kResponseWidth, per_statement);
  return Timed(rows / per_statement * per_statement, connections,
               [&](db::Session& session, std::atomic<int64_t>& next, int64_t end) {
                 for (int64_t i; (i = next.fetch_add(per_statement)) < end;) {
                   db::Values values;
                   for (int r = 0; r < per_statement; ++r)
                     for (auto& v : RowValues(i + r)) values.push_back(std::move(v));
                   Must(session.Run(sql, values).status(), "multi-row insert");
                 }
               });
}

double Raw::SingleRow(int64_t rows, int connections) {
  const std::string sql = InsertSql(std::string("raw_response ") + kResponseColumns, kResponseWidth, 1);
  return Timed(rows, connections, [&](db::Session& session, std::atomic<int64_t>& next, int64_t end) {
    for (int64_t i; (i = next++) < end;) Must(session.Run(sql, RowValues(i)).status(), "insert");
  });
}

double Raw::Naive(int64_t rows, int connections) {
  const std::string row = InsertSql(std::string("raw_response ") + kResponseColumns, kResponseWidth, 1);
  const std::string event = InsertSql("raw_event (partition_id, seq, envelope)", 3, 1);
  const std::string key = InsertSql("raw_idempotency (tenant_id, k, fingerprint, reply)", 4, 1);
  const std::string envelope(250, 'e'), reply(200, 'r'), fingerprint(32, 'f');
  return Timed(rows, connections, [&](db::Session& session, std::atomic<int64_t>& next, int64_t end) {
    for (int64_t i; (i = next++) < end;) {
      Must(db::InTransaction(
               session,
               [&]() -> absl::Status {
                 if (auto s = session.Run(row, RowValues(i)); !s.ok()) return s.status();
                 if (auto s = session.Run(event, {int64_t{0}, i, envelope}); !s.ok()) return s.status();
                 return session.Run(key, {std::string("demo"), absl::StrCat("raw-", i), fingerprint, reply}).status();
               }),
           "naive transaction");
    }
  });
}

int Raw::Best(const std::vector<int>& counts, const std::function<double(int)>& measure) {
  int best = counts[0];
  double most = 0;
  for (const int count : counts)
    if (const double figure = measure(count); figure > most) {
      most = figure;
      best = count;
    }
  return best;
}

std::vector<double> Raw::CommitTimes(int n) {
  const auto session = Session();
  const std::string sql = InsertSql(std::string("raw_response ") + kResponseColumns, kResponseWidth, 1);
  std::vector<double> times;
  for (int i = 0; i < n; ++i) {
    const absl::Time start = SystemClock().Now();
    Must(session->Run(sql, RowValues(next_++)).status(), "insert");
    times.push_back(absl::ToDoubleSeconds(SystemClock().Now() - start));
  }
  return times;
}

std::unique_ptr<db::Session> Raw::ScoringSession() {
  auto session = db::Connect(url_, url_.prefix + "_scoring");
  Must(session.status(), "connect");
  return *std::move(session);
}

std::vector<Raw::DayScore> Raw::GroupByDay(db::Session& session, const std::string& tenant, absl::Time start,
                                           absl::Time end) {
  std::vector<DayScore> rows;
  Must(session.Query("SELECT CAST(DATE(responded_at + INTERVAL 7 HOUR) AS CHAR), score, COUNT(*) FROM answer WHERE "
                     "tenant_id = ? AND generation = 1 AND metric = 'NPS' AND scope = 1 AND kind = 1 AND counted = 1 "
                     "AND responded_at >= ? AND responded_at < ? GROUP BY 1, 2 ORDER BY 1, 2",
                     {tenant, start, end},
                     [&](const db::Row& row) {
                       rows.push_back({row.Bytes(0), static_cast<int>(row.Int(1)), row.Int(2)});
                     }),
       "GROUP BY");
  return rows;
}

int Raw::Timeline(db::Session& session, const std::string& tenant, const std::string& customer, int n) {
  int count = 0;
  size_t bytes = 0;
  Must(session.Query("SELECT happened_at, kind, entity_id, entry, answers FROM timeline FORCE INDEX (by_time) WHERE "
                     "tenant_id = ? AND generation = 1 AND customer_id = ? ORDER BY happened_at DESC, kind DESC, "
                     "entity_id DESC LIMIT ?",
                     {tenant, customer, int64_t{n}},
                     [&](const db::Row& row) {
                       ++count;
                       bytes += row.Bytes(3).size() + row.Bytes(4).size();
                     }),
       "timeline");
  return bytes ? count : 0;
}

}  // namespace hoiam::bench
