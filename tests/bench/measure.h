// Figures of a bench: rounds of ours beside the baseline, their ratio with a 95 % interval, and how noisy the machine
// was.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace hoiam::bench {

struct Settings {
  int rounds = 7;
  bool quick = false;  // fewer rounds and rows: to see that it runs, not to believe
  int64_t max_rows = 1'000'000;
  std::string build = "";  // shown
};

double Median(std::vector<double> v);
// q in [0, 1].
double Quantile(std::vector<double> v, double q);

struct Interval {
  double median = 0, low = 0, high = 0;
};
// Median with the order statistics that hold it with at least 95 %.
Interval MedianInterval(std::vector<double> v);

// What must hold of the ratio (or of the figure itself when there is no baseline).
struct Target {
  enum Kind { kAtLeast, kAtMost, kNone } kind = kNone;
  double bound = 0;
};

// One line of the table.
struct Line {
  std::string name, unit;
  double ours = 0, baseline = 0;  // medians; baseline 0: there is none
  Interval ratio;
  double noise = 0;  // A against A: median of |a1 − a2| / mean; 0 without baseline
  Target target;
  std::string remark;
  bool met() const;
  bool noisy() const { return noise > 0.10; }
};

// Runs baseline, ours, baseline, `rounds` times, and makes a line of it. Both answer a figure in `unit`.
Line SideBySide(const Settings& settings, const std::string& name, const std::string& unit, Target target,
                const std::function<double()>& ours, const std::function<double()>& baseline);
// A figure of ours alone.
Line Alone(const std::string& name, const std::string& unit, Target target, std::vector<double> figures);

// Prints and remembers; at the end PrintTable shows all of them.
void Add(Line line);
void PrintTable();

// Ends the bench: a run counts only when its data are verified.
void Verify(bool ok, const std::string& what);

}  // namespace hoiam::bench
