#include "scoring_service/domain/csi.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "scoring_service/domain/numbers.h"

namespace hoiam::scoring {
namespace {

constexpr int kLowest = 1, kHighest = 10;  // of an attribute's scale

using Source = std::optional<double> (*)(const CsiAttribute&);

std::optional<double> Rated(const CsiAttribute& a) {
  const auto m = ScoreMoments(a.importance);
  return m ? std::optional(m->mean) : std::nullopt;
}
std::optional<double> Chosen(const CsiAttribute& a) {
  if (a.asked == 0) return std::nullopt;
  return static_cast<double>(a.chosen) / static_cast<double>(a.asked);
}
std::optional<double> Derived(const CsiAttribute& a) { return a.correlation; }

// Sets the weights by a source; false, and nothing is set, when it does not say enough.
bool Weigh(Source source, std::vector<WeightedAttribute>& attributes) {
  double sum = 0;
  for (const WeightedAttribute& a : attributes) {
    const auto importance = source(a.attribute);
    if (!importance) return false;
    sum += std::max(0.0, *importance);
  }
  if (!(sum > 0)) return false;
  for (WeightedAttribute& a : attributes) {
    a.importance = source(a.attribute);
    a.weight = std::max(0.0, *a.importance) / sum;
  }
  return true;
}

CsiWeights WeighByBest(std::vector<WeightedAttribute>& attributes) {
  if (Weigh(Rated, attributes)) return CsiWeights::kRated;
  if (Weigh(Chosen, attributes)) return CsiWeights::kChosen;
  if (Weigh(Derived, attributes)) return CsiWeights::kDerived;
  for (WeightedAttribute& a : attributes) a.weight = 1 / static_cast<double>(attributes.size());
  return CsiWeights::kEqual;
}

// The index of attributes whose weights need not make 1.
Figure IndexOf(const std::vector<const WeightedAttribute*>& attributes, CsiVariant variant) {
  const double all = std::accumulate(attributes.begin(), attributes.end(), 0.0,
                                     [](double sum, const WeightedAttribute* a) { return sum + a->weight; });
  double mean = 0, half = 0;
  for (const WeightedAttribute* a : attributes) {
    const double w = all > 0 ? a->weight / all : 1 / static_cast<double>(attributes.size());
    const Moments m = *ScoreMoments(a->attribute.scores);
    mean += w * m.mean;
    half += w * (m.n == 1 ? kHighest - kLowest : kZ95 * std::sqrt(m.variance / m.n));
  }
  const double low = std::max<double>(kLowest, mean - half), high = std::min<double>(kHighest, mean + half);
  const double factor = variant == CsiVariant::kWeighted ? 10 : 100.0 / (kHighest - kLowest);
  const double zero = variant == CsiVariant::kWeighted ? 0 : kLowest;
  const double error = factor * half / kZ95;
  return {Round3(factor * (mean - zero)),
          {factor * (low - zero), factor * (high - zero)},
          IntervalMethod::kWeightedBound,
          {factor * (mean - zero), error * error, 1}};
}

}  // namespace

int CsiObjectOf(absl::string_view name) {
  static constexpr absl::string_view kNames[] = {"product", "service", "brand"};
  const auto it = std::find(std::begin(kNames), std::end(kNames), name);
  return it == std::end(kNames) ? 0 : static_cast<int>(it - std::begin(kNames)) + 1;
}

void CsiTallies::Add(absl::string_view metric, absl::string_view item, const Counts& counts) {
  const size_t slash = item.find('/');
  const int object = CsiObjectOf(item.substr(0, slash));
  if (object == 0) return;
  if (slash == absl::string_view::npos) {
    if (metric == kCsi) responses[object] += Total(counts);
    return;
  }
  const std::string question(item.substr(slash + 1));
  CsiAttribute& a = attributes[{object, question}];
  a.object = object;
  a.question_id = question;
  if (metric == kCsiChosen) {
    a.asked += Total(counts);
    a.chosen += counts[1];
    return;
  }
  Counts& to = metric == kCsi ? a.scores : a.importance;
  for (int i = 0; i < kScores; ++i) to[i] += counts[i];
}

void CsiTallies::Merge(const CsiTallies& other) {
  for (const auto& [object, n] : other.responses) responses[object] += n;
  for (const auto& [key, theirs] : other.attributes) {
    CsiAttribute& a = attributes[key];
    a.object = theirs.object;
    a.question_id = theirs.question_id;
    for (int i = 0; i < kScores; ++i) a.scores[i] += theirs.scores[i], a.importance[i] += theirs.importance[i];
    a.asked += theirs.asked;
    a.chosen += theirs.chosen;
  }
}

std::optional<CsiFigure> CsiOf(const CsiTallies& tallies, CsiVariant variant) {
  CsiFigure out;
  for (const auto& [key, a] : tallies.attributes)
    if (const auto m = ScoreMoments(a.scores)) out.attributes.push_back({a, m->mean, 0, std::nullopt});
  if (out.attributes.empty()) return std::nullopt;
  out.weights = WeighByBest(out.attributes);
  std::vector<const WeightedAttribute*> all;
  std::map<int, std::vector<const WeightedAttribute*>> by_object;
  for (const WeightedAttribute& a : out.attributes) {
    all.push_back(&a);
    by_object[a.attribute.object].push_back(&a);
  }
  out.figure = IndexOf(all, variant);
  for (const auto& [object, its] : by_object) out.objects[object] = IndexOf(its, variant);
  return out;
}

void Correlator::Add(double x, double y) {
  n_ += 1;
  x_ += x;
  y_ += y;
  xx_ += x * x;
  yy_ += y * y;
  xy_ += x * y;
}

std::optional<double> Correlator::Value() const {
  constexpr double kNothing = 1e-9;  // what rounding leaves of a variance of 0
  if (n_ < 3) return std::nullopt;
  const double xx = xx_ - x_ * x_ / n_, yy = yy_ - y_ * y_ / n_;
  if (xx < kNothing * xx_ || yy < kNothing * yy_) return std::nullopt;
  return (xy_ - x_ * y_ / n_) / std::sqrt(xx * yy);
}

}  // namespace hoiam::scoring
