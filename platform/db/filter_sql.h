// A parsed filter as a condition of a SELECT. Values go through `?`, column names come from the list given here only.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/base/filter_match.h"
#include "platform/db/value.h"

namespace hoiam::db {

using ::hoiam::FilterFieldKind;

// A field that callers may filter on, and the column it stands for. A NULL in that column matches no comparison.
struct FilterField {
  std::string name;  // snake_case, as in the proto file
  std::string column;
  FilterFieldKind kind;  // kText, kPath, kInteger or kTime
};

// "(metric = ? AND score <= ?)" with its values appended to `params`; "" when the filter lets everything through.
// INVALID_ARGUMENT reason INVALID_FILTER for a field that is not listed or a value that is not of its kind.
absl::StatusOr<std::string> FilterSql(const Filter& filter, const std::vector<FilterField>& fields, Values& params);

}  // namespace hoiam::db
