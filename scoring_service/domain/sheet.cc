#include "scoring_service/domain/sheet.h"

#include <algorithm>

#include "scoring_service/domain/observation.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {
namespace {

// The times and ids of two answers.
bool IsLater(absl::Time at, absl::string_view id, absl::Time than_at, absl::string_view than_id) {
  return at != than_at ? at > than_at : id > than_id;
}

void AddOf(absl::string_view metric, const Answer& a, Standings& standings) {
  const Observation* main = MainOf(metric, a.observations);
  if (!main) return;
  const auto is_later = [&](const auto& than) {
    return IsLater(a.responded_at, a.response_id, than.responded_at, than.response_id);
  };
  const auto [it, first] = standings.try_emplace(main->metric);
  Standing& s = it->second;
  ++s.responses;
  if (!first && !is_later(s)) {
    if (!s.previous || is_later(*s.previous)) s.previous = Earlier{main->value, a.responded_at, a.response_id};
    return;
  }
  if (!first) s.previous = Earlier{s.score, s.responded_at, std::move(s.response_id)};
  s.score = main->value;
  s.band = BandOf(a, *main);
  s.responded_at = a.responded_at;
  s.full_effects = a.full_effects;
  s.scope = a.scope;
  if (metric == kCsi) s.csi = OwnCsi(a.observations);
  s.comment = a.comment;
  s.response_id = a.response_id;
  s.represented = a.represented;
}

}  // namespace

void AddAnswer(const Answer& answer, Standings& standings) {
  if (answer.voided) return;
  AddOf(answer.metric, answer, standings);
  if (answer.metric != kCsi) AddOf(kCsi, answer, standings);
}

Standings StandingsOf(const std::vector<const Answer*>& answers) {
  Standings standings;
  for (const Answer* a : answers) AddAnswer(*a, standings);
  return standings;
}

void CountCases(const std::vector<CaseStanding>& cases, Sheet& sheet) {
  sheet.open_cases = 0;
  sheet.detractor_since.reset();
  sheet.last_resolved_at.reset();
  sheet.act_by.reset();
  sheet.contacted = false;
  for (const CaseStanding& c : cases) {
    if (c.open) ++sheet.open_cases;
    if (c.open && c.detractor)
      sheet.detractor_since = std::min(sheet.detractor_since.value_or(c.opened_at), c.opened_at);
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

void SetOpen(const OpenInteraction& interaction, bool open, Sheet& sheet) {
  auto& all = sheet.open_interactions;
  const auto at =
      std::lower_bound(all.begin(), all.end(), interaction.interaction_id,
                       [](const OpenInteraction& one, const std::string& id) { return one.interaction_id < id; });
  const bool known = at != all.end() && at->interaction_id == interaction.interaction_id;
  if (known && !open) all.erase(at);
  if (!known && open) all.insert(at, interaction);
}

SellVerdict MaySell(const Sheet& sheet, absl::Time now) {
  if (sheet.detractor_since) return {SellBlock::kOpenCase, *sheet.detractor_since};
  SellVerdict open;
  for (const OpenInteraction& i : sheet.open_interactions) {
    if (i.since + kComplaintOpenFor < now) continue;
    const SellBlock block = i.complaint ? SellBlock::kOpenComplaint : SellBlock::kOpenReturn;
    if (open.block == SellBlock::kNone || block < open.block || (block == open.block && i.since < open.since))
      open = {block, i.since};
  }
  if (open.block != SellBlock::kNone) return open;
  const std::string metric = UnresolvedMetric(sheet);
  if (metric.empty()) return {};
  return {SellBlock::kUnresolvedDetractor, sheet.standings.find(metric)->second.responded_at};
}

bool IsStale(const Standing& standing, absl::Time now) { return now - standing.responded_at > kStaleAfter; }

}  // namespace hoiam::scoring
