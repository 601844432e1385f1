// What events carry, as this service counts it.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/loop/v1/resources.pb.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "scoring_service/domain/answer.h"
#include "scoring_service/domain/revenue.h"
#include "scoring_service/domain/sheet.h"

namespace hoiam::scoring {

// Without revenue. UNIMPLEMENTED for a metric that this release does not know; INVALID_ARGUMENT for a score off its
// scale.
absl::StatusOr<Answer> ToAnswer(const hoiam::survey::v1::Response& response);

// INVALID_ARGUMENT for an amount that is no decimal, or one without a currency.
absl::StatusOr<Spend> ToSpend(const hoiam::survey::v1::Interaction& interaction);

// resolved_at is when the case was last moved to RESOLVED, while it is resolved, verified or closed.
CaseStanding ToCaseStanding(const hoiam::loop::v1::Case& c);

}  // namespace hoiam::scoring
