// Baselines: what the database alone does with the same rows, through the same driver and settings.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "platform/db/session.h"

namespace hoiam::bench {

// A schema of its own on the server that ours runs on.
class Raw {
 public:
  explicit Raw(const std::string& database_url);

  // Rows a second, `rows` rows in multi-row INSERTs of `per_statement`, over `connections`, each statement its own
  // commit.
  double MultiRow(int64_t rows, int per_statement, int connections);
  // Rows a second, single-row INSERTs, each its own commit.
  double SingleRow(int64_t rows, int connections);
  // Transactions a second: START TRANSACTION, row, event, idempotency record, COMMIT.
  double Naive(int64_t rows, int connections);
  // The connection count with which `measure` is fastest.
  int Best(const std::vector<int>& counts, const std::function<double(int)>& measure);
  // Seconds of each of `n` commits of one row, one after the other.
  std::vector<double> CommitTimes(int n);

  // Reads of scoring_service's own tables, on a connection as its own.
  std::unique_ptr<db::Session> ScoringSession();
  struct DayScore {
    std::string day;
    int score;
    int64_t n;
    bool operator==(const DayScore& o) const { return day == o.day && score == o.score && n == o.n; }
  };
  // GROUP BY over the answers by day of Asia/Ho_Chi_Minh (UTC+7 without daylight saving), ordered.
  std::vector<DayScore> GroupByDay(db::Session& session, const std::string& tenant, absl::Time start, absl::Time end);
  // Newest `n` entries of one customer, by the index that history is read by; answers how many there were.
  int Timeline(db::Session& session, const std::string& tenant, const std::string& customer, int n);
  std::unique_ptr<db::Session> Session();
  void Execute(const std::string& sql);

 private:
  db::Values RowValues(int64_t i) const;
  template <class Body>
  double Timed(int64_t rows, int connections, Body body);
  db::Url url_;
  std::string schema_;
  int64_t next_ = 0;
};

}  // namespace hoiam::bench
