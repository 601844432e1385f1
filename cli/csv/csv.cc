#include "cli/csv/csv.h"

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"

namespace hoiam::cli {
namespace {

absl::Status Bad(absl::string_view reason, absl::string_view text) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, text);
}

}  // namespace

CsvReader::CsvReader(std::istream& in) : in_(in) {
  for (int mark : {0xEF, 0xBB, 0xBF}) {
    if (in_.peek() != mark) break;
    in_.get();
  }
}

int CsvReader::Get() {
  int c = in_.get();
  if (c == std::istream::traits_type::eof()) return -1;
  if (c == '\r') {
    if (in_.peek() == '\n') in_.get();
    c = '\n';
  }
  if (c == '\n') ++line_;
  return c;
}

void CsvReader::SkipLine() {
  for (int c = Get(); c != -1 && c != '\n';) c = Get();
}

absl::StatusOr<bool> CsvReader::Next(CsvRecord& record) {
  int c;
  do {
    record.line = line_;
    c = Get();
  } while (c == '\n');
  record.cells.clear();
  if (c == -1) return false;
  while (true) {  // one cell each time; c is its first byte
    std::string cell;
    const bool quoted = c == '"';
    if (quoted) c = Get();
    while (true) {
      if (c == -1 && quoted)
        return Bad("UNCLOSED_QUOTE", absl::StrCat("the quote opened in line ", record.line, " is never closed"));
      if (c == '"' && quoted) {
        c = Get();
        if (c != '"') break;
      } else if (!quoted && (c == ',' || c == '\n' || c == -1)) {
        break;
      }
      if (c == 0) return SkipLine(), Bad("NUL_BYTE", "a NUL byte is no text");
      if (cell.size() == kMaxCellBytes)
        return SkipLine(), Bad("CELL_TOO_LONG", "a cell is longer than 1 MiB: is a quote missing?");
      cell.push_back(static_cast<char>(c));
      c = Get();
    }
    record.cells.push_back(std::move(cell));
    if (c == '\n' || c == -1) return true;
    if (c != ',')
      return SkipLine(), Bad("TEXT_AFTER_QUOTE", "there is text between a closing quote and the next comma");
    c = Get();
  }
}

}  // namespace hoiam::cli
