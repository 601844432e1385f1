#include "scoring_service/domain/sheet.h"

#include <algorithm>
#include <unordered_set>

#include "scoring_service/limits.h"

namespace hoiam::scoring {
namespace {

bool Later(const Answer* a, const Answer* b) {
  return a->responded_at != b->responded_at ? a->responded_at > b->responded_at : a->response_id > b->response_id;
}

}  // namespace

Standings StandingsOf(const std::vector<const Answer*>& answers) {
  struct Two {
    const Answer *last = nullptr, *previous = nullptr;
    int64_t count = 0;
  };
  std::map<std::string, Two> by_metric;
  for (const Answer* a : answers) {
    if (a->voided || !a->score || a->metric.empty()) continue;
    Two& two = by_metric[a->metric];
    ++two.count;
    if (!two.last || Later(a, two.last)) {
      two.previous = two.last;
      two.last = a;
    } else if (!two.previous || Later(a, two.previous)) {
      two.previous = a;
    }
  }
  Standings out;
  for (const auto& [metric, two] : by_metric) {
    Standing s{*two.last->score, two.last->band, two.last->responded_at, two.last->full_effects};
    if (two.previous) s.previous = two.previous->score;
    s.scope = two.last->scope;
    s.responses = two.count;
    s.comment = two.last->comment;
    out[metric] = std::move(s);
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
  sheet.act_by.reset();
  for (const CaseStanding& c : cases) {
    if (c.open) ++sheet.open_cases;
    if (c.open && c.detractor) ++sheet.open_detractor_cases;
    if (c.resolved_at) sheet.last_resolved_at = std::max(sheet.last_resolved_at, c.resolved_at);
    if (c.open && c.act_by && (!sheet.act_by || *c.act_by < *sheet.act_by)) sheet.act_by = c.act_by;
  }
}

std::string UnresolvedMetric(const Sheet& sheet) {
  const std::pair<const std::string, Standing>* found = nullptr;
  for (const auto& one : sheet.standings) {
    const Standing& s = one.second;
    if (!s.full_effects || !IsUnhappy(s.band)) continue;
    if (sheet.last_resolved_at && *sheet.last_resolved_at > s.responded_at) continue;
    if (!found || s.responded_at > found->second.responded_at) found = &one;
  }
  return found ? found->first : "";
}

SellBlock SellBlockOf(const Sheet& sheet) {
  if (sheet.open_detractor_cases > 0) return SellBlock::kOpenCase;
  return UnresolvedMetric(sheet).empty() ? SellBlock::kNone : SellBlock::kUnresolvedDetractor;
}

bool IsStale(const Standing& standing, absl::Time now) { return now - standing.responded_at > kStaleAfter; }

}  // namespace hoiam::scoring
