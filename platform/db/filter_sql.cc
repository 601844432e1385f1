#include "platform/db/filter_sql.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/base/status.h"

namespace hoiam::db {
namespace {

Value Bound(const Filter& f, FilterFieldKind kind) {
  if (kind == FilterFieldKind::kInteger) return Value(static_cast<int64_t>(*f.value.number));
  if (kind == FilterFieldKind::kTime) return Value(*f.value.time);
  return Value(f.value.text);
}

// A subtree is its top and a range of keys: '/' follows '.'.
std::string Below(const FilterField& field, const Filter& f, absl::string_view top, Values& params) {
  params.insert(params.end(), {std::string(top), absl::StrCat(top, "."), absl::StrCat(top, "/")});
  return f.op == FilterOp::kEq
             ? absl::StrCat("(", field.column, " = ? OR (", field.column, " >= ? AND ", field.column, " < ?))")
             : absl::StrCat("(", field.column, " != ? AND (", field.column, " < ? OR ", field.column, " >= ?))");
}

absl::StatusOr<std::string> Render(const Filter& f, const std::vector<FilterField>& fields, Values& params) {
  if (f.kind == Filter::Kind::kEverything) return std::string();
  if (f.kind != Filter::Kind::kCompare) {
    std::vector<std::string> parts;
    for (const Filter& part : f.parts) {
      HOIAM_ASSIGN_OR_RETURN(std::string sql, Render(part, fields, params));
      parts.push_back(std::move(sql));
    }
    return absl::StrCat("(", absl::StrJoin(parts, f.kind == Filter::Kind::kAnd ? " AND " : " OR "), ")");
  }
  for (const FilterField& field : fields) {
    if (field.name != f.field) continue;
    HOIAM_RETURN_IF_ERROR(CheckComparison(f, field.kind));
    const absl::string_view top = field.kind == FilterFieldKind::kPath ? SubtreeOf(f) : "";
    if (!top.empty()) return Below(field, f, top, params);
    params.push_back(Bound(f, field.kind));
    return absl::StrCat(field.column, " ", FilterOpText(f.op), " ?");
  }
  const std::string names = absl::StrJoin(fields, ", ", [](std::string* out, const FilterField& x) { *out += x.name; });
  return InvalidFilter(f.position, absl::StrCat("'", f.field, "' cannot be filtered on; these can: ", names));
}

}  // namespace

absl::StatusOr<std::string> FilterSql(const Filter& filter, const std::vector<FilterField>& fields, Values& params) {
  return Render(filter, fields, params);
}

}  // namespace hoiam::db
