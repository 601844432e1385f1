// Which formulas a metric has, and the figure that one of them makes of tallies.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scoring_service/domain/figure.h"
#include "scoring_service/domain/metric.h"
#include "scoring_service/domain/score_query.h"
#include "scoring_service/domain/tally.h"

namespace hoiam::scoring {

// The numbers are those of hoiam.scoring.v1.Formula.
enum class Formula { kNet = 1, kTopBox = 2, kIndex = 3, kMean = 4, kWeighted = 5, kRescaled = 6, kOwn = 7 };

// One metric as a question names it: its versions, and how it shall be counted.
struct MetricView {
  std::vector<const MetricDef*> versions;  // ascending, not empty
  Formula formula = Formula::kNet;
  int formula_version = 0;  // 0: each answer by the version in force when it was stored; else all by this one

  const std::string& id() const { return versions.back()->id; }
  bool csi() const { return id() == kCsi; }
  // What says how answers that were stored under `version` count. The latest one for a version that is not known.
  const MetricDef& DefFor(int version) const;
  // Names and order of the parts, and the scale: the same in every version.
  const MetricDef& shape() const { return DefFor(versions.back()->version); }
};

// NPS: NET. CSAT, CES, EXPECTATION, IDEAL_GAP: TOP_BOX. CSI: WEIGHTED. A tenant's own: OWN.
Formula DefaultFormula(absl::string_view metric);
// What else may be asked for: INDEX for CES, RESCALED for CSI, MEAN for what has a scale of scores. There is no mean of
// EXPECTATION (that would be one of ratios), of IDEAL_GAP, and of CSI but its own.
bool HasFormula(absl::string_view metric, Formula formula);

// A part with what is in it, over all versions.
struct PartTally {
  std::string name;
  Band band = Band::kNone;
  int64_t count = 0;
  Represented money;
};

// The parts with the weights that they have by version; parts without answers too, those of every version that counts.
WeightedCounts WeightedPartsOf(const MetricView& metric, const TallyByVersion& tallies);
// By part, in the order of the scale.
std::vector<PartTally> SharesOf(const MetricView& metric, const TallyByVersion& tallies);
// All versions in one, for what does not depend on them.
Tally Together(const TallyByVersion& tallies);
int64_t AnswersIn(const TallyByVersion& tallies);

// Everything but CSI, whose figure is made of its attributes (csi.h). nullopt without answers.
std::optional<Figure> FigureOf(const MetricView& metric, const TallyByVersion& tallies);

// How far a score can reach: 100·weights, or the scale for a mean; CSI 10 … 100, rescaled 0 … 100.
ScoreInterval RangeOf(const MetricView& metric);

}  // namespace hoiam::scoring
