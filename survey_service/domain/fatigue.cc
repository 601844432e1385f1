#include "survey_service/domain/fatigue.h"

#include <algorithm>

namespace hoiam::survey {

absl::Duration DefaultWindow(bool has_trigger) { return has_trigger ? kTransactionalWindow : kRelationshipWindow; }

FatigueDecision DecideFatigue(const std::vector<Ask>& asks, absl::string_view survey_id, const FatiguePolicy& policy,
                              absl::Time now) {
  absl::Time floor_opens = absl::InfinitePast();
  absl::Time window_opens = absl::InfinitePast();
  for (const Ask& ask : asks) {
    floor_opens = std::max(floor_opens, ask.at + policy.floor);
    if (ask.survey_id == survey_id) window_opens = std::max(window_opens, ask.at + policy.window);
  }
  const absl::Time opens = std::max(floor_opens, window_opens);
  if (opens <= now) return {FatigueRule::kAllowed, std::nullopt};
  return {window_opens > floor_opens ? FatigueRule::kWindow : FatigueRule::kFloor, opens};
}

std::optional<absl::Time> EarliestAsk(const std::vector<Ask>& asks, const std::vector<Candidate>& candidates,
                                      absl::Time now) {
  if (candidates.empty()) return DecideFatigue(asks, "", FatiguePolicy{}, now).eligible_at;
  std::optional<absl::Time> earliest;
  for (const Candidate& c : candidates) {
    const auto at = DecideFatigue(asks, c.survey_id, FatiguePolicy{kFloor, c.window}, now).eligible_at;
    if (!at) return std::nullopt;
    if (!earliest || *at < *earliest) earliest = at;
  }
  return earliest;
}

}  // namespace hoiam::survey
