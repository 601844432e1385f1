// A question about scores, and its figures.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "scoring_service/domain/answer.h"
#include "scoring_service/domain/csi.h"
#include "scoring_service/domain/dimension.h"
#include "scoring_service/domain/periods.h"
#include "scoring_service/domain/tally.h"

namespace hoiam::scoring {

// Which answers a figure is made of: never of two kinds, never across scopes.
struct ScoreQuery {
  std::string metric;
  std::vector<int> versions = {1};      // those that the metric has
  std::vector<std::string> asked_with;  // metrics of the answers that can tell of it; empty: it alone
  std::string item;                     // "" all answers; else a part of them (Observation)
  std::optional<Scope> scope;           // unset: all, kept apart
  AnswerKind kind = AnswerKind::kSolicited;
  absl::Time start = absl::InfinitePast();  // open: since the first answer
  absl::Time end = absl::InfiniteFuture();  // open: up to now
  Interval interval = Interval::kAll;
  std::vector<Dimension> group_by;                         // in the order asked for, none twice
  std::vector<std::pair<Dimension, std::string>> filters;  // all must hold; "store.*" is store with all below it
  bool subtree = false;                                    // a group of a touchpoint has all below it too
  bool last_per_person = false;
  absl::TimeZone zone;

  // The dimensions that group_by and filters name, none twice.
  std::vector<Dimension> Dimensions() const;
  // Whether an answer, or a group whose other dimensions are "", passes the filters.
  bool Passes(const DimensionValues& values) const;
  std::vector<std::string> GroupOf(const DimensionValues& values) const;
};

// Tallies are by version of the metric's formula: an answer counts by the one in force when it was stored.
using TallyByVersion = std::map<int, Tally>;

struct ScoreGroup {
  Scope scope = Scope::kTouchpoint;
  std::vector<std::string> key;         // values of group_by, in its order
  std::vector<TallyByVersion> tallies;  // one per period
  std::vector<CsiTallies> csi;          // one per period, of the metric CSI; else empty
};

struct ScoreTable {
  std::vector<Period> periods;
  std::vector<ScoreGroup> groups;  // by scope, then key
};

}  // namespace hoiam::scoring
