// Whether one survey asks one person about one interaction, and if not, why and until when.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "survey_service/domain/fatigue.h"
#include "survey_service/domain/trigger.h"

namespace hoiam::survey {

enum class SkipRule { kNone, kUnsubscribed, kInteractionTooOld, kAlreadyAsked, kNotSampled, kFloor24h, kFatigueWindow };

struct AskDecision {
  SkipRule skip = SkipRule::kNone;        // kNone: ask
  std::optional<absl::Time> eligible_at;  // unset: waiting cannot help, or the answer is yes
};

struct AskedInteraction {
  std::string interaction_id;
  std::string customer_id;
  absl::Time occurred_at;
};

// The survey's side of it. The caller has seen that the trigger matches.
struct AskingSurvey {
  std::string survey_id;
  Trigger trigger;
  absl::Duration window;
};

// Rules in the order of SkipRule; the first that holds is the answer.
AskDecision DecideAsk(const AskingSurvey& survey, const AskedInteraction& interaction, bool unsubscribed,
                      const std::vector<Ask>& asks, absl::Time now);

// For an invitation made by hand: only kUnsubscribed and kFloor24h hold.
AskDecision DecideAskByHand(bool unsubscribed, const std::vector<Ask>& asks, absl::Time now);

}  // namespace hoiam::survey
