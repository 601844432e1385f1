// GetJourney between the wire and the domain.
#pragma once

#include "absl/time/time.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "platform/base/status.h"
#include "scoring_service/convert/score_row.h"
#include "scoring_service/domain/score_query.h"

namespace hoiam::scoring {

// Stages with their touchpoints: of the metric asked for, whose versions are for the caller to set.
ScoreQuery ReadJourneyQuery(const v1::GetJourneyRequest& q, const absl::TimeZone& reporting_zone, Violations& v);

// Figures by stage and touchpoint, of one scope, and what was expected there. A stage's figures are made of all answers
// at its touchpoints, those of the journey of all answers: never of figures.
struct JourneyTables {
  RowFrame frame;
  ScoreTable scores;
  RowFrame expected_frame;
  ScoreTable expected;
  Scope scope = Scope::kTouchpoint;
};
v1::GetJourneyResponse FromJourney(const JourneyTables& tables);

}  // namespace hoiam::scoring
