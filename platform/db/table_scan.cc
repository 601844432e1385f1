#include "platform/db/table_scan.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace hoiam::db {
namespace {

constexpr char kEstimate[] =
    "SELECT table_rows FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?";

// The columns of the key after the tenant's, and how many `?` a place has.
std::vector<std::string> KeyOf(const TableDef& def) {
  return {def.columns.begin() + 1, def.columns.begin() + static_cast<int>(def.key_columns)};
}

// "a >= ? AND (a > ? OR b > ?)" for (a, b): (a, b) > (?, ?) in a form that every server reads from the index.
std::string After(const std::vector<std::string>& key, size_t at = 0) {
  const std::string& column = key[at];
  if (at + 1 == key.size()) return absl::StrCat(column, " > ?");
  return absl::StrCat(column, " >= ? AND (", column, " > ? OR (", After(key, at + 1), "))");
}

std::string Select(const TableDef& def, absl::string_view after) {
  return absl::StrCat("SELECT ", absl::StrJoin(def.columns, ", "), " FROM ", def.name,
                      " FORCE INDEX (PRIMARY) WHERE tenant_id = ?", after, " ORDER BY ",
                      absl::StrJoin(KeyOf(def), ", "), " LIMIT ?");
}

}  // namespace

TableScanPlace::TableScanPlace(const TableDef& def)
    : next_tenant_(absl::StrCat("SELECT MIN(tenant_id) FROM ", def.name, " WHERE tenant_id > ?")),
      first_(Select(def, "")),
      next_(Select(def, absl::StrCat(" AND ", After(KeyOf(def))))) {}

absl::StatusOr<bool> TableScanPlace::Next(const SystemDb& db, size_t limit,
                                          const std::function<void(const Row&)>& each) {
  for (;;) {
    if (!tenant_.empty()) {
      Values params = {tenant_};
      for (size_t i = 1; i < last_.size(); ++i) {
        if (i + 1 < last_.size()) params.push_back(last_[i]);
        params.push_back(last_[i]);
      }
      params.push_back(static_cast<int64_t>(limit));
      bool any = false;
      HOIAM_RETURN_IF_ERROR(db->Query(last_.empty() ? first_ : next_, params, [&](const Row& r) {
        any = true;
        each(r);
      }));
      if (any) return true;
    }
    std::optional<std::string> tenant;
    HOIAM_RETURN_IF_ERROR(db->Query(next_tenant_, {tenant_}, [&](const Row& r) {
      if (!r.IsNull(0)) tenant = r.Bytes(0);
    }));
    if (!tenant) return false;
    tenant_ = *tenant;
    last_.clear();
  }
}

absl::StatusOr<int64_t> EstimateRows(const SystemDb& db, const TableDef& def) {
  int64_t rows = 0;
  HOIAM_RETURN_IF_ERROR(db->Query(kEstimate, {def.name}, [&](const Row& r) { rows = r.Int(0); }));
  return rows;
}

}  // namespace hoiam::db
