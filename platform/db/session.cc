#include "platform/db/session.h"

#include <cppconn/connection.h>
#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "platform/base/status.h"
#include "platform/db/mysql_error.h"

namespace hoiam::db {
namespace {

// Callers' filters make statements of many shapes, and a server keeps 16,382 for all its connections: past this number
// they are forgotten and prepared again.
constexpr size_t kMaxPrepared = 512;

sql::Driver* TheDriver() {
  static sql::Driver* driver = get_driver_instance();
  return driver;
}

// The client library keeps state per thread.
struct ThreadState {
  ThreadState() { TheDriver()->threadInit(); }
  ~ThreadState() { TheDriver()->threadEnd(); }
};

void EnterThread() { static thread_local ThreadState state; }

class MysqlRow final : public Row {
 public:
  explicit MysqlRow(sql::ResultSet& rs) : rs_(rs) {}
  bool IsNull(int i) const override { return rs_.isNull(i + 1); }
  int64_t Int(int i) const override { return rs_.getInt64(i + 1); }
  std::string Bytes(int i) const override { return rs_.getString(i + 1).asStdString(); }

 private:
  sql::ResultSet& rs_;
};

class MysqlSession final : public Session {
 public:
  explicit MysqlSession(std::unique_ptr<sql::Connection> c) : connection_(std::move(c)) {}

  absl::Status Execute(absl::string_view sql) override {
    EnterThread();
    return Guard([&] {
      std::unique_ptr<sql::Statement> st(connection_->createStatement());
      st->execute(std::string(sql));
    });
  }

  absl::StatusOr<int64_t> Run(const std::string& sql, const Values& params) override {
    int64_t rows = 0;
    HOIAM_RETURN_IF_ERROR(WithStatement(sql, params, [&](sql::PreparedStatement& ps) { rows = ps.executeUpdate(); }));
    return rows;
  }

  absl::Status Query(const std::string& sql, const Values& params,
                     const std::function<void(const Row&)>& each) override {
    return WithStatement(sql, params, [&](sql::PreparedStatement& ps) {
      std::unique_ptr<sql::ResultSet> rs(ps.executeQuery());
      const MysqlRow row(*rs);
      while (rs->next()) each(row);
    });
  }

  bool healthy() const override { return healthy_; }

 private:
  absl::Status Guard(const std::function<void()>& f) {
    try {
      f();
      return absl::OkStatus();
    } catch (const sql::SQLException& e) {
      last_code_ = e.getErrorCode();
      bool fatal = false;
      absl::Status s = FromMysql(e.getErrorCode(), e.getSQLState(), e.what(), fatal);
      if (fatal) healthy_ = false;
      return s;
    } catch (const std::exception& e) {
      last_code_ = 0;
      healthy_ = false;
      return absl::InternalError(absl::StrCat("database driver: ", e.what()));
    }
  }

  absl::Status WithStatement(const std::string& sql, const Values& params,
                             const std::function<void(sql::PreparedStatement&)>& use) {
    EnterThread();
    for (int attempt = 0;; ++attempt) {
      const absl::Status s = Guard([&] {
        if (prepared_.size() >= kMaxPrepared && !prepared_.contains(sql)) prepared_.clear();
        auto& ps = prepared_[sql];
        if (!ps) ps.reset(connection_->prepareStatement(sql));
        Bind(*ps, params);
        use(*ps);
      });
      if (s.ok() || attempt > 0 || !NeedsReprepare(last_code_)) return s;
      prepared_.erase(sql);
    }
  }

  static void Bind(sql::PreparedStatement& ps, const Values& params) {
    unsigned i = 0;
    for (const Value& v : params) {
      ++i;
      if (const auto* n = std::get_if<int64_t>(&v)) {
        ps.setInt64(i, *n);
      } else if (const auto* s = std::get_if<std::string>(&v)) {
        ps.setString(i, *s);
      } else if (const auto* t = std::get_if<absl::Time>(&v)) {
        ps.setString(i, db::FormatTime(*t));
      } else {
        ps.setNull(i, 0);
      }
    }
  }

