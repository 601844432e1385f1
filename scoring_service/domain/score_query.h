// A question about scores, and its figures.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "scoring_service/domain/dimension.h"
#include "scoring_service/domain/metric.h"
#include "scoring_service/domain/periods.h"
#include "scoring_service/domain/tally.h"

namespace hoiam::scoring {

struct ScoreQuery {
  Metric metric = Metric::kNps;
  absl::Time start = absl::InfinitePast();  // open: since the first answer
  absl::Time end = absl::InfiniteFuture();  // open: up to now
  Interval interval = Interval::kAll;
  std::vector<Dimension> group_by;                         // in the order asked for, none twice
  std::vector<std::pair<Dimension, std::string>> filters;  // all must hold
  bool solicited = true;
  bool last_per_person = false;
  absl::TimeZone zone;

  // The dimensions that group_by and filters name, none twice.
  std::vector<Dimension> Dimensions() const;
  // Whether an answer, or a group whose other dimensions are "", passes the filters.
  bool Passes(const DimensionValues& values) const;
  std::vector<std::string> GroupOf(const DimensionValues& values) const;
};

struct ScoreGroup {
  std::vector<std::string> key;  // values of group_by, in its order
  std::vector<Tally> tallies;    // one per period
};

struct ScoreTable {
  std::vector<Period> periods;
  std::vector<ScoreGroup> groups;  // by key
};

}  // namespace hoiam::scoring
