// The ways to a service's tables outside of a unit of work.
//
// TenantDb reads and writes the rows of one tenant: it cannot be made without one, puts the tenant into every statement
// itself, and refuses a statement that is not held to it. SystemDb is for the few tables and look-ups that are of no
// tenant: the log and its cursors, what is due, and what says whose a key or a link is. `./dev check` lists who may.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "platform/db/session.h"

namespace hoiam::db {

// A connection, whoever's rows it reads.
class SystemDb {
 public:
  // Waits for a connection of `pool`. DEADLINE_EXCEEDED, UNAVAILABLE.
  static absl::StatusOr<SystemDb> Open(Pool& pool, absl::Time deadline);
  explicit SystemDb(std::shared_ptr<Session> session) : session_(std::move(session)) {}

  Session& operator*() const { return *session_; }
  Session* operator->() const { return session_.get(); }

 private:
  std::shared_ptr<Session> session_;
};

class TenantDb {
 public:
  // Waits for a connection of `pool`. DEADLINE_EXCEEDED, UNAVAILABLE; INTERNAL without a tenant.
  static absl::StatusOr<TenantDb> Open(Pool& pool, absl::string_view tenant, absl::Time deadline);
  // On the connection of `db`. INTERNAL without a tenant.
  static absl::StatusOr<TenantDb> Of(SystemDb db, absl::string_view tenant);

  const std::string& tenant() const { return tenant_; }

  // As Session, with the tenant bound to the first `?` and `params` to those after it. INTERNAL for a statement that
  // CheckOfOneTenant refuses: nothing is sent.
  absl::StatusOr<int64_t> Run(const std::string& sql, const Values& params) const;
  absl::Status Query(const std::string& sql, const Values& params, const std::function<void(const Row&)>& each) const;

  // Runs `body` between START TRANSACTION and COMMIT; rolls back when it fails. Does not retry.
  absl::Status InTransaction(const std::function<absl::Status()>& body) const;
  // Runs `body`, which only reads, on one state of the database, however many statements it takes.
  absl::Status InSnapshot(const std::function<absl::Status()>& body) const;

  // The same connection, for what is of no tenant and must be read beside its rows.
  SystemDb system() const { return db_; }

 private:
  TenantDb(SystemDb db, absl::string_view tenant) : db_(std::move(db)), tenant_(tenant) {}
  absl::Status Check(const std::string& sql) const;
  SystemDb db_;
  std::string tenant_;
};

// OK when `sql` cannot reach beyond the tenant bound to its first `?`: that one is a comparison "tenant_id = ?" which
// nothing beside it widens (OR, UNION), or the first value of an INSERT or REPLACE whose first column is tenant_id and
// which has one row. INTERNAL otherwise, naming the statement.
absl::Status CheckOfOneTenant(absl::string_view sql);

}  // namespace hoiam::db
