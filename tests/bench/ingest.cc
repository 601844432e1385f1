// Measures 1a, 1b, 1c: how fast answers and interactions become durable.
#include "platform/base/clock.h"
#include "tests/bench/measures.h"

namespace hoiam::bench {
namespace {

// As many as a shop has.
constexpr int kSurveysAsking = 5;

// Consumers run while ours is measured; the baseline begins when they have nothing left to do.
double Settled(Ours& ours, const std::string& tenant, double figure) {
  ours.CatchUp(tenant);
  return figure;
}

}  // namespace

void MeasureBatch(const Settings& s, Ours& ours, Raw& raw) {
  const int64_t rows = s.quick ? 4000 : 20000;
  constexpr int kPerMessage = 500, kInFlight = 4;
  const int connections = raw.Best({1, 2, 4}, [&](int n) { return raw.MultiRow(rows, kPerMessage, n); });
  const auto baseline = [&] { return raw.MultiRow(rows, kPerMessage, connections); };
  Settled(ours, "batch", ours.ImportResponses("batch", rows, kPerMessage, kInFlight));  // warm
  SideBySide(
      s, "1a batch ingest, answers (500 a message)", "rows/s", {Target::kAtLeast, 0.60},
      [&] { return Settled(ours, "batch", ours.ImportResponses("batch", rows, kPerMessage, kInFlight)); }, baseline);
  SideBySide(
      s, "1a batch ingest, interactions (500)", "rows/s", {Target::kAtLeast, 0.60},
      [&] {
        return Settled(ours, "batch",
                       ours.RecordInteractions("batch", rows, kPerMessage, kInFlight, survey::Effects::RECORD_ONLY));
      },
      baseline);
  ours.StartAsking("asking", kSurveysAsking);
  SideBySide(
      s, absl::StrCat("1a … with ", kSurveysAsking, " surveys that ask"), "rows/s", {Target::kAtLeast, 0.60},
      [&] {
        return Settled(ours, "asking",
                       ours.RecordInteractions("asking", rows, kPerMessage, kInFlight, survey::Effects::FULL));
      },
      baseline);
  Verify(ours.NothingLost("batch"),
         absl::StrCat("1a: all ", ours.acknowledged("batch"), " answers are stored and counted once"));
}

void MeasureUnary(const Settings& s, Ours& ours, Raw& raw) {
  const int64_t rows = s.quick ? 3000 : 15000;
  constexpr int kInFlight = 128;
  const int single = raw.Best({8, 16, 32}, [&](int n) { return raw.SingleRow(rows, n); });
  const int naive = raw.Best({8, 16, 32}, [&](int n) { return raw.Naive(rows / 2, n); });
  Settled(ours, "unary", ours.Unary("unary", rows, kInFlight));  // warm
  SideBySide(
      s, "1b unary ingest, 128 in flight", "rows/s", {Target::kAtLeast, 1.3},
      [&] { return Settled(ours, "unary", ours.Unary("unary", rows, kInFlight)); },
      [&] { return raw.SingleRow(rows, single); });
  SideBySide(
      s, "1b … against a naive transaction of 3", "rows/s", {Target::kAtLeast, 3.5},
      [&] { return Settled(ours, "unary", ours.Unary("unary", rows, kInFlight)); },
      [&] { return raw.Naive(rows / 2, naive); });
  ours.StartAsking("asking-unary", kSurveysAsking);
  SideBySide(
      s, absl::StrCat("1b interactions with ", kSurveysAsking, " surveys that ask"), "rows/s", {Target::kAtLeast, 1.3},
      [&] {
        return Settled(ours, "asking-unary",
                       ours.RecordUnary("asking-unary", static_cast<int>(rows), kInFlight, nullptr));
      },
      [&] { return raw.SingleRow(rows, single); });
  Verify(ours.NothingLost("unary"),
         absl::StrCat("1b: all ", ours.acknowledged("unary"), " answers are stored and counted once"));
}

void MeasureLatency(const Settings& s, Ours& ours, Raw& raw) {
  std::vector<double> full;
  for (int i = 0; i < 3; ++i)
    full.push_back(Settled(ours, "latency", ours.Unary("latency", s.quick ? 3000 : 10000, 128)));
  const double rate = 0.3 * Median(full);
  std::vector<double> all;
  const Line line = SideBySide(
      s, "1c acknowledgement p50 at 30 % load", "ms", {Target::kAtMost, 3},
      [&] {
        const auto times = ours.OpenLoop("latency", rate, absl::Seconds(s.quick ? 1 : 3));
        all.insert(all.end(), times.begin(), times.end());
        return Settled(ours, "latency", 1e3 * Quantile(times, 0.5));
      },
      [&] { return 1e3 * Quantile(raw.CommitTimes(s.quick ? 200 : 1000), 0.5); });
  Alone(absl::StrCat("1c acknowledgement p99 (", static_cast<int>(rate), " calls/s)"), "ms", {Target::kAtMost, 10},
        {1e3 * Quantile(all, 0.99)});
  Verify(ours.NothingLost("latency"),
         absl::StrCat("1c: all ", ours.acknowledged("latency"), " answers are stored and counted once"));
}

}  // namespace hoiam::bench
