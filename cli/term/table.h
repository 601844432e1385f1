// Text in columns, aligned by what a terminal shows: "đ" is one column, "한" two, a combining accent none.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace hoiam::cli {

// Columns that a terminal uses for a line of UTF-8. A byte that is no UTF-8 counts as one.
size_t DisplayWidth(absl::string_view text);
// Cut to at most `width` columns, with "…" as the last one when something was cut. Line breaks become spaces, and
// control characters "�", so that a customer's words cannot steer the terminal.
std::string Fit(absl::string_view text, size_t width);

class Table {
 public:
  enum class Align { kLeft, kRight };
  // Left: as its title is written; a title that begins with '>' is aligned to the right.
  explicit Table(const std::vector<std::string>& titles);
  // Missing cells are empty; a cell wider than `kMaxCell` is cut.
  void Add(std::vector<std::string> cells);
  bool empty() const { return rows_.size() == 1; }
  // Title line, rule, rows; every line ends with a line break and none with spaces.
  std::string Render() const;

  static constexpr size_t kMaxCell = 60;

 private:
  std::vector<Align> align_;
  std::vector<std::vector<std::string>> rows_;  // the first holds the titles
};

// `parts` (each ≥ 0) as one bar of `width` columns, each part in its own shade; a part that is not zero gets at least
// one column. Empty when everything is zero.
std::string Bar(const std::vector<double>& parts, size_t width);

}  // namespace hoiam::cli
