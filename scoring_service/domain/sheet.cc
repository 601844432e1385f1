#include "scoring_service/domain/sheet.h"

#include <algorithm>
#include <unordered_set>

#include "scoring_service/domain/observation.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {
namespace {

bool Later(const Answer* a, const Answer* b) {
  return a->responded_at != b->responded_at ? a->responded_at > b->responded_at : a->response_id > b->response_id;
}

}  // namespace

Standings StandingsOf(const std::vector<const Answer*>& answers) {
  struct Said {
    const Answer* answer = nullptr;
    const Observation* main = nullptr;
  };
  struct Two {
    Said last, previous;
    int64_t count = 0;
  };
  std::map<std::string, Two, std::less<>> by_metric;
  const auto note = [&](const Answer* a, absl::string_view metric) {
    const Observation* main = MainOf(metric, a->observations);
    if (!main) return;
    Two& two = by_metric[main->metric];
    ++two.count;
    if (!two.last.answer || Later(a, two.last.answer)) {
      two.previous = two.last;
      two.last = {a, main};
    } else if (!two.previous.answer || Later(a, two.previous.answer)) {
      two.previous = {a, main};
    }
  };
  for (const Answer* a : answers) {
    if (a->voided) continue;
    note(a, a->metric);
    if (a->metric != kCsi) note(a, kCsi);
  }
  Standings out;
  for (const auto& [metric, two] : by_metric) {
    const Answer& last = *two.last.answer;
    Standing s{two.last.main->value, BandOf(last, *two.last.main), last.responded_at, last.full_effects};
    if (two.previous.main) s.previous = two.previous.main->value;
    s.scope = last.scope;
    s.responses = two.count;
    if (metric == kCsi) s.csi = OwnCsi(last.observations);
    s.comment = last.comment;
    out[metric] = std::move(s);
  }
  return out;
}

const Answer* LastOf(const std::vector<const Answer*>& answers, absl::string_view metric) {
  const Answer* last = nullptr;
  for (const Answer* a : answers)
    if (!a->voided && a->score && a->metric == metric && (!last || Later(a, last))) last = a;
  return last;
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
  sheet.contacted = false;
  for (const CaseStanding& c : cases) {
    if (c.open) ++sheet.open_cases;
    if (c.open && c.detractor) ++sheet.open_detractor_cases;
    if (c.resolved_at) sheet.last_resolved_at = std::max(sheet.last_resolved_at, c.resolved_at);
    if (!c.open || !c.act_by || (sheet.act_by && *sheet.act_by <= *c.act_by)) continue;
    sheet.act_by = c.act_by;
    sheet.contacted = c.contacted;
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
