// A MariaDB of the test program's own: started once per program in a temporary directory, stopped at its end. With
// HOIAM_TEST_DB_URL the tests use that server instead. A test that cannot have one fails; it never skips.
#pragma once

#include <memory>
#include <string>

#include "platform/db/migrator.h"
#include "platform/db/session.h"
#include "platform/db/tenant_db.h"

namespace hoiam::testing {

// URL of the server with prefix `prefix` (schemas prefix_survey …), starting it when needed. Each prefix is a fresh
// name when left empty.
std::string DatabaseUrl(std::string prefix = "");

// A fresh, migrated schema and a pool on it.
class TestDatabase {
 public:
  // name: "survey", "scoring", "loop", "gateway".
  explicit TestDatabase(const std::string& name, const db::MigrationSet& migrations, uint32_t partitions = 1);
  db::Pool& pool() { return *pool_; }
  const std::string& schema() const { return schema_; }
  // Ends the process unless the statement works; for arranging and looking.
  std::unique_ptr<db::Session> Session();
  int64_t Count(const std::string& sql);

 private:
  std::string schema_;
  std::unique_ptr<db::Pool> pool_;
};

// What reads the rows of `tenant` on a connection of the test's own, which must outlive it.
db::TenantDb TenantOn(db::Session& session, const std::string& tenant);

// For programs that kill their database: from now on HOIAM_TEST_DB_URL is not looked at. Before the first
// DatabaseUrl().
void UsePrivateDatabase();

// kill -9 of the server started by DatabaseUrl, and start it again on the same files and socket.
void KillDatabase();
void RestartDatabase();

}  // namespace hoiam::testing
