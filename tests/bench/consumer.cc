// How fast scoring_service takes in what waits for it: it is stopped, answers are stored, it is started again.
#include "platform/base/clock.h"
#include "tests/bench/measures.h"

namespace hoiam::bench {

void MeasureConsumer(const Settings& s, Ours& ours) {
  const int64_t rows = s.quick ? 10'000 : 200'000;
  std::vector<double> per_second;
  for (int round = 0; round < (s.quick ? 1 : std::min(s.rounds, 3)); ++round) {
    ours.suite().Kill("scoring");
    ours.ImportResponses("consumer", rows, 500, 4);
    ours.CatchUpLoop("consumer");
    const absl::Time began = SystemClock().Now();
    ours.suite().Restart("scoring");
    ours.suite().WaitReady("scoring");
    ours.CatchUp("consumer");
    per_second.push_back(static_cast<double>(rows) / absl::ToDoubleSeconds(SystemClock().Now() - began));
  }
  Alone(absl::StrCat("consumer, catching up with ", rows, " answers"), "rows/s", {Target::kAtLeast, 20'000},
        per_second);
  Verify(ours.NothingLost("consumer"),
         absl::StrCat("consumer: all ", ours.acknowledged("consumer"), " answers are stored and counted once"));
}

}  // namespace hoiam::bench
