#include "survey_service/domain/metric_definition.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

constexpr absl::string_view kCountedByHoiam[] = {"EXPECTATION", "IDEAL_GAP", "CSI_IMPORTANCE", "CSI_CHOSEN"};

using Problems = std::vector<Problem>;

void Add(Problems& out, std::string path, absl::string_view reason, std::string description) {
  out.push_back({std::move(path), std::string(reason), std::move(description), {}});
}

bool IsPartName(absl::string_view name) {
  return !name.empty() && name.size() <= kMaxMetricPartName && absl::ascii_islower(name[0]) &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_'; });
}

bool IsWeight(double w) {
  if (!(w >= -1 && w <= 1)) return false;  // nor NaN
  const double thousandths = w * 1000;
  return std::abs(thousandths - std::round(thousandths)) < 1e-9;
}

void CheckScale(const ScoreRange& scale, Problems& out) {
  const std::string range = absl::StrCat("must be a whole number, 0 to ", kMaxMetricScore);
  if (scale.min < 0 || scale.min > kMaxMetricScore) Add(out, "min", "OUT_OF_RANGE", range);
  if (scale.max < 0 || scale.max > kMaxMetricScore) Add(out, "max", "OUT_OF_RANGE", range);
  if (scale.max <= scale.min) Add(out, "max", "EMPTY_RANGE", "must be higher than min");
}

void CheckBounds(const Metric& m, size_t i, const std::string& at, Problems& out) {
  const Metric::Part& p = m.parts[i];
  const int64_t from = i == 0 ? m.scale.min : int64_t{m.parts[i - 1].high} + 1;
  if (p.low != from)
    Add(out, at + ".low", p.low > from ? "SCALE_GAP" : "PARTS_OVERLAP",
        absl::StrCat("must be ", from, ": parts cover the scale lowest first, without gap or overlap"));
  if (p.high < p.low) Add(out, at + ".high", "EMPTY_RANGE", "must be low or higher");
  if (i + 1 == m.parts.size() && p.high != m.scale.max)
    Add(out, at + ".high", p.high < m.scale.max ? "SCALE_GAP" : "OUT_OF_RANGE",
        absl::StrCat("of the last part must be max, ", m.scale.max));
}

}  // namespace

bool IsMetricId(absl::string_view id) {
  return id.size() >= kMinMetricId && id.size() <= kMaxMetricId && absl::ascii_isupper(id[0]) &&
         std::all_of(id.begin(), id.end(),
                     [](char c) { return absl::ascii_isupper(c) || absl::ascii_isdigit(c) || c == '_'; });
}

bool IsTakenMetricId(absl::string_view id) {
  return FindBuiltInMetric(id) != nullptr ||
         std::find(std::begin(kCountedByHoiam), std::end(kCountedByHoiam), id) != std::end(kCountedByHoiam);
}

std::vector<Problem> CheckDefinition(const Metric& m) {
  Problems out;
  CheckScale(m.scale, out);
  if (m.parts.size() < kMinMetricParts || m.parts.size() > kMaxMetricParts) {
    out.push_back({"parts",
                   m.parts.size() < kMinMetricParts ? "TOO_FEW" : "TOO_MANY",
                   absl::StrCat("a metric has ", kMinMetricParts, " to ", kMaxMetricParts, " parts"),
                   {{"min", absl::StrCat(kMinMetricParts)}, {"max", absl::StrCat(kMaxMetricParts)}}});
    return out;
  }
  std::set<std::string> names;
  std::set<double> weights;
  for (size_t i = 0; i < m.parts.size(); ++i) {
    const Metric::Part& p = m.parts[i];
    const std::string at = absl::StrCat("parts[", i, "]");
    if (!IsPartName(p.name))
      Add(out, at + ".name", p.name.empty() ? "REQUIRED" : "INVALID_NAME",
          absl::StrCat("must be 1 to ", kMaxMetricPartName, " of a-z, 0-9, '_', with a letter first"));
    else if (!names.insert(p.name).second)
      Add(out, at + ".name", "DUPLICATE_NAME", "is the name of a part before it");
    if (p.mood == Mood::kUnspecified) Add(out, at + ".mood", "REQUIRED", "must be UNHAPPY, INDIFFERENT or HAPPY");
    CheckBounds(m, i, at, out);
    if (!IsWeight(p.weight))
      Add(out, at + ".weight", "OUT_OF_RANGE", "must lie within -1 and 1, with at most 3 decimals");
    weights.insert(std::isnan(p.weight) ? 2 : p.weight);
  }
  if (weights.size() == 1) Add(out, "parts", "WEIGHTS_ALL_EQUAL", "with one weight for all, every score is the same");
  return out;
}

std::vector<Problem> CheckFixed(const Metric& before, const Metric& after) {
  constexpr char kReason[] = "METRIC_FIXED";
  Problems out;
  if (before.scale.min != after.scale.min) Add(out, "min", kReason, "is fixed once made; make another metric");
  if (before.scale.max != after.scale.max) Add(out, "max", kReason, "is fixed once made; make another metric");
  if (before.parts.size() != after.parts.size()) {
    Add(out, "parts", kReason, absl::StrCat("must be ", before.parts.size(), ", as they were made"));
    return out;
  }
  for (size_t i = 0; i < before.parts.size(); ++i) {
    const std::string at = absl::StrCat("parts[", i, "]");
    if (before.parts[i].name != after.parts[i].name)
      Add(out, at + ".name", kReason, absl::StrCat("must be '", before.parts[i].name, "', as it was made"));
    if (before.parts[i].mood != after.parts[i].mood)
      Add(out, at + ".mood", kReason, absl::StrCat("must be ", MoodName(before.parts[i].mood), ", as it was made"));
  }
  return out;
}

bool IsAnotherFormula(const Metric& before, const Metric& after) {
  return !std::equal(before.parts.begin(), before.parts.end(), after.parts.begin(), after.parts.end(),
                     [](const Metric::Part& a, const Metric::Part& b) {
                       return a.low == b.low && a.high == b.high && a.weight == b.weight;
                     });
}

}  // namespace hoiam::survey
