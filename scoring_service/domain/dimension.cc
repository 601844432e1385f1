#include "scoring_service/domain/dimension.h"

#include <algorithm>

namespace hoiam::scoring {
namespace {

constexpr std::array<absl::string_view, kDimensions> kNames = {"survey",  "touchpoint", "channel",
                                                               "segment", "team",       "collectedBy"};

std::vector<Cut> MakeCuts() {
  std::vector<Cut> cuts = {{0, {}}};
  for (int d = 0; d < kDimensions; ++d) cuts.push_back({1 + d, {static_cast<Dimension>(d)}});
  for (int d = 1; d < kDimensions; ++d) cuts.push_back({20 + d, {Dimension::kSurvey, static_cast<Dimension>(d)}});
  return cuts;
}

}  // namespace

absl::string_view NameOf(Dimension d) { return kNames[static_cast<size_t>(d)]; }

std::optional<Dimension> ParseDimension(absl::string_view name) {
  const auto it = std::find(kNames.begin(), kNames.end(), name);
  if (it == kNames.end()) return std::nullopt;
  return static_cast<Dimension>(it - kNames.begin());
}

const std::vector<Cut>& KeptCuts() {
  static const auto* cuts = new std::vector<Cut>(MakeCuts());
  return *cuts;
}

const Cut* FindCut(const std::vector<Dimension>& dimensions) {
  for (const Cut& cut : KeptCuts())
    if (std::is_permutation(cut.dimensions.begin(), cut.dimensions.end(), dimensions.begin(), dimensions.end()))
      return &cut;
  return nullptr;
}

CutKey KeyIn(const Cut& cut, const DimensionValues& values) {
  const auto value = [&](size_t i) {
    return i < cut.dimensions.size() ? values[static_cast<size_t>(cut.dimensions[i])] : std::string();
  };
  return {value(0), value(1)};
}

}  // namespace hoiam::scoring
