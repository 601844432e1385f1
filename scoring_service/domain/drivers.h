// What drives a score: the impact of each driver (F14), and the Pareto list of the unhappy answers behind them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scoring_service/domain/formula.h"
#include "scoring_service/domain/score_query.h"

namespace hoiam::scoring {

// By what a list is ordered: unhappy answers, or the money that they stand for or cost. The numbers are those of
// hoiam.scoring.v1.ParetoBy.
enum class ParetoBy { kCount = 1, kRevenue = 2, kCost = 3 };

struct DriversQuery {
  ScoreQuery scores;            // without group_by
  std::optional<Dimension> by;  // unset: the reasons that were chosen
  ParetoBy pareto = ParetoBy::kCount;
  std::string currency;  // of the money, unless the list is ordered by count
};

// What was counted, of one scope.
struct DriverTable {
  Scope scope = Scope::kTouchpoint;
  Period period;
  TallyByVersion all;
  std::map<std::string, TallyByVersion> drivers;
};

// The answers with one driver.
struct DriverCounts {
  std::string driver;
  TallyByVersion tallies;
  bool withheld = false;  // about too few people: it is not ranked, and says nothing
};

struct RankedDriver {
  std::string driver;
  std::optional<double> impact;  // score(all) − score(without it), 3 decimals; unset when nobody is without it
  int64_t unhappy = 0;
  double percent = 0;     // of the measure over all drivers, 0–100
  double cumulative = 0;  // from the largest on
  bool vital = false;     // one of the fewest that together reach 80 %
};

// Answers in parts that want action.
int64_t UnhappyIn(const MetricView& metric, const TallyByVersion& tallies);

// Largest measure first, then the lowest impact, then by name; those that are withheld last, by name. An answer with
// several drivers is counted with each. Amounts below 0 (more was paid back than spent) are nothing to rank by.
std::vector<RankedDriver> RankDrivers(const MetricView& metric, const TallyByVersion& all,
                                      const std::vector<DriverCounts>& drivers, ParetoBy by,
                                      const std::string& currency);

}  // namespace hoiam::scoring
