// What events carry, as this service counts it.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/event/v1/event.pb.h"
#include "hoiam/loop/v1/resources.pb.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "scoring_service/domain/answer.h"
#include "scoring_service/domain/person.h"
#include "scoring_service/domain/revenue.h"
#include "scoring_service/domain/sheet.h"

namespace hoiam::scoring {

// Without money. INVALID_ARGUMENT without a revision, and for a score off its metric's scale; a metric that is not
// built in is the tenant's own, within 0–10.
absl::StatusOr<Answer> ToAnswer(const hoiam::event::v1::ResponseChanged& changed);

// INVALID_ARGUMENT for an amount that is no decimal, or one without a currency.
absl::StatusOr<Spend> ToSpend(const hoiam::survey::v1::Interaction& interaction);
// Whether it is a complaint or a return that is open, and which. History that was only recorded is complete.
bool IsOpen(const hoiam::survey::v1::Interaction& interaction);
OpenInteraction ToOpenInteraction(const hoiam::survey::v1::Interaction& interaction);

Person ToPerson(const hoiam::event::v1::CustomerChanged& changed);

// resolved_at is when the case was last moved to RESOLVED, while it is resolved, verified or closed.
CaseStanding ToCaseStanding(const hoiam::loop::v1::Case& c);

}  // namespace hoiam::scoring
