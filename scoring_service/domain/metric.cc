#include "scoring_service/domain/metric.h"

#include <numeric>

namespace hoiam::scoring {
namespace {

constexpr std::array<absl::string_view, 13> kBands = {"",        "DETRACTOR",    "PASSIVE", "PROMOTER", "SATISFIED",
                                                      "NEUTRAL", "DISSATISFIED", "EASY",    "MODERATE", "DIFFICULT",
                                                      "HAPPY",   "INDIFFERENT",  "UNHAPPY"};

const std::vector<MetricDef>& Builtins() {
  static const auto* all = new std::vector<MetricDef>{
      {kNps,
       1,
       0,
       10,
       {{"detractors", Band::kDetractor, 0, 6, -1},
        {"passives", Band::kPassive, 7, 8, 0},
        {"promoters", Band::kPromoter, 9, 10, 1}}},
      {kCsat,
       1,
       1,
       5,
       {{"dissatisfied", Band::kDissatisfied, 1, 2, 0},
        {"neutral", Band::kNeutral, 3, 3, 0},
        {"satisfied", Band::kSatisfied, 4, 5, 1}}},
      {kCes,
       1,
       1,
       7,
       {{"difficult", Band::kDifficult, 1, 3, 0},
        {"moderate", Band::kModerate, 4, 4, 0},
        {"easy", Band::kEasy, 5, 7, 1}}},
      {kCsi,
       1,
       1,
       10,
       {{"dissatisfied", Band::kDissatisfied, 1, 4, 0},
        {"neutral", Band::kNeutral, 5, 7, 0},
        {"satisfied", Band::kSatisfied, 8, 10, 1}}},
      {kExpectation,
       1,
       0,
       2,
       {{"below", Band::kNone, 0, 0, 0}, {"at", Band::kNone, 1, 1, 1}, {"above", Band::kNone, 2, 2, 1}}},
      {kIdealGap, 1, 0, 1, {{"nothing_missing", Band::kNone, 0, 0, 0}, {"names_something", Band::kNone, 1, 1, 1}}},
  };
  return *all;
}

}  // namespace

Band ParseBand(absl::string_view name) {
  for (size_t i = 1; i < kBands.size(); ++i)
    if (kBands[i] == name) return static_cast<Band>(i);
  return Band::kNone;
}

bool IsUnhappy(Band b) {
  return b == Band::kDetractor || b == Band::kDissatisfied || b == Band::kDifficult || b == Band::kUnhappy;
}

bool IsHappy(Band b) { return b == Band::kPromoter || b == Band::kSatisfied || b == Band::kEasy || b == Band::kHappy; }

const MetricDef* FindBuiltin(absl::string_view id) {
  for (const MetricDef& def : Builtins())
    if (def.id == id) return &def;
  return nullptr;
}

const MetricDef& CesIndex() {
  static const auto* def = new MetricDef{kCes,
                                         1,
                                         1,
                                         7,
                                         {{"difficult", Band::kDifficult, 1, 3, -1},
                                          {"moderate", Band::kModerate, 4, 5, 0},
                                          {"easy", Band::kEasy, 6, 7, 1}}};
  return *def;
}

void MetricBook::Add(MetricDef def) {
  auto& versions = own_[def.id];
  const int version = def.version;
  versions.insert_or_assign(version, std::move(def));
}

std::vector<const MetricDef*> MetricBook::Versions(absl::string_view id) const {
  if (const MetricDef* def = FindBuiltin(id)) return {def};
  std::vector<const MetricDef*> all;
  if (const auto it = own_.find(id); it != own_.end())
    for (const auto& [version, def] : it->second) all.push_back(&def);
  return all;
}

std::vector<std::string> MetricBook::Own() const {
  std::vector<std::string> ids;
  for (const auto& [id, versions] : own_) ids.push_back(id);
  return ids;
}

const Part& PartOf(const MetricDef& def, int value) {
  for (const Part& part : def.parts)
    if (value <= part.high) return part;
  return def.parts.back();
}

int64_t Total(const Counts& counts) { return std::accumulate(counts.begin(), counts.end(), int64_t{0}); }

int64_t CountIn(const Counts& counts, const Part& part) {
  return std::accumulate(counts.begin() + part.low, counts.begin() + part.high + 1, int64_t{0});
}

}  // namespace hoiam::scoring
