#include "tests/bench/measure.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace hoiam::bench {
namespace {

std::vector<Line>& Lines() {
  static auto& lines = *new std::vector<Line>;
  return lines;
}

std::string Short(double v) {
  if (v == 0) return "–";
  if (v >= 1000) return absl::StrFormat("%.0f", v);
  return absl::StrFormat(v >= 10 ? "%.1f" : "%.3f", v);
}

std::string TargetText(const Line& line) {
  const std::string unit = line.baseline != 0 ? "×" : " " + line.unit;
  switch (line.target.kind) {
    case Target::kAtLeast:
      return absl::StrFormat("≥ %g%s", line.target.bound, unit);
    case Target::kAtMost:
      return absl::StrFormat("≤ %g%s", line.target.bound, unit);
    case Target::kNone:
      return "";
  }
  return "";
}

// Pads by characters, not bytes.
std::string Pad(const std::string& text, size_t width) {
  size_t chars = 0;
  for (const unsigned char c : text) chars += (c & 0xC0) != 0x80;
  return text + std::string(chars < width ? width - chars : 1, ' ');
}

void Print(const Line& line) {
  const std::string ratio =
      line.baseline != 0 ? absl::StrFormat("%.2f× [%.2f, %.2f]", line.ratio.median, line.ratio.low, line.ratio.high)
                         : "–";
  const std::string verdict = line.target.kind == Target::kNone ? "" : line.met() ? "met" : "not met";
  std::printf(
      "%s%s%s%s%s%s%s%s\n", Pad(line.name, 44).c_str(), Pad(Short(line.ours), 11).c_str(),
      Pad(Short(line.baseline), 11).c_str(), Pad(line.unit, 8).c_str(), Pad(ratio, 24).c_str(),
      Pad(TargetText(line), 13).c_str(), Pad(verdict, 9).c_str(),
      absl::StrCat(line.baseline != 0 ? absl::StrFormat("A/A %.1f %%", line.noise * 100) : "",
                   line.noisy() ? " too noisy: does not count" : "", line.remark.empty() ? "" : "  " + line.remark)
          .c_str());
  std::fflush(stdout);
}

}  // namespace

double Quantile(std::vector<double> v, double q) {
  if (v.empty()) return 0;
  std::sort(v.begin(), v.end());
  return v[std::min(v.size() - 1, static_cast<size_t>(q * static_cast<double>(v.size())))];
}

double Median(std::vector<double> v) {
  if (v.empty()) return 0;
  std::sort(v.begin(), v.end());
  return v.size() % 2 ? v[v.size() / 2] : (v[v.size() / 2 - 1] + v[v.size() / 2]) / 2;
}

Interval MedianInterval(std::vector<double> v) {
  if (v.empty()) return {};
  std::sort(v.begin(), v.end());
  const double n = static_cast<double>(v.size());
  const auto k = static_cast<size_t>(std::max(0.0, std::floor((n - 1.96 * std::sqrt(n)) / 2)));
  return {Median(v), v[k], v[v.size() - 1 - k]};
}

bool Line::met() const {
  const double figure = baseline != 0 ? ratio.median : ours;
  return target.kind == Target::kAtLeast  ? figure >= target.bound
         : target.kind == Target::kAtMost ? figure <= target.bound
                                          : true;
}

Line SideBySide(const Settings& settings, const std::string& name, const std::string& unit, Target target,
                const std::function<double()>& ours, const std::function<double()>& baseline) {
  std::vector<double> a, b, ratio, noise;
  for (int round = 0; round < settings.rounds; ++round) {
    const double before = baseline(), own = ours(), after = baseline();
    const double mean = (before + after) / 2;
    a.push_back(mean);
    b.push_back(own);
    ratio.push_back(own / mean);
    noise.push_back(std::abs(before - after) / mean);
  }
  Line line{name, unit, Median(b), Median(a), MedianInterval(ratio), Median(noise), target, ""};
  Add(line);
  return line;
}

Line Alone(const std::string& name, const std::string& unit, Target target, std::vector<double> figures) {
  Line line{name, unit, Median(figures), 0, {}, 0, target, ""};
  Add(line);
  return line;
}

void Add(Line line) {
  Print(line);
  Lines().push_back(std::move(line));
}

void PrintTable() {
  std::printf("\n%s%s%s%s%s%s%s\n", Pad("measure", 44).c_str(), Pad("ours", 11).c_str(), Pad("baseline", 11).c_str(),
              Pad("unit", 8).c_str(), Pad("ratio [95 %]", 24).c_str(), Pad("target", 13).c_str(), "");
  for (const Line& line : Lines()) Print(line);
}

void Verify(bool ok, const std::string& what) {
  std::printf("verified: %s: %s\n", what.c_str(), ok ? "yes" : "NO");
  if (ok) return;
  std::printf("The data are not what was acknowledged: this run does not count.\n");
  std::exit(1);
}

}  // namespace hoiam::bench
