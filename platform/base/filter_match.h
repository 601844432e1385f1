// A parsed filter asked of values in memory, by the rules by which db::FilterSql asks it of rows: what is missing
// matches no comparison, text is compared byte by byte.
//
// Fields are of kinds. A path ("store.checkout" lies under "store") may be compared with a subtree:
// `touchpoint = "store.*"` is store and all below it.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "platform/base/filter.h"

namespace hoiam {

enum class FilterFieldKind {
  kText,
  kPath,     // text; = and != understand "x.*"
  kInteger,  // compared with whole numbers written bare
  kNumber,   // compared with numbers written bare
  kTime,
  kBool,  // = and != only, with true or false
  kAny,   // what its value is decides: free properties, answers to questions
};

// A field that callers may filter on.
struct MatchField {
  std::string name;  // snake_case; one that ends in '.' stands for all that begin with it: "properties."
  FilterFieldKind kind = FilterFieldKind::kText;
  std::vector<std::string> values;  // kText: the only ones besides "", compared by = and != only; empty: any text
};

// Whether a comparison fits its field. INVALID_FILTER when it does not.
absl::Status CheckComparison(const Filter& comparison, FilterFieldKind kind);

// Whether every comparison is of a field that is listed and fits it. INVALID_FILTER with the first that is not.
absl::Status CheckFilter(const Filter& filter, const std::vector<MatchField>& fields);

// What follows the first dot of the field of a comparison, as it was written: KEY of properties.KEY.
absl::string_view FieldKey(const Filter& comparison);

// The subtree that a comparison of a path means: "store" for "store.*"; "" when it means the value itself.
absl::string_view SubtreeOf(const Filter& comparison);

struct PathText {
  absl::string_view text;
};

// What a field holds. Nothing matches no comparison. A list is equal to each of its members; an empty one is nothing.
using FieldValue =
    std::variant<std::monostate, absl::string_view, PathText, double, bool, absl::Time, std::vector<absl::string_view>>;

// Whether the filter holds. `lookup` says what the field of a comparison holds; called for those that matter only.
bool Matches(const Filter& filter, absl::FunctionRef<FieldValue(const Filter& comparison)> lookup);

}  // namespace hoiam
