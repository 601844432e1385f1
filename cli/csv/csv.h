// CSV as in RFC 4180: quoted cells with commas, line breaks and doubled quotes; CRLF, LF or CR; a byte order mark at
// the start.
#pragma once

#include <istream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace hoiam::cli {

// No cell of real data is longer; a quote that was never closed is.
inline constexpr size_t kMaxCellBytes = 1 << 20;

struct CsvRecord {
  int line = 0;  // where it begins, from 1
  std::vector<std::string> cells;
};

class CsvReader {
 public:
  explicit CsvReader(std::istream& in);

  // The next record; false at the end. Empty lines are passed over. INVALID_ARGUMENT with the reason UNCLOSED_QUOTE,
  // TEXT_AFTER_QUOTE, CELL_TOO_LONG or NUL_BYTE for a record that cannot be read: `record.line` says where, and the
  // next call goes on with the line after it.
  absl::StatusOr<bool> Next(CsvRecord& record);

 private:
  int Get();  // -1 at the end; every kind of line break as '\n'
  void SkipLine();
  std::istream& in_;
  int line_ = 1;
};

}  // namespace hoiam::cli
