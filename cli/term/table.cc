#include "cli/term/table.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <numeric>

namespace hoiam::cli {
namespace {

struct Glyph {
  absl::string_view bytes;
  size_t width;
  bool control;
};

// Calls each(Glyph) for every code point, or every byte that is no UTF-8, until it answers false.
template <class F>
void EachGlyph(absl::string_view text, F each) {
  const auto* s = reinterpret_cast<const uint8_t*>(text.data());
  const int32_t n = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < n;) {
    const int32_t begin = i;
    UChar32 c;
    U8_NEXT(s, i, n, c);
    Glyph g{text.substr(begin, i - begin), 1, c < 0 || u_iscntrl(c)};
    if (c >= 0 && !g.control) {
      const auto type = u_charType(c);
      const auto east = static_cast<UEastAsianWidth>(u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH));
      if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR)
        g.width = 0;
      else if (east == U_EA_WIDE || east == U_EA_FULLWIDTH)
        g.width = 2;
    }
    if (!each(g)) return;
  }
}

}  // namespace

size_t DisplayWidth(absl::string_view text) {
  size_t width = 0;
  EachGlyph(text, [&](const Glyph& g) { return width += g.width, true; });
  return width;
}

std::string Fit(absl::string_view text, size_t width) {
  std::string out, room_for_dots;
  size_t used = 0;
  bool cut = false;
  EachGlyph(text, [&](const Glyph& g) {
    if (used + g.width > width) return !(cut = true);
    if (g.control)
      out += g.bytes == "\n" || g.bytes == "\t" || g.bytes == "\r" ? " " : "�";
    else
      out.append(g.bytes.data(), g.bytes.size());
    used += g.width;
    if (used < width) room_for_dots = out;
    return true;
  });
  if (!cut || width == 0) return out;
  return room_for_dots + "…";
}

Table::Table(const std::vector<std::string>& titles) {
  std::vector<std::string> row;
  for (const auto& title : titles) {
    const bool right = !title.empty() && title[0] == '>';
    align_.push_back(right ? Align::kRight : Align::kLeft);
    row.push_back(right ? title.substr(1) : title);
  }
  rows_.push_back(std::move(row));
}

void Table::Add(std::vector<std::string> cells) {
  cells.resize(align_.size());
  for (auto& cell : cells) cell = Fit(cell, kMaxCell);
  rows_.push_back(std::move(cells));
}

std::string Table::Render() const {
  std::vector<size_t> width(align_.size(), 0);
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) width[i] = std::max(width[i], DisplayWidth(row[i]));
  }
  std::string out;
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string text;
    for (size_t i = 0; i < cells.size(); ++i) {
      const std::string pad(width[i] - DisplayWidth(cells[i]), ' ');
      if (i != 0) text += "  ";
      text += align_[i] == Align::kRight ? pad + cells[i] : cells[i] + pad;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + "\n";
  };
  line(rows_.front());
  std::vector<std::string> rule;
  for (size_t w : width) {
    std::string dashes;
    for (size_t i = 0; i < w; ++i) dashes += "─";
    rule.push_back(dashes);
  }
  line(rule);
  for (size_t i = 1; i < rows_.size(); ++i) line(rows_[i]);
  return out;
}

std::string Bar(const std::vector<double>& parts, size_t width) {
  static constexpr const char* kShades[] = {"█", "▒", "░"};
  const double sum = std::accumulate(parts.begin(), parts.end(), 0.0);
  if (!(sum > 0)) return "";
  std::vector<size_t> columns;
  size_t used = 0;
  for (double part : parts) {
    columns.push_back(part > 0 ? std::max<size_t>(1, static_cast<size_t>(part / sum * width + 0.5)) : 0);
    used += columns.back();
  }
  // What rounding gave or took is settled with the widest part.
  auto widest = std::max_element(columns.begin(), columns.end());
  if (used != width && *widest + width > used) *widest = *widest + width - used;
  std::string out;
  for (size_t i = 0; i < columns.size(); ++i) {
    for (size_t k = 0; k < columns[i]; ++k) out += kShades[i % 3];
  }
  return out;
}

}  // namespace hoiam::cli
