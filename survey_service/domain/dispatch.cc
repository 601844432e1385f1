#include "survey_service/domain/dispatch.h"

namespace hoiam::survey {

AskDecision DecideAsk(const AskingSurvey& survey, const AskedInteraction& interaction, bool unsubscribed,
                      const std::vector<Ask>& asks, absl::Time now) {
  if (unsubscribed) return {SkipRule::kUnsubscribed, std::nullopt};
  if (IsTooOld(survey.trigger, interaction.occurred_at, now)) return {SkipRule::kInteractionTooOld, std::nullopt};
  for (const Ask& ask : asks) {
    if (ask.survey_id == survey.survey_id && ask.interaction_id == interaction.interaction_id)
      return {SkipRule::kAlreadyAsked, std::nullopt};
  }
  if (!IsSampled(survey.trigger.sample_percent, survey.survey_id, interaction.customer_id))
    return {SkipRule::kNotSampled, std::nullopt};
  const FatigueDecision fatigue = DecideFatigue(asks, survey.survey_id, FatiguePolicy{kFloor, survey.window}, now);
  switch (fatigue.rule) {
    case FatigueRule::kAllowed:
      return {};
    case FatigueRule::kFloor:
      return {SkipRule::kFloor24h, fatigue.eligible_at};
    case FatigueRule::kWindow:
      return {SkipRule::kFatigueWindow, fatigue.eligible_at};
  }
  return {};
}

AskDecision DecideAskByHand(bool unsubscribed, const std::vector<Ask>& asks, absl::Time now) {
  if (unsubscribed) return {SkipRule::kUnsubscribed, std::nullopt};
  const auto opens = DecideFatigue(asks, "", FatiguePolicy{kFloor, absl::ZeroDuration()}, now).eligible_at;
  if (opens) return {SkipRule::kFloor24h, opens};
  return {};
}

}  // namespace hoiam::survey
