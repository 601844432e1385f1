#include "platform/db/tenant_db.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "platform/base/status.h"

namespace hoiam::db {
namespace {

// As many as a session keeps prepared.
constexpr size_t kMaxChecked = 512;

bool IsWord(char c) { return absl::ascii_isalnum(c) || c == '_'; }

// Where the quoted text that begins at `i` ends.
size_t SkipQuoted(absl::string_view sql, size_t i) {
  const size_t end = sql.find(sql[i], i + 1);
  return end == absl::string_view::npos ? sql.size() : end;
}

// Whether what follows the comparison, up to the parenthesis that closes around it or to the end, may let rows through
// that the comparison does not. Conditions in parentheses of their own cannot; a second SELECT can.
bool Widens(absl::string_view rest) {
  int depth = 0, least = 0;
  std::string word;
  for (size_t i = 0; i <= rest.size(); ++i) {
    const char c = i < rest.size() ? rest[i] : ' ';
    if (IsWord(c)) {
      word.push_back(absl::ascii_toupper(c));
      continue;
    }
    if (word == "SELECT" || word == "UNION" || word == "XOR" || (word == "OR" && depth <= least)) return true;
    word.clear();
    if (c == '\'' || c == '"' || c == '`') i = SkipQuoted(rest, i);
    if (c == '|' && absl::StartsWith(rest.substr(i), "||") && depth <= least) return true;
    if (c == '(') ++depth;
    if (c == ')') least = std::min(least, --depth);
  }
  return false;
}

Values With(const std::string& tenant, const Values& params) {
  Values all;
  all.reserve(params.size() + 1);
  all.push_back(tenant);
  all.insert(all.end(), params.begin(), params.end());
  return all;
}

}  // namespace

absl::Status CheckOfOneTenant(absl::string_view sql) {
  const absl::Status wrong =
      absl::InternalError(absl::StrCat("a statement that is not held to one tenant: ", sql.substr(0, 200)));
  const size_t at = sql.find('?');
  if (at == absl::string_view::npos) return wrong;
  absl::string_view head = sql.substr(0, at), rest = sql.substr(at + 1);
  if (absl::StartsWith(sql, "INSERT ") || absl::StartsWith(sql, "REPLACE ")) {
    const bool first = absl::StartsWith(sql.substr(std::min(sql.find('('), at)), "(tenant_id, ");
    const bool one_row = absl::EndsWith(head, ") VALUES (") && !absl::StrContains(rest, "), (");
    return first && one_row ? absl::OkStatus() : wrong;
  }
  if (!absl::ConsumeSuffix(&head, "tenant_id = ")) return wrong;
  if (absl::ConsumeSuffix(&head, "."))  // of an alias
    while (!head.empty() && IsWord(head.back())) head.remove_suffix(1);
  return absl::EndsWith(head, " WHERE ") && !Widens(rest) ? absl::OkStatus() : wrong;
}

absl::StatusOr<SystemDb> SystemDb::Open(Pool& pool, absl::Time deadline) {
  HOIAM_ASSIGN_OR_RETURN(auto session, pool.Acquire(deadline));
  return SystemDb(std::move(session));
}

absl::StatusOr<TenantDb> TenantDb::Open(Pool& pool, absl::string_view tenant, absl::Time deadline) {
  if (tenant.empty()) return absl::InternalError("a database handle without a tenant");
  HOIAM_ASSIGN_OR_RETURN(SystemDb db, SystemDb::Open(pool, deadline));
  return Of(std::move(db), tenant);
}

absl::StatusOr<TenantDb> TenantDb::Of(SystemDb db, absl::string_view tenant) {
  if (tenant.empty()) return absl::InternalError("a database handle without a tenant");
  return TenantDb(std::move(db), tenant);
}

absl::Status TenantDb::Check(const std::string& sql) const {
  auto& seen = db_->of_one_tenant_;
  if (seen.contains(sql)) return absl::OkStatus();
  HOIAM_RETURN_IF_ERROR(CheckOfOneTenant(sql));
  if (seen.size() >= kMaxChecked) seen.clear();
  seen.insert(sql);
  return absl::OkStatus();
}

absl::StatusOr<int64_t> TenantDb::Run(const std::string& sql, const Values& params) const {
  HOIAM_RETURN_IF_ERROR(Check(sql));
  return db_->Run(sql, With(tenant_, params));
}

absl::Status TenantDb::Query(const std::string& sql, const Values& params,
                             const std::function<void(const Row&)>& each) const {
  HOIAM_RETURN_IF_ERROR(Check(sql));
  return db_->Query(sql, With(tenant_, params), each);
}

absl::Status TenantDb::InTransaction(const std::function<absl::Status()>& body) const {
  return db::InTransaction(*db_, body);
}

absl::Status TenantDb::InSnapshot(const std::function<absl::Status()>& body) const {
  HOIAM_RETURN_IF_ERROR(db_->Execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"));
  HOIAM_RETURN_IF_ERROR(db_->Execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"));
  const absl::Status status = body();
  const absl::Status ended = db_->Execute("ROLLBACK");  // it wrote nothing
  return status.ok() ? ended : status;
}

}  // namespace hoiam::db