  std::unique_ptr<sql::Connection> connection_;
  absl::flat_hash_map<std::string, std::unique_ptr<sql::PreparedStatement>> prepared_;
  bool healthy_ = true;
  int last_code_ = 0;
};

}  // namespace

absl::Time Row::Time(int i) const {
  if (IsNull(i)) return absl::InfinitePast();
  return ParseTime(Bytes(i)).value_or(absl::InfinitePast());
}

Decimal Row::Dec(int i) const { return Decimal::ParseStored(Bytes(i)).value_or(Decimal()); }

void InitDriver() { TheDriver(); }

absl::StatusOr<std::unique_ptr<Session>> Connect(const Url& url, const std::string& schema) {
  EnterThread();
  std::unique_ptr<sql::Connection> c;
  bool fatal;
  try {
    sql::ConnectOptionsMap o;
    o["hostName"] = sql::SQLString(url.socket.empty() ? absl::StrCat("tcp://", url.host, ":", url.port)
                                                      : absl::StrCat("unix://", url.socket));
    o["userName"] = sql::SQLString(url.user);
    o["password"] = sql::SQLString(url.password);
    o["CLIENT_FOUND_ROWS"] = true;
    o["OPT_CONNECT_TIMEOUT"] = 5;
    if (!url.ca.empty()) {
      o["sslCA"] = sql::SQLString(url.ca);
      o["sslVerify"] = true;
    }
    c.reset(TheDriver()->connect(o));
    std::unique_ptr<sql::Statement> st(c->createStatement());
    for (const char* set : {
             "SET NAMES utf8mb4",
             "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
             "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
             "NO_ENGINE_SUBSTITUTION'",
             "SET SESSION time_zone = '+00:00'",
             "SET SESSION innodb_lock_wait_timeout = 5",
         })
      st->execute(set);
    if (!schema.empty()) st->execute(absl::StrCat("USE `", schema, "`"));
    if (!url.ca.empty()) {  // the driver ignores OPT_SSL_MODE and falls back to plaintext in silence
      std::unique_ptr<sql::ResultSet> rs(st->executeQuery("SHOW SESSION STATUS LIKE 'Ssl_cipher'"));
      std::string cipher;
      while (rs->next()) cipher = rs->getString(2).asStdString();
      if (cipher.empty()) return absl::UnavailableError("database: the server did not agree to TLS");
    }
  } catch (const sql::SQLException& e) {
    const absl::Status s = FromMysql(e.getErrorCode(), e.getSQLState(), e.what(), fatal);
    return absl::UnavailableError(s.message());
  } catch (const std::exception& e) {
    return absl::UnavailableError(absl::StrCat("database driver: ", e.what()));
  }
  return std::unique_ptr<Session>(std::make_unique<MysqlSession>(std::move(c)));
}

absl::Status InTransaction(Session& session, const std::function<absl::Status()>& body) {
  HOIAM_RETURN_IF_ERROR(session.Execute("START TRANSACTION"));
  if (absl::Status s = body(); !s.ok()) {
    session.Execute("ROLLBACK").IgnoreError();
    return s;
  }
  return session.Execute("COMMIT");
}

absl::StatusOr<Url> ParseUrl(absl::string_view text) {
  const auto bad = [](absl::string_view why) {
    return absl::InvalidArgumentError(absl::StrCat(
        "must be mysql://user:password@host:port/prefix?ca=… or mysql://user:password@/prefix?socket=…: ", why));
  };
  Url url;
  if (!absl::ConsumePrefix(&text, "mysql://")) return bad("it does not begin with mysql://");
  const auto at = text.rfind('@');
  if (at == absl::string_view::npos) return bad("no user");
  const std::pair<std::string, std::string> user = absl::StrSplit(text.substr(0, at), absl::MaxSplits(':', 1));
  url.user = user.first;
  url.password = user.second;
  text.remove_prefix(at + 1);
  const std::pair<absl::string_view, absl::string_view> whole = absl::StrSplit(text, absl::MaxSplits('?', 1));
  const std::pair<std::string, std::string> place = absl::StrSplit(whole.first, absl::MaxSplits('/', 1));
  const std::pair<std::string, std::string> host = absl::StrSplit(place.first, absl::MaxSplits(':', 1));
  url.host = host.first;
  if (!host.second.empty() && !absl::SimpleAtoi(host.second, &url.port)) return bad("the port is not a number");
  url.prefix = place.second;
  if (url.prefix.empty()) return bad("no prefix");
  for (absl::string_view part : absl::StrSplit(whole.second, '&', absl::SkipEmpty())) {
    const std::pair<std::string, std::string> kv = absl::StrSplit(part, absl::MaxSplits('=', 1));
    if (kv.first == "ca")
      url.ca = kv.second;
    else if (kv.first == "socket")
      url.socket = kv.second;
    else
      return bad(absl::StrCat("unknown option ", kv.first));
  }
  if (url.host.empty() && url.socket.empty()) return bad("neither host nor socket");
  return url;
}

}  // namespace hoiam::db
