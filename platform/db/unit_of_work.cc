#include "platform/db/unit_of_work.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/base/status.h"
#include "platform/observe/log.h"

namespace hoiam::db {
namespace {

constexpr size_t kMaxShape = 512;      // rows in one statement
constexpr size_t kMaxParams = 32'000;  // the protocol allows 65,535

std::string Repeat(absl::string_view item, absl::string_view separator, size_t n) {
  std::string out;
  for (size_t i = 0; i < n; ++i) absl::StrAppend(&out, i ? separator : "", item);
  return out;
}

size_t PowerOfTwoAtLeast(size_t n) {
  size_t p = 1;
  while (p < n) p *= 2;
  return p;
}

size_t PowerOfTwoAtMost(size_t n) {
  size_t p = 1;
  while (p * 2 <= n) p *= 2;
  return p;
}

std::string KeyEquals(const TableDef& def, size_t n) {
  std::string out;
  for (size_t i = 0; i < n; ++i) absl::StrAppend(&out, i ? " AND " : "", def.columns[i], " = ?");
  return out;
}

void Append(Values& to, const Values& from, size_t begin, size_t end) {
  to.insert(to.end(), from.begin() + begin, from.begin() + end);
}

}  // namespace

bool TenantScope::Holds(const TableDef& def, absl::string_view encoded_key) {
  if (!key.empty() && def.columns[0] == "tenant_id" && absl::StartsWith(encoded_key, key)) return true;
  if (foreign.empty()) {
    foreign = def.name;
    observe::Error("write.of_another_tenant", {{"table", def.name}});
  }
  return false;
}

bool TableRows::Want(const Values& prefix) {
  std::string key = EncodeKey(prefix);
  if (!scope_.Holds(def_, key) || Holds(prefix)) return false;
  pending_.try_emplace(std::move(key), prefix);
  return true;
}

bool TableRows::Holds(const Values& prefix) const {
  for (size_t n = 1; n <= prefix.size(); ++n)
    if ((loaded_lengths_ >> n & 1) && loaded_.contains(EncodeKey(prefix.data(), n))) return true;
  return false;
}

void TableRows::CheckWanted(const Values& prefix) const {
  std::string key;
  for (const Value& v : prefix) {
    key += EncodeKey(&v, 1);
    if (loaded_.contains(key) || pending_.contains(key)) return;  // pending: a Want looks whether it has come yet
  }
  std::fprintf(stderr, "unit of work: a row of %s was read that nobody wanted\n", def_.name.c_str());
  std::abort();  // a decision on rows it has not seen would be wrong in silence
}

absl::Status TableRows::Load(Session& session) {
  // By length, then by everything but the last column: those share one IN list.
  std::map<size_t, std::map<std::string, std::vector<const Values*>>> groups;
  std::vector<std::pair<absl::string_view, const Values*>> in_order;
  in_order.reserve(pending_.size());
  for (const auto& [encoded, prefix] : pending_) in_order.emplace_back(encoded, &prefix);
  std::sort(in_order.begin(), in_order.end());
  for (const auto& [encoded, prefix] : in_order)
    groups[prefix->size()][EncodeKey(prefix->data(), prefix->size() - 1)].push_back(prefix);
  // Said, not guessed: while a table is new its statistics say that it is small, and the optimizer would scan it.
  const std::string select =
      absl::StrCat("SELECT ", absl::StrJoin(def_.columns, ", "), " FROM ", def_.name, " FORCE INDEX (PRIMARY) WHERE ");
  const std::string lock = def_.for_update ? " FOR UPDATE" : "";
  const auto accept = [this](const Row& row) { Accept(row); };
  for (const auto& [length, heads] : groups) {
    if (heads.size() <= 2) {
      const std::string head = length > 1 ? KeyEquals(def_, length - 1) + " AND " : "";
      for (const auto& [unused, list] : heads) {
        for (size_t at = 0; at < list.size(); at += kMaxShape) {
          const size_t n = std::min(kMaxShape, list.size() - at), shape = PowerOfTwoAtLeast(n);
          Values params;
          Append(params, *list[at], 0, length - 1);
          for (size_t i = 0; i < shape; ++i) params.push_back((*list[at + std::min(i, n - 1)])[length - 1]);
          const std::string sql =
              absl::StrCat(select, head, def_.columns[length - 1], " IN (", Repeat("?", ", ", shape), ")", lock);
          HOIAM_RETURN_IF_ERROR(session.Query(sql, params, accept));
        }
      }
      continue;
    }
    std::vector<const Values*> all;
    for (const auto& [unused, list] : heads) all.insert(all.end(), list.begin(), list.end());
    // A list of tuples is looked up by bisection for each row found; (a = ? AND b = ?) OR … is tried one by one.
    const std::vector<std::string> key(def_.columns.begin(), def_.columns.begin() + length);
    const std::string list = absl::StrCat(select, "(", absl::StrJoin(key, ", "), ") IN (");
    const std::string one = absl::StrCat("(", Repeat("?", ", ", length), ")");
    for (size_t at = 0; at < all.size(); at += kMaxShape) {
      const size_t n = std::min(kMaxShape, all.size() - at), shape = PowerOfTwoAtLeast(n);
      Values params;
      for (size_t i = 0; i < shape; ++i) Append(params, *all[at + std::min(i, n - 1)], 0, length);
      HOIAM_RETURN_IF_ERROR(session.Query(absl::StrCat(list, Repeat(one, ", ", shape), ")", lock), params, accept));
    }
  }
  loaded_.reserve(loaded_.size() + pending_.size());
  for (const auto& [encoded, prefix] : pending_) {
    loaded_.insert(encoded);
    loaded_lengths_ |= uint64_t{1} << prefix.size();
  }
  pending_.clear();
  return absl::OkStatus();
}

absl::Status TableRows::Flush(Session& session) {
  if (def_.merged) {
    WantMerged();
    HOIAM_RETURN_IF_ERROR(Load(session));
  }
  std::map<Change::Kind, std::vector<Change>> by_kind;
  for (Change& c : Changes()) by_kind[c.kind].push_back(std::move(c));
  const std::string columns =
      absl::StrCat("INSERT INTO ", def_.name, " (", absl::StrJoin(def_.columns, ", "), ") VALUES ");
  const std::string row = absl::StrCat("(", Repeat("?", ", ", def_.columns.size()), ")");
  for (const auto& [kind, changes] : by_kind) {
    std::string tail;
    const size_t from = kind == Change::kAdd ? def_.sums_from : def_.key_columns;
    if (kind == Change::kUpdate || kind == Change::kAdd) {
      for (size_t i = from; i < def_.columns.size(); ++i) {
        const std::string& c = def_.columns[i];
        absl::StrAppend(&tail, tail.empty() ? " ON DUPLICATE KEY UPDATE " : ", ", c, " = ",
                        kind == Change::kAdd ? absl::StrCat(c, " + ") : "", "VALUES(", c, ")");
      }
      if (tail.empty())  // nothing but a key, which may be there
        tail = absl::StrCat(" ON DUPLICATE KEY UPDATE ", def_.columns[0], " = ", def_.columns[0]);
    }
    const size_t width = kind == Change::kDelete ? def_.key_columns : def_.columns.size();
    const size_t limit = std::min(kMaxShape, PowerOfTwoAtMost(std::max<size_t>(1, kMaxParams / width)));
    for (size_t at = 0; at < changes.size();) {
      const size_t n = std::min(limit, PowerOfTwoAtMost(changes.size() - at));
      Values params;
      params.reserve(n * width);
      for (size_t i = 0; i < n; ++i) Append(params, changes[at + i].values, 0, width);
      const std::string sql =
          kind == Change::kDelete
              ? absl::StrCat("DELETE FROM ", def_.name, " WHERE ",
                             Repeat(absl::StrCat("(", KeyEquals(def_, def_.key_columns), ")"), " OR ", n))
              : absl::StrCat(columns, Repeat(row, ", ", n), tail);
      HOIAM_RETURN_IF_ERROR(session.Run(sql, params).status());
      at += n;
    }
  }
  return absl::OkStatus();
}

void UnitOfWork::Begin(uint32_t partition, absl::string_view tenant) {
  partition_ = partition;
  scope_.foreign.clear();
  SwitchTo(tenant);
  mark_ = events_.size();
  for (auto& [name, rows] : tables_) rows->Mark();
}

void UnitOfWork::SwitchTo(absl::string_view tenant) {
  const Value id = std::string(tenant);
  scope_.key = tenant.empty() ? "" : EncodeKey(&id, 1);
}

absl::Status UnitOfWork::violation() const {
  if (scope_.foreign.empty()) return absl::OkStatus();
  return absl::InternalError(
      absl::StrCat("a decision of one tenant used a row of ", scope_.foreign, " that is not its own"));
}

void UnitOfWork::Abandon() {
  events_.resize(mark_);
  for (auto& [name, rows] : tables_) rows->Rollback();
}

bool UnitOfWork::Wrote() const {
  if (events_.size() > mark_) return true;
  return std::any_of(tables_.begin(), tables_.end(), [](const auto& t) { return t.second->Touched(); });
}

bool UnitOfWork::NeedsLoad() const {
  return std::any_of(tables_.begin(), tables_.end(), [](const auto& t) { return t.second->HasPending(); });
}

absl::Status UnitOfWork::Load(Session& session) {
  for (auto& [name, rows] : tables_)
    if (rows->HasPending()) HOIAM_RETURN_IF_ERROR(rows->Load(session));
  return absl::OkStatus();
}

absl::Status UnitOfWork::Flush(Session& session) {
  for (auto& [name, rows] : tables_) HOIAM_RETURN_IF_ERROR(rows->Flush(session));
  return absl::OkStatus();
}

}  // namespace hoiam::db
