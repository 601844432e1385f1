#include "scoring_service/domain/sheet.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "scoring_service/limits.h"

namespace hoiam::scoring {

Standings StandingsOf(const std::vector<const Answer*>& answers) {
  const auto later = [](const Answer* a, const Answer* b) {
    return a->responded_at != b->responded_at ? a->responded_at > b->responded_at : a->response_id > b->response_id;
  };
  Standings out;
  for (size_t i = 0; i < kMetrics.size(); ++i) {
    const Answer *last = nullptr, *previous = nullptr;
    for (const Answer* a : answers) {
      if (!a->counted() || a->metric != kMetrics[i]) continue;
      if (!last || later(a, last)) {
        previous = last;
        last = a;
      } else if (!previous || later(a, previous)) {
        previous = a;
      }
    }
    if (!last) continue;
    out[i] = Standing{*last->score, last->responded_at, last->full_effects,
                      previous ? previous->score : std::optional<int>()};
  }
  return out;
}

int64_t CountRated(const std::vector<const Answer*>& answers, const std::vector<const Spend*>& interactions) {
  std::unordered_set<std::string> answered;
  for (const Answer* a : answers)
    if (a->counted() && !a->interaction_id.empty()) answered.insert(a->interaction_id);
  return std::count_if(interactions.begin(), interactions.end(),
                       [&](const Spend* s) { return !s->voided && answered.count(s->interaction_id) > 0; });
}

void CountCases(const std::vector<CaseStanding>& cases, Sheet& sheet) {
  sheet.open_cases = sheet.open_detractor_cases = 0;
  sheet.last_resolved_at.reset();
  for (const CaseStanding& c : cases) {
    if (c.open) ++sheet.open_cases;
    if (c.open && c.detractor) ++sheet.open_detractor_cases;
    if (c.resolved_at) sheet.last_resolved_at = std::max(sheet.last_resolved_at, c.resolved_at);
  }
}

std::optional<Metric> UnresolvedMetric(const Sheet& sheet) {
  std::optional<size_t> found;
  for (size_t i = 0; i < kMetrics.size(); ++i) {
    const auto& s = sheet.standings[i];
    if (!s || !s->full_effects || !IsUnhappy(kMetrics[i], s->score)) continue;
    if (sheet.last_resolved_at && *sheet.last_resolved_at > s->responded_at) continue;
    if (!found || s->responded_at > sheet.standings[*found]->responded_at) found = i;
  }
  return found ? std::optional(kMetrics[*found]) : std::nullopt;
}

SellBlock SellBlockOf(const Sheet& sheet) {
  if (sheet.open_detractor_cases > 0) return SellBlock::kOpenCase;
  return UnresolvedMetric(sheet) ? SellBlock::kUnresolvedDetractor : SellBlock::kNone;
}

bool IsStale(const Standing& standing, absl::Time now) { return now - standing.responded_at > kStaleAfter; }

}  // namespace hoiam::scoring
