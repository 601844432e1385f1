// What lists of answers can be filtered on, and what an answer holds of it.
#pragma once

#include <vector>

#include "hoiam/survey/v1/resources.pb.h"
#include "platform/base/filter_match.h"

namespace hoiam::survey {

// metric, score, touchpoint, survey, responded_at, segment, customer, channel, team, collected_by, usage_status,
// icp_fit, stage, scope, solicited, incentivised, voided, has_comment, and answers.QUESTION: its choices, number or
// words.
const std::vector<MatchField>& ResponseFields();

// An answer without score, and one without an answer to that question, match no comparison of it; what is empty is "".
FieldValue ResponseValue(const v1::Response& response, const Filter& comparison);

}  // namespace hoiam::survey
