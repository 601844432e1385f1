// Surveys: request checks, templates, and what the rules need to know of one.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/status.h"
#include "platform/proto/mask.h"
#include "survey_service/domain/questionnaire.h"
#include "survey_service/domain/survey_state.h"

namespace hoiam::survey {

// The survey that a create request makes: template expanded, metric and scope filled in, version 1, state DRAFT. Good
// only when no violation was added. Fields are named as in the body of the REST call. `metrics` holds the tenant's own
// that the request names.
struct NewSurvey {
  v1::Survey survey;
  std::string fingerprint;  // of what was asked for: a template that changes later makes no other survey of it
};
NewSurvey ReadNewSurvey(const v1::CreateSurveyRequest& q, const MetricBook& metrics, Violations& v);

// Checks a PATCH's mask and applies it to `survey`; adds every violation of the result.
Patch ReadSurveyPatch(const v1::UpdateSurveyRequest& q, Violations& v);
void ApplySurveyPatch(const v1::Survey& source, const Patch& patch, const MetricBook& metrics, v1::Survey& survey,
                      Violations& v);

// What its answers are about: what it says itself, else its template, else its metric.
v1::Scope::Code ScopeOf(const v1::Survey& survey, const Metric& metric);
// Says so in the survey: one that was stored before there were scopes does not.
void FillScope(const MetricBook& metrics, v1::Survey& survey);

// Those of type SCALE have their metric where `metrics` holds that.
std::vector<Question> ToQuestions(const v1::Survey& survey, const MetricBook& metrics);
SurveyState ToState(v1::SurveyState::Code state);
v1::SurveyState::Code FromState(SurveyState state);

absl::Duration ExpireAfter(const v1::Survey& survey);

// The survey as a respondent sees it in its texts: placeholders filled from the brand, the form of address and the
// interaction's properties; {order} also from the receipt's. `address` is filled in.
void FillTexts(const v1::Interaction& interaction, absl::string_view tenant, v1::Survey& survey,
               absl::string_view order = "");

}  // namespace hoiam::survey
