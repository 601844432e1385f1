// An answer to try alarm rules with.
#pragma once

#include "hoiam/loop/v1/playbook_service.pb.h"
#include "loop_service/domain/answer.h"
#include "platform/base/status.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

// As if survey_service had just stored it. Reasons UNKNOWN_METRIC, REQUIRED, SCORE_OUT_OF_RANGE, UNKNOWN_VALUE for the
// band, TOO_LONG and the like for its words.
Answer ReadTrial(const pb::TestAlarmRulesRequest& q, Violations& v);

}  // namespace hoiam::loop
