#include "cli/term/chart.h"

#include <algorithm>
#include <cmath>

namespace hoiam::cli {
namespace {

// 0 … 1; the ends for what lies beyond.
double Along(const Axis& axis, double value) {
  return std::clamp((value - axis.low) / (axis.high - axis.low), 0.0, 1.0);
}

std::string Repeat(const char* glyph, size_t n) {
  std::string out;
  for (size_t i = 0; i < n; ++i) out += glyph;
  return out;
}

}  // namespace

std::string IntervalBar(const Axis& axis, double low, double score, double high, std::optional<double> target,
                        size_t width) {
  const auto column = [&](double value) {
    return static_cast<size_t>(std::lround(Along(axis, value) * static_cast<double>(width - 1)));
  };
  std::vector<const char*> cells(width, "·");
  const size_t from = column(low), to = column(high);
  for (size_t i = from; i <= to; ++i) cells[i] = "─";
  cells[from] = "├";
  cells[to] = "┤";
  if (target) cells[column(*target)] = "¦";
  cells[column(score)] = "●";
  std::string out;
  for (const char* cell : cells) out += cell;
  return out;
}

std::string Sparkline(const std::vector<std::optional<double>>& values) {
  static constexpr const char* kSteps[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  std::optional<Axis> axis;
  for (const auto& v : values) {
    if (!v) continue;
    if (!axis) axis = Axis{*v, *v};
    axis->low = std::min(axis->low, *v);
    axis->high = std::max(axis->high, *v);
  }
  std::string out;
  for (const auto& v : values)
    out += !v ? "·" : axis->low == axis->high ? "▄" : kSteps[std::lround(Along(*axis, *v) * 7)];
  return out;
}

std::string SignedBar(double value, double most, size_t half) {
  const auto columns =
      static_cast<size_t>(std::lround(std::min(std::abs(value) / most, 1.0) * static_cast<double>(half)));
  const std::string space(half - columns, ' '), bar = Repeat("█", columns);
  return value < 0 ? space + bar + "│" + std::string(half, ' ') : std::string(half, ' ') + "│" + bar + space;
}

std::string Shade(const Axis& axis, double value) {
  static constexpr const char* kShades[] = {"█", "▓", "▒", "░", " "};
  return kShades[std::min<size_t>(4, static_cast<size_t>(Along(axis, value) * 5))];
}

}  // namespace hoiam::cli
