// Small charts of one line, in characters that every terminal has. They say the same without colour.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace hoiam::cli {

// Ends of a scale, low < high.
struct Axis {
  double low = 0, high = 100;
};

// A score between the bounds of its interval on an axis of `width` ≥ 3 columns: "···├─●─┤·¦···". ¦ is the target. What
// lies beyond the axis is shown at its end.
std::string IntervalBar(const Axis& axis, double low, double score, double high, std::optional<double> target,
                        size_t width);

// "▁▃▆█": a column per value, between the least and the largest of them; "·" where there is none. All the same: "▄".
std::string Sparkline(const std::vector<std::optional<double>>& values);

// A value left (negative) or right of a middle line: "  ██│    ", `half` columns on either side at |value| = `most` >
// 0.
std::string SignedBar(double value, double most, size_t half);

// How bad a value is on an axis whose high end is good: " " best, "░", "▒", "▓", "█" worst.
std::string Shade(const Axis& axis, double value);

}  // namespace hoiam::cli
