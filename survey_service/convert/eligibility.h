// The verdicts of all rules about one survey and one person, in figures and in words.
#pragma once

#include <vector>

#include "absl/time/time.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "survey_service/domain/dispatch.h"

namespace hoiam::survey {

// What the survey would do if it had a reason to ask now. Rules about an occasion (its age, asked about already) have
// no verdict: there is none.
v1::SurveyEligibility Explain(const v1::Survey& survey, const AskedPerson& person, const AskRules& rules,
                              const std::vector<Ask>& asks, const AskedOnDay& today, absl::Time now);

}  // namespace hoiam::survey
