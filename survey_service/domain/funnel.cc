#include "survey_service/domain/funnel.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace hoiam::survey {
namespace {

// Never negative: what was taken back can be counted on another day than what it takes back.
int64_t CountOf(const Counts& counts, const std::string& item) {
  const auto it = counts.find(item);
  return it == counts.end() ? 0 : std::max<int64_t>(it->second, 0);
}

// With 3 decimals; nullopt when there is no whole.
std::optional<double> Percent(int64_t part, int64_t whole) {
  if (whole == 0) return std::nullopt;
  return std::round(100'000.0 * static_cast<double>(part) / static_cast<double>(whole)) / 1000;
}

bool OnlyWhenReported(absl::string_view item) { return item == kDeliveredItem || item == kOpenedItem; }

}  // namespace

std::vector<FunnelStep> FunnelSteps(const Counts& counts) {
  std::vector<FunnelStep> steps;
  int64_t further = 0;
  for (auto item = kFunnelSteps.rbegin(); item != kFunnelSteps.rend(); ++item) {
    const int64_t reported = CountOf(counts, *item);
    if (OnlyWhenReported(*item) && reported == 0) continue;
    further = std::max(further, reported);
    steps.push_back({*item, further});
  }
  std::reverse(steps.begin(), steps.end());
  std::optional<int64_t> sent;
  for (size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].item == kSentItem) sent = steps[i].count;
    if (i > 0) steps[i].percent_of_previous = Percent(steps[i].count, steps[i - 1].count);
    if (sent) steps[i].percent_of_sent = Percent(steps[i].count, *sent);
  }
  return steps;
}

std::vector<FunnelSkip> FunnelSkips(const Counts& counts) {
  std::vector<FunnelSkip> skips;
  for (const auto& [item, n] : counts) {
    if (n > 0 && absl::StartsWith(item, kSkipPrefix)) skips.push_back({item.substr(sizeof(kSkipPrefix) - 1), n});
  }
  std::stable_sort(skips.begin(), skips.end(),
                   [](const FunnelSkip& a, const FunnelSkip& b) { return a.count > b.count; });
  return skips;
}

std::vector<QuestionDropOff> DropOff(const Counts& counts, const std::vector<std::string>& questions) {
  std::vector<std::string> ids = questions;
  const std::set<std::string> known(questions.begin(), questions.end());
  for (const auto& [item, n] : counts) {
    if (n <= 0 || !absl::StartsWith(item, kShownPrefix)) continue;
    std::string id = item.substr(sizeof(kShownPrefix) - 1);
    if (!known.count(id)) ids.push_back(std::move(id));
  }
  std::vector<QuestionDropOff> rows;
  for (const std::string& id : ids) {
    QuestionDropOff row{id, CountOf(counts, absl::StrCat(kShownPrefix, id))};
    row.answered = std::min(row.shown, CountOf(counts, absl::StrCat(kAnsweredPrefix, id)));
    row.drop_off_percent = Percent(row.shown - row.answered, row.shown);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace hoiam::survey
