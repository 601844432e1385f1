#include "scoring_service/domain/drivers.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "absl/numeric/int128.h"
#include "scoring_service/domain/numbers.h"
#include "scoring_service/domain/tallies.h"

namespace hoiam::scoring {
namespace {

constexpr int kVitalPercent = 80;

struct Ranked {
  RankedDriver driver;
  bool withheld = false;
  absl::int128 measure = 0;
};

std::optional<double> ImpactOf(const MetricView& metric, const TallyByVersion& all, const TallyByVersion& with) {
  const auto whole = FigureOf(metric, all), rest = FigureOf(metric, Without(all, with));
  if (!whole || !rest) return std::nullopt;
  return Round3(whole->value - rest->value);
}

absl::int128 MeasureOf(const MetricView& metric, const TallyByVersion& tallies, ParetoBy by,
                       const std::string& currency) {
  if (by == ParetoBy::kCount) return UnhappyIn(metric, tallies);
  absl::int128 sum = 0;
  for (const PartTally& part : SharesOf(metric, tallies)) {
    if (!IsUnhappy(part.band)) continue;
    if (const auto money = part.money.find(currency); money != part.money.end())
      sum += (by == ParetoBy::kRevenue ? money->second.revenue : money->second.cost).micros();
  }
  return std::max<absl::int128>(sum, 0);
}

bool Before(const Ranked& a, const Ranked& b) {
  const auto key = [](const Ranked& r) {
    return std::make_tuple(r.withheld, -r.measure, r.driver.impact.value_or(std::numeric_limits<double>::infinity()));
  };
  return key(a) != key(b) ? key(a) < key(b) : a.driver.driver < b.driver.driver;
}

}  // namespace

int64_t UnhappyIn(const MetricView& metric, const TallyByVersion& tallies) {
  int64_t n = 0;
  for (const PartTally& part : SharesOf(metric, tallies))
    if (IsUnhappy(part.band)) n += part.count;
  return n;
}

std::vector<RankedDriver> RankDrivers(const MetricView& metric, const TallyByVersion& all,
                                      const std::vector<DriverCounts>& drivers, ParetoBy by,
                                      const std::string& currency) {
  std::vector<Ranked> ranked;
  absl::int128 whole = 0;
  for (const DriverCounts& d : drivers) {
    Ranked r;
    r.driver.driver = d.driver;
    r.withheld = d.withheld;
    if (!d.withheld) {
      r.driver.impact = ImpactOf(metric, all, d.tallies);
      r.driver.unhappy = UnhappyIn(metric, d.tallies);
      r.measure = MeasureOf(metric, d.tallies, by, currency);
    }
    whole += r.measure;
    ranked.push_back(std::move(r));
  }
  std::sort(ranked.begin(), ranked.end(), Before);
  absl::int128 running = 0;
  std::vector<RankedDriver> out;
  for (Ranked& r : ranked) {
    r.driver.vital = r.measure > 0 && running * 100 < whole * kVitalPercent;
    running += r.measure;
    r.driver.percent = Percent(r.measure, whole);
    r.driver.cumulative = r.withheld ? 0 : Percent(running, whole);
    out.push_back(std::move(r.driver));
  }
  return out;
}

}  // namespace hoiam::scoring
