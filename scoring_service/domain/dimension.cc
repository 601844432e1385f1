#include "scoring_service/domain/dimension.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace hoiam::scoring {
namespace {

constexpr std::array<absl::string_view, kDimensions> kNames = {
    "survey", "touchpoint", "channel", "segment", "team", "collectedBy", "usageStatus", "icpFit", "stage"};
constexpr std::array<absl::string_view, kDimensions> kFilterNames = {
    "survey", "touchpoint", "channel", "segment", "team", "collected_by", "usage_status", "icp_fit", "stage"};

std::vector<Cut> MakeCuts() {
  std::vector<Cut> cuts = {{0, {}, true}};
  for (int d = 0; d < 8; ++d) cuts.push_back({1 + d, {static_cast<Dimension>(d)}, true});
  cuts.push_back({9, {Dimension::kStage, Dimension::kTouchpoint}, true});
  for (int d = 1; d < 8; ++d) cuts.push_back({20 + d, {Dimension::kSurvey, static_cast<Dimension>(d)}, false});
  return cuts;
}

}  // namespace

absl::string_view NameOf(Dimension d) { return kNames[static_cast<size_t>(d)]; }

absl::string_view FilterNameOf(Dimension d) { return kFilterNames[static_cast<size_t>(d)]; }

std::optional<Dimension> ParseDimension(absl::string_view name) {
  for (int d = 0; d < kDimensions; ++d)
    if (kNames[d] == name || kFilterNames[d] == name) return static_cast<Dimension>(d);
  return std::nullopt;
}

const std::vector<Cut>& KeptCuts() {
  static const auto* cuts = new std::vector<Cut>(MakeCuts());
  return *cuts;
}

const Cut* FindCut(const std::vector<Dimension>& dimensions, bool items) {
  const Cut* prefix = nullptr;
  for (const Cut& cut : KeptCuts()) {
    if (items && !cut.has_items) continue;
    const auto& mine = cut.dimensions;
    if (std::is_permutation(mine.begin(), mine.end(), dimensions.begin(), dimensions.end())) return &cut;
    if (dimensions.size() == 1 && mine.size() == 2 && mine[0] == dimensions[0] && !prefix) prefix = &cut;
  }
  return prefix;
}

bool IsBelow(absl::string_view touchpoint, absl::string_view root) {
  return touchpoint == root || (absl::StartsWith(touchpoint, root) && touchpoint[root.size()] == '.');
}

bool IsSubtree(Dimension d, absl::string_view value, absl::string_view* root) {
  if (d != Dimension::kTouchpoint || !absl::ConsumeSuffix(&value, ".*")) return false;
  if (root) *root = value;
  return true;
}

bool IsOfPeople(Dimension d) { return d == Dimension::kSegment || d == Dimension::kTeam || d == Dimension::kIcpFit; }

bool Matches(Dimension d, absl::string_view value, absl::string_view wanted) {
  absl::string_view root;
  return IsSubtree(d, wanted, &root) ? IsBelow(value, root) : value == wanted;
}

CutKey KeyIn(const Cut& cut, const DimensionValues& values) {
  const auto value = [&](size_t i) {
    return i < cut.dimensions.size() ? values[static_cast<size_t>(cut.dimensions[i])] : std::string();
  };
  return {value(0), value(1)};
}

}  // namespace hoiam::scoring
