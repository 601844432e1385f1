// Triggers: request checks, and what the rules need to know of a survey that asks.
#pragma once

#include "hoiam/survey/v1/resources.pb.h"
#include "platform/base/status.h"
#include "survey_service/domain/dispatch.h"

namespace hoiam::survey {

// Adds every violation, with fields below "trigger".
void CheckTrigger(const v1::Trigger& trigger, Violations& v);

// The part of an active survey that asks are decided by: no texts, no questions.
v1::Survey Slim(const v1::Survey& survey);
// Of a checked survey, slim or whole.
AskingSurvey ToAsking(const v1::Survey& survey);

AskChannel ToChannel(v1::DeliveryChannel::Code channel);
v1::DeliveryChannel::Code FromChannel(AskChannel channel);
TriggerOn ToOn(v1::TriggerEvent::Code on);
LifecycleStage ToLifecycle(v1::Lifecycle::Code lifecycle);
PersonKind ToKind(v1::RespondentKind::Code kind);

// As triggers look at it. Points into the interaction.
Happening ToHappening(const v1::Interaction& interaction);

}  // namespace hoiam::survey
