#include "tests/support/database.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "platform/base/clock.h"
#include "platform/base/crypto.h"
#include "tests/support/process.h"

namespace hoiam::testing {
namespace {

constexpr absl::Duration kStartTimeout = absl::Seconds(30);

template <class T>
T OrDie(absl::StatusOr<T> v, const std::string& what) {
  if (!v.ok()) Die(what + ": " + v.status().ToString());
  return *std::move(v);
}

// The private server: its files, socket and process.
class Server {
 public:
  static Server& Get() {
    static Server& server = *new Server;  // never destroyed: the process dies with us, its directory is removed then
    return server;
  }

  std::string Url(const std::string& prefix) const {
    return absl::StrCat("mysql://hoiam:hoiam@/", prefix, "?socket=", dir_, "/db.sock");
  }

  void Start() {
    Program program;
    program.argv = {"mariadbd",
                    "--no-defaults",
                    "--datadir=" + dir_ + "/data",
                    "--socket=" + dir_ + "/db.sock",
                    "--pid-file=" + dir_ + "/db.pid",
                    "--init-file=" + dir_ + "/init.sql",
                    "--tmpdir=" + dir_ + "/tmp",
                    "--skip-networking",
                    "--skip-name-resolve",
                    "--skip-log-bin",
                    "--skip-performance-schema",
                    "--innodb-flush-log-at-trx-commit=1",
                    "--innodb-log-file-size=96M",
                    absl::StrCat("--innodb-buffer-pool-size=", BufferPoolMegabytes(), "M"),
                    "--max-connections=400",
                    "--character-set-server=utf8mb4",
                    "--collation-server=utf8mb4_bin"};
    if (geteuid() == 0) program.argv.push_back("--user=root");
    program.log = dir_ + "/db.log";
    process_ = Process(program);
    const absl::Time end = SystemClock().Now() + kStartTimeout;
    const db::Url url = OrDie(db::ParseUrl(Url("any")), "private database");
    while (!db::Connect(url, "information_schema").ok()) {
      if (!process_.running()) Die("the private database ended:\n" + ReadFile(program.log));
      if (SystemClock().Now() > end) Die("the private database does not answer:\n" + ReadFile(program.log));
      SystemClock().Sleep(absl::Milliseconds(10));
    }
  }

  void Kill() { process_.Kill(); }

 private:
  Server() : dir_(MakeTempDir()) {
    db::InitDriver();
    // A folder of its own for temporary tables: a server that starts deletes those of all servers that share one.
    std::filesystem::create_directory(dir_ + "/tmp");
    // What is installed lives no longer than this program: it need not reach the disk, which saves a thousand syncs.
    Program install;
    install.argv = {"mariadb-install-db",
                    "--no-defaults",
                    "--datadir=" + dir_ + "/data",
                    "--tmpdir=" + dir_ + "/tmp",
                    "--skip-test-db",
                    "--skip-name-resolve",
                    "--force",  // where the host name does not resolve
                    "--auth-root-authentication-method=normal",
                    "--debug-no-sync",
                    "--innodb-flush-method=nosync"};
    if (geteuid() == 0) install.argv.push_back("--user=root");
    const Finished done = RunToEnd(install);
    if (done.status != 0) Die("mariadb-install-db failed:\n" + done.output);
    WriteFile(dir_ + "/init.sql",
              "CREATE USER IF NOT EXISTS 'hoiam'@'localhost' IDENTIFIED BY 'hoiam';\n"
              "GRANT ALL ON *.* TO 'hoiam'@'localhost' WITH GRANT OPTION;\n");
    Start();
  }

  // 128 MB is plenty for tests; the bench measures tables larger than that.
  static int BufferPoolMegabytes() {
    const char* v = std::getenv("HOIAM_TEST_DB_BUFFER_MB");
    return v ? std::atoi(v) : 128;
  }

  std::string dir_;
  Process process_;
};

// The server that HOIAM_TEST_DB_URL names. What this program made there is dropped when it ends.
class External {
 public:
  explicit External(const std::string& url) : url_(url), parsed_(OrDie(db::ParseUrl(url), "HOIAM_TEST_DB_URL")) {
    db::InitDriver();
  }
  ~External() {
    auto session = db::Connect(parsed_, "information_schema");
    if (!session.ok()) return;
    for (const std::string& prefix : prefixes_) {
      std::vector<std::string> schemas;
      (void)(*session)->Query("SELECT schema_name FROM schemata WHERE schema_name LIKE ?",
                              {absl::StrReplaceAll(prefix, {{"_", "\\_"}}) + "\\_%"},
                              [&](const db::Row& row) { schemas.push_back(row.Bytes(0)); });
      for (const std::string& schema : schemas) (void)(*session)->Execute("DROP DATABASE `" + schema + "`");
    }
  }
  std::string Url(const std::string& prefix) {
    std::lock_guard<std::mutex> lock(mutex_);
    prefixes_.push_back(prefix);
    const size_t at = url_.rfind('@'), slash = url_.find('/', at), end = url_.find('?', slash);
    return url_.substr(0, slash + 1) + prefix + (end == std::string::npos ? "" : url_.substr(end));
  }

 private:
  const std::string url_;
  const db::Url parsed_;
  std::mutex mutex_;
  std::vector<std::string> prefixes_;
};

External* TheExternal() {
  const char* url = std::getenv("HOIAM_TEST_DB_URL");
  if (!url || !*url) return nullptr;
  static External external(url);
  return &external;
}

}  // namespace

std::string DatabaseUrl(std::string prefix) {
  if (prefix.empty()) prefix = "t" + Hex(RandomBytes(6));
  if (External* external = TheExternal()) return external->Url(prefix);
  return Server::Get().Url(prefix);
}

TestDatabase::TestDatabase(const std::string& name, const db::MigrationSet& migrations, uint32_t partitions) {
  const db::Url url = OrDie(db::ParseUrl(DatabaseUrl()), "database url");
  schema_ = url.prefix + "_" + name;
  const absl::Status migrated = db::Migrate(url, schema_, migrations, partitions, [](const std::string&) {});
  if (!migrated.ok()) Die("cannot migrate " + schema_ + ": " + migrated.ToString());
  pool_ = std::make_unique<db::Pool>(url, schema_, 16);
}

std::unique_ptr<db::Session> TestDatabase::Session() { return OrDie(pool_->Open(), "session on " + schema_); }

int64_t TestDatabase::Count(const std::string& sql) {
  int64_t count = -1;
  const absl::Status status = Session()->Query(sql, {}, [&](const db::Row& row) { count = row.Int(0); });
  if (!status.ok()) Die(sql + ": " + status.ToString());
  return count;
}

db::TenantDb TenantOn(db::Session& session, const std::string& tenant) {
  return *db::TenantDb::Of(db::SystemDb(std::shared_ptr<db::Session>(&session, [](db::Session*) {})), tenant);
}

void UsePrivateDatabase() { unsetenv("HOIAM_TEST_DB_URL"); }

void KillDatabase() {
  if (TheExternal()) Die("HOIAM_TEST_DB_URL is set: a test that kills its database calls UsePrivateDatabase() first");
  Server::Get().Kill();
}

void RestartDatabase() {
  if (TheExternal()) Die("HOIAM_TEST_DB_URL is set: a test that kills its database calls UsePrivateDatabase() first");
  Server::Get().Start();
}

}  // namespace hoiam::testing
