// Who moved between the parts of a scale (C7), and the small steps on it: 7→8→9 (C9).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scoring_service/domain/figure.h"
#include "scoring_service/domain/formula.h"
#include "scoring_service/domain/revenue.h"
#include "scoring_service/domain/score_query.h"

namespace hoiam::scoring {

// Whose moves.
struct MigrationQuery {
  ScoreQuery after;                              // of the later answers
  absl::Time base_start = absl::InfinitePast();  // the earlier ones are not older
};

// A score, and the version of the metric by which it counts.
struct Scored {
  int score = 0;
  int version = 1;
};

// One person's answer in the period, and the one that it is held against.
struct PersonMove {
  std::optional<Scored> before;  // unset: had not answered before
  Scored after;
  Represented represented;  // what the later answer stands for
};

// People who went from one part to another. Parts are by name.
struct MoveCount {
  std::string from;  // "": no answer before
  std::string to;
  int64_t people = 0;
  double percent = 0;  // of all who were in `from`
  Represented represented;
};

// People by the score that they had before.
struct StepCount {
  int from = 0;
  int64_t people = 0;  // = up + same + down
  int64_t up = 0, same = 0, down = 0;
  int64_t one_up = 0;  // exactly one step up
};

struct Migration {
  std::vector<MoveCount> moves;   // every pair of parts, worst first, then from nowhere to each part
  std::vector<StepCount> ladder;  // one per score of the scale, lowest first
  int64_t people = 0;             // with an answer before and after
  // Percent of those in the worst part before who are no longer; nullopt when nobody was.
  std::optional<Figure> recovery;
};

// The worst part is the one that weighs least; of several, the lowest.
Migration MigrationOf(const MetricView& metric, const std::vector<PersonMove>& people);

}  // namespace hoiam::scoring
