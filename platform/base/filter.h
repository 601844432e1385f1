// The filter of list calls: a subset of AIP-160, as a tree of values. Knows no field and no table.
//
//   metric = NPS AND (score <= 6 OR segment = "Khách mới") AND respondedAt >= 2026-01-01T00:00:00Z
//
// Operators =, !=, <, <=, >, >=; AND, OR (upper case), parentheses. As AIP-160 has it, OR binds tighter than AND:
// `a AND b OR c` is `a AND (b OR c)`. Values are bare words or quoted ("…" or '…', with \ before a quote or a \).
// Field names may be written as in JSON or as in the proto file; the tree always has the latter. What follows a dot may
// be a key of the caller's own (`answers.why-low = price`), in quotes where it has to be (`properties."Hạng thẻ" = B`).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hoiam {

enum class FilterOp { kEq, kNe, kLt, kLe, kGt, kGe };

// "=", "!=", …
absl::string_view FilterOpText(FilterOp op);

// The right side of a comparison, read in every way that fits.
struct FilterValue {
  std::string text;                // without quotes and escapes
  std::optional<double> number;    // when it was written bare and is a finite number
  std::optional<absl::Time> time;  // when it is an RFC 3339 time, bare or quoted
};

// A filter or a part of one.
struct Filter {
  enum class Kind { kEverything, kAnd, kOr, kCompare };
  Kind kind = Kind::kEverything;
  std::vector<Filter> parts;  // kAnd, kOr: two or more
  // kCompare:
  std::string field;  // snake_case
  std::string said;   // the same as it was written
  FilterOp op = FilterOp::kEq;
  FilterValue value;
  size_t position = 0;  // where the comparison begins in the text, in bytes from 0
};

// At most so long, so many comparisons, so deep: a filter is typed by a person or made by a list view.
inline constexpr size_t kMaxFilterBytes = 2048;
inline constexpr size_t kMaxFilterComparisons = 50;
inline constexpr int kMaxFilterDepth = 16;

// "" and blanks give kEverything. INVALID_ARGUMENT on field "filter", reason INVALID_FILTER, metadata `position`.
absl::StatusOr<Filter> ParseFilter(absl::string_view text);

// The error of ParseFilter, for those who find a comparison that their fields do not allow.
absl::Status InvalidFilter(size_t position, absl::string_view what);

}  // namespace hoiam
