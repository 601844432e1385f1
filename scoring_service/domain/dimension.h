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
enum class Dimension {
  kSurvey = 0,
  kTouchpoint = 1,
  kChannel = 2,
  kSegment = 3,
  kTeam = 4,
  kCollectedBy = 5,
  kUsageStatus = 6,
  kIcpFit = 7,
  kStage = 8,
};
inline constexpr int kDimensions = 9;

// By Dimension; "" where the answer has none.
using DimensionValues = std::array<std::string, kDimensions>;

// As callers write it: "survey", "collectedBy".
absl::string_view NameOf(Dimension d);
// As filters spell it: "collected_by".
absl::string_view FilterNameOf(Dimension d);
// Also as a filter spells it: "collected_by".
std::optional<Dimension> ParseDimension(absl::string_view name);

// A kept cut: everything, one dimension, stage with touchpoint, or survey with one other. The number is stored.
struct Cut {
  int id = 0;
  std::vector<Dimension> dimensions;  // in the order of the keys
  // Whether parts of the answers (reasons, attributes) are kept in it, and not only all of them.
  bool has_items = false;
};

// Total, eight single dimensions, stage with touchpoint, survey with each of the other seven.
const std::vector<Cut>& KeptCuts();
// The cut that serves these dimensions (in any order): one over exactly them, or over them as the first of its keys;
// nullptr when none is kept. With `items`, only cuts that keep parts of the answers.
const Cut* FindCut(const std::vector<Dimension>& dimensions, bool items = false);

// Where an answer is counted within a cut; unused keys are "".
struct CutKey {
  std::string key1, key2;
  friend bool operator==(const CutKey& a, const CutKey& b) { return a.key1 == b.key1 && a.key2 == b.key2; }
  friend bool operator<(const CutKey& a, const CutKey& b) {
    return a.key1 != b.key1 ? a.key1 < b.key1 : a.key2 < b.key2;
  }
};
CutKey KeyIn(const Cut& cut, const DimensionValues& values);

// Whether a touchpoint is `root` or lies below it: "store.checkout" is below "store".
bool IsBelow(absl::string_view touchpoint, absl::string_view root);
// What a filter on a touchpoint asks for: "store.*" is store with all below it, and then `root` is "store".
bool IsSubtree(Dimension d, absl::string_view value, absl::string_view* root = nullptr);
// Whether a customer has it by itself: segment, team, icpFit.
bool IsOfPeople(Dimension d);
// Whether an answer with this value passes a filter.
bool Matches(Dimension d, absl::string_view value, absl::string_view wanted);

}  // namespace hoiam::scoring
