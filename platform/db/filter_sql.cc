#include "platform/db/filter_sql.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "platform/base/status.h"

namespace hoiam::db {
namespace {

absl::StatusOr<Value> Bound(const Filter& f, FilterFieldKind kind) {
  switch (kind) {
    case FilterFieldKind::kText:
      return Value(f.value.text);
    case FilterFieldKind::kInteger:
      if (!f.value.number || std::floor(*f.value.number) != *f.value.number || std::fabs(*f.value.number) > 1e15)
        return InvalidFilter(f.position, absl::StrCat(f.field, " is compared with a whole number, without quotes"));
      return Value(static_cast<int64_t>(*f.value.number));
    case FilterFieldKind::kTime:
      if (!f.value.time)
        return InvalidFilter(f.position,
                             absl::StrCat(f.field, " is compared with a time such as 2026-01-31T00:00:00Z"));
      return Value(*f.value.time);
  }
  return Value();
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
    HOIAM_ASSIGN_OR_RETURN(Value value, Bound(f, field.kind));
    params.push_back(std::move(value));
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
