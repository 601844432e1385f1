#include "scoring_service/domain/formula.h"

#include <algorithm>
#include <cmath>

namespace hoiam::scoring {
namespace {

int ToThousandths(double weight) { return static_cast<int>(std::lround(weight * 1000)); }

}  // namespace

const MetricDef& MetricView::DefFor(int version) const {
  if (id() == kCes && formula == Formula::kIndex) return CesIndex();
  if (formula_version != 0) version = formula_version;
  for (const MetricDef* def : versions)
    if (def->version == version) return *def;
  return *versions.back();
}

Formula DefaultFormula(absl::string_view metric) {
  if (metric == kNps) return Formula::kNet;
  if (metric == kCsi) return Formula::kWeighted;
  return FindBuiltin(metric) ? Formula::kTopBox : Formula::kOwn;
}

bool HasFormula(absl::string_view metric, Formula formula) {
  if (formula == DefaultFormula(metric)) return true;
  switch (formula) {
    case Formula::kIndex:
      return metric == kCes;
    case Formula::kRescaled:
      return metric == kCsi;
    case Formula::kMean:
      return metric != kCsi && metric != kExpectation && metric != kIdealGap;
    default:
      return false;
  }
}

WeightedCounts WeightedPartsOf(const MetricView& metric, const TallyByVersion& tallies) {
  WeightedCounts parts;
  const auto add = [&](const MetricDef& def, const Counts& counts) {
    for (const Part& p : def.parts) parts.push_back({ToThousandths(p.weight), CountIn(counts, p)});
  };
  for (const auto& [version, tally] : tallies) add(metric.DefFor(version), tally.counts);
  if (parts.empty()) add(metric.shape(), Counts{});
  return parts;
}

std::vector<PartTally> SharesOf(const MetricView& metric, const TallyByVersion& tallies) {
  std::vector<PartTally> shares;
  for (const Part& p : metric.shape().parts) shares.push_back({p.name, p.band, 0, {}});
  for (const auto& [version, tally] : tallies) {
    const MetricDef& def = metric.DefFor(version);
    for (size_t i = 0; i < shares.size() && i < def.parts.size(); ++i) {
      shares[i].count += CountIn(tally.counts, def.parts[i]);
      for (const auto& [currency, money] : tally.money)
        AddMoney(shares[i].money, currency, MoneyIn(money, def.parts[i]));
    }
  }
  return shares;
}

Tally Together(const TallyByVersion& tallies) {
  Tally all;
  for (const auto& [version, tally] : tallies) all.Merge(tally);
  return all;
}

int64_t AnswersIn(const TallyByVersion& tallies) {
  int64_t n = 0;
  for (const auto& [version, tally] : tallies) n += Total(tally.counts);
  return n;
}

std::optional<Figure> FigureOf(const MetricView& metric, const TallyByVersion& tallies) {
  if (metric.formula == Formula::kMean) return MeanOf(Together(tallies).counts, metric.shape().min, metric.shape().max);
  return FigureOf(WeightedPartsOf(metric, tallies));
}

ScoreInterval RangeOf(const MetricView& metric) {
  if (metric.formula == Formula::kWeighted) return {10, 100};
  if (metric.formula == Formula::kRescaled) return {0, 100};
  if (metric.formula == Formula::kMean) return {double(metric.shape().min), double(metric.shape().max)};
  ScoreInterval range = {100, -100};
  for (const MetricDef* def : metric.versions)
    for (const Part& p : metric.DefFor(def->version).parts) {
      range.low = std::min(range.low, 100 * p.weight);
      range.high = std::max(range.high, 100 * p.weight);
    }
  return range;
}

}  // namespace hoiam::scoring
