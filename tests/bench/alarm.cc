// Measure 5: from a detractor's acknowledged answer to its case. The webhook half of it comes with webhooks.
#include "tests/bench/measures.h"

namespace hoiam::bench {

void MeasureAlarm(const Settings& s, Ours& ours, Raw& raw) {
  const int n = s.quick ? 50 : 200;
  std::vector<double> all;
  ours.CaseDelay("alarm");
  SideBySide(
      s, "5 answer acknowledged → case seen, p50", "ms", {Target::kAtMost, 8},
      [&] {
        std::vector<double> times;
        for (int i = 0; i < n; ++i) times.push_back(1e3 * ours.CaseDelay("alarm"));
        all.insert(all.end(), times.begin(), times.end());
        return Quantile(times, 0.5);
      },
      [&] { return 1e3 * Quantile(raw.CommitTimes(n), 0.5); });
  Alone("5 answer acknowledged → case seen, p99", "ms", {Target::kAtMost, 25}, {Quantile(all, 0.99)});
  Verify(ours.NothingLost("alarm"),
         absl::StrCat("5: all ", ours.acknowledged("alarm"), " answers are stored and counted once"));
}

}  // namespace hoiam::bench
