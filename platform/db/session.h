// One connection to the database, and the pool of them. The only folder that knows the driver: its exceptions stop
// here.
//
// Errors are absl::Status by kind (platform/db/mysql_error.h):
//   ABORTED            deadlock or lock wait: run the whole transaction again
//   ALREADY_EXISTS     duplicate key
//   UNAVAILABLE        connection lost, refused or read-only: the connection is dropped
//   INTERNAL           anything else; the message is for the log, never for a caller
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "platform/base/clock.h"
#include "platform/db/value.h"

namespace hoiam::db {

// Where the database is: mysql://user:password@host:port/prefix?ca=/file or mysql://user:password@/prefix?socket=/path.
struct Url {
  std::string user, password, host, socket, prefix, ca;
  int port = 3306;
};
// INVALID_ARGUMENT says what is wrong; the password is never in the message.
absl::StatusOr<Url> ParseUrl(absl::string_view text);

// One row of a result, valid inside the callback. Columns count from 0 in the order of the SELECT list.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool IsNull(int i) const = 0;
  virtual int64_t Int(int i) const = 0;
  virtual std::string Bytes(int i) const = 0;
  absl::Time Time(int i) const;  // a NULL is InfinitePast
  Decimal Dec(int i) const;
  std::optional<int64_t> OptInt(int i) const { return IsNull(i) ? std::nullopt : std::optional(Int(i)); }
  std::optional<absl::Time> OptTime(int i) const { return IsNull(i) ? std::nullopt : std::optional(Time(i)); }
};

// A connection: READ COMMITTED, strict sql_mode, UTC, utf8mb4, 5 s lock wait. Not thread-safe.
class Session {
 public:
  virtual ~Session() = default;
  // Runs a statement without parameters (START TRANSACTION, COMMIT, ROLLBACK, DDL).
  virtual absl::Status Execute(absl::string_view sql) = 0;
  // Runs a prepared statement; answers the rows matched. Statements are kept prepared by their text, so texts must be
  // few.
  virtual absl::StatusOr<int64_t> Run(const std::string& sql, const Values& params) = 0;
  // Runs a prepared SELECT and calls `each` for every row.
  virtual absl::Status Query(const std::string& sql, const Values& params,
                             const std::function<void(const Row&)>& each) = 0;
  // False after an error that may have lost state: the pool drops it.
  virtual bool healthy() const = 0;

 private:
  friend class TenantDb;
  absl::flat_hash_set<std::string> of_one_tenant_;  // texts that TenantDb has looked at
};

// Opens a connection to `schema`. Blocks; UNAVAILABLE when it cannot.
absl::StatusOr<std::unique_ptr<Session>> Connect(const Url& url, const std::string& schema);

// Runs `body` between START TRANSACTION and COMMIT; rolls back when it fails. Does not retry.
absl::Status InTransaction(Session& session, const std::function<absl::Status()>& body);

// Must be called once in main before any thread connects: the driver's own first call races.
void InitDriver();

// A bounded pool. Waiting for a connection counts against the deadline.
class Pool {
 public:
  Pool(Url url, std::string schema, int max_size);
  ~Pool();

  // Gives the session back with its last copy; an unhealthy one is dropped.
  using Lease = std::shared_ptr<Session>;
  // DEADLINE_EXCEEDED when none became free in time; UNAVAILABLE when the server cannot be reached.
  absl::StatusOr<Lease> Acquire(absl::Time deadline);
  // A connection outside of the bound, owned by the caller (the write combiner and feed consumers have their own).
  absl::StatusOr<std::unique_ptr<Session>> Open();
  const std::string& schema() const;

 private:
  Lease Lend(std::unique_ptr<Session> session);
  void Release(std::unique_ptr<Session> session);
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hoiam::db
