#include "platform/db/mysql_error.h"

#include "absl/strings/str_cat.h"

namespace hoiam::db {

absl::Status FromMysql(int code, const std::string& sql_state, const std::string& what, bool& fatal) {
  const std::string text = absl::StrCat("database: ", what, " (", code, "/", sql_state, ")");
  fatal = false;
  switch (code) {
    case 1213:  // deadlock: rolled back
    case 1205:  // lock wait timeout: only the statement was undone, so the caller rolls back
    case 1020:  // record has changed since last read
      return absl::AbortedError(text);
    case 1062:
    case 1586:
      return absl::AlreadyExistsError(text);
    case 1290:  // --read-only
    case 1836:  // read-only mode
    case 2002:  // refused
    case 2003:
    case 2006:  // gone away
    case 2013:  // lost during query
    case 2055:
    case 4031:  // idle too long
    case 1053:  // shutdown in progress
    case 1927:  // connection was killed
    case 1317:  // query interrupted
    case 1047:  // Galera: node not ready
    case 1040:  // too many connections
      fatal = true;
      return absl::UnavailableError(text);
    case 1969:  // max_statement_time
    case 3024:  // max_execution_time
      return absl::DeadlineExceededError(text);
    case 0:  // the driver itself, or unread results (2014): state unknown
    case 2014:
      fatal = true;
      return absl::InternalError(text);
    default:
      return absl::InternalError(text);
  }
}

bool NeedsReprepare(int code) { return code == 2057 || code == 1615; }

}  // namespace hoiam::db
