// What figures are cut by, and the cuts that are kept as rollups.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace hoiam::scoring {

// The numbers are stored (in cuts).
enum class Dimension { kSurvey = 0, kTouchpoint = 1, kChannel = 2, kSegment = 3, kTeam = 4, kCollectedBy = 5 };
inline constexpr int kDimensions = 6;

// By Dimension; "" where the answer has none.
using DimensionValues = std::array<std::string, kDimensions>;

// As callers write it: "survey", "collectedBy".
absl::string_view NameOf(Dimension d);
std::optional<Dimension> ParseDimension(absl::string_view name);

// A kept cut: everything, one dimension, or survey with one other. The number is stored.
struct Cut {
  int id = 0;
  std::vector<Dimension> dimensions;  // in the order of the keys
};

// Total, six single dimensions, survey with each of the five others.
const std::vector<Cut>& KeptCuts();
// The cut over exactly these dimensions (in any order); nullptr when it is not kept.
const Cut* FindCut(const std::vector<Dimension>& dimensions);

// Where an answer is counted within a cut; unused keys are "".
struct CutKey {
  std::string key1, key2;
  friend bool operator==(const CutKey& a, const CutKey& b) { return a.key1 == b.key1 && a.key2 == b.key2; }
  friend bool operator<(const CutKey& a, const CutKey& b) {
    return a.key1 != b.key1 ? a.key1 < b.key1 : a.key2 < b.key2;
  }
};
CutKey KeyIn(const Cut& cut, const DimensionValues& values);

}  // namespace hoiam::scoring
