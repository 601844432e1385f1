#include "survey_service/domain/metric.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hoiam::survey {
namespace {

MetricPtr BuiltIn(std::string id, Words name, ScoreRange scale, std::vector<Metric::Part> parts, Scope scope) {
  return std::make_shared<const Metric>(
      Metric{std::move(id), std::move(name), scale, std::move(parts), scope, /*version=*/1});
}

}  // namespace

bool ScoreRange::Holds(double score) const { return score >= min && score <= max && std::floor(score) == score; }

const std::vector<MetricPtr>& BuiltInMetrics() {
  using enum Mood;
  static const auto* all =
      new std::vector<MetricPtr>{BuiltIn("NPS", {"Sẵn lòng giới thiệu (NPS)", "Net promoter score (NPS)"}, {0, 10},
                                         {{"detractors", kUnhappy, 0, 6, -1, "DETRACTOR"},
                                          {"passives", kIndifferent, 7, 8, 0, "PASSIVE"},
                                          {"promoters", kHappy, 9, 10, 1, "PROMOTER"}},
                                         Scope::kRelationship),
                                 BuiltIn("CSAT", {"Mức độ hài lòng (CSAT)", "Customer satisfaction (CSAT)"}, {1, 5},
                                         {{"dissatisfied", kUnhappy, 1, 2, 0, "DISSATISFIED"},
                                          {"neutral", kIndifferent, 3, 3, 0, "NEUTRAL"},
                                          {"satisfied", kHappy, 4, 5, 1, "SATISFIED"}},
                                         Scope::kTouchpoint),
                                 BuiltIn("CES", {"Mức độ dễ dàng (CES)", "Customer effort score (CES)"}, {1, 7},
                                         {{"difficult", kUnhappy, 1, 3, 0, "DIFFICULT"},
                                          {"moderate", kIndifferent, 4, 4, 0, "MODERATE"},
                                          {"easy", kHappy, 5, 7, 1, "EASY"}},
                                         Scope::kService),
                                 BuiltIn("CSI", {"Chỉ số hài lòng (CSI)", "Customer satisfaction index (CSI)"}, {1, 10},
                                         {}, Scope::kRelationship)};
  return *all;
}

MetricPtr FindBuiltInMetric(absl::string_view id) {
  for (const MetricPtr& m : BuiltInMetrics())
    if (m->id == id) return m;
  return nullptr;
}

bool HasScore(const Metric& metric) { return !metric.parts.empty(); }

absl::string_view BandOf(const Metric& metric, int score) {
  for (const Metric::Part& p : metric.parts)
    if (score >= p.low && score <= p.high) return p.band;
  return "";
}

bool IsLowest(const Metric& metric, int score) {
  int unhappy = 0, below = 0;  // scores that say so, and those of them under this one
  bool is_one = false;
  for (const Metric::Part& p : metric.parts) {
    if (p.mood != Mood::kUnhappy) continue;
    unhappy += p.high - p.low + 1;
    below += std::clamp(score - p.low, 0, p.high - p.low + 1);
    is_one |= score >= p.low && score <= p.high;
  }
  return is_one && 3 * below < unhappy;
}

std::vector<std::string> BandsOf(const Metric& metric) {
  std::vector<std::string> bands;
  for (const Metric::Part& p : metric.parts)
    if (std::find(bands.begin(), bands.end(), p.band) == bands.end()) bands.push_back(p.band);
  return bands;
}

absl::string_view MoodName(Mood mood) {
  switch (mood) {
    case Mood::kUnhappy:
      return "UNHAPPY";
    case Mood::kIndifferent:
      return "INDIFFERENT";
    case Mood::kHappy:
      return "HAPPY";
    case Mood::kUnspecified:
      break;
  }
  return "";
}

void MetricBook::Add(MetricPtr metric) {
  if (metric) own_.insert_or_assign(metric->id, metric);
}

MetricPtr MetricBook::Find(absl::string_view id) const {
  const auto it = own_.find(id);
  return it == own_.end() ? FindBuiltInMetric(id) : it->second;
}

}  // namespace hoiam::survey
