// A row of figures: made in one place, so that whatever shows one shows it with its interval, its answers, and held
// back when it is about too few people.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hoiam/scoring/v1/resources.pb.h"
#include "scoring_service/domain/csi.h"
#include "scoring_service/domain/formula.h"
#include "scoring_service/domain/score_query.h"
#include "scoring_service/domain/target.h"

namespace hoiam::scoring {

// What the rows of one answer share.
struct RowFrame {
  MetricView metric;
  AnswerKind kind = AnswerKind::kSolicited;
  std::vector<Dimension> group_by;
  std::vector<std::pair<Dimension, std::string>> filters;
  bool subtree = false;    // a row of a touchpoint is about what lies below it too
  int64_t population = 0;  // whom the answers stand for; 0: not known
  std::vector<TargetScore> targets;
};
RowFrame FrameOf(MetricView metric, const ScoreQuery& query);

// One row's place and counts. `key`: values of group_by.
struct RowCounts {
  Scope scope = Scope::kTouchpoint;
  std::vector<std::string> key;
  Period period;
  TallyByVersion tallies;
  CsiTallies csi;  // of the metric CSI
};

// The figure of a row; nullopt without answers, or when they are held back.
std::optional<Figure> FigureOf(const RowFrame& frame, const RowCounts& counts);
// Cut by team a row is about named people: under 5 answers nothing of it is shown.
bool IsWithheld(const RowFrame& frame, const RowCounts& counts);

v1::ScoreRow ToScoreRow(const RowFrame& frame, const RowCounts& counts);
// The same into an empty row, wherever it lies.
void FillScoreRow(const RowFrame& frame, const RowCounts& counts, v1::ScoreRow& row);

// Rounded to 3 decimals, with its level and method.
v1::ScoreInterval FromInterval(const ScoreInterval& interval, IntervalMethod method);

}  // namespace hoiam::scoring
