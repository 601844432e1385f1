// Questions and answers, wire ⇄ rules.
#pragma once

#include <string>
#include <vector>

#include "hoiam/survey/v1/resources.pb.h"
#include "platform/base/status.h"
#include "survey_service/domain/questionnaire.h"

namespace hoiam::survey {

// What of a question the rules do not look at: enums, names, durations, texts for staff; `field` is its path. Adds
// every violation.
void CheckQuestionFields(const v1::Question& q, const std::string& field, Violations& v);

v1::LocalizedText FromWords(const Words& words);

// A type this release does not know reads as text; requests that hold one are refused before. One of type SCALE has its
// metric where `metrics` holds that.
Question ToQuestion(const v1::Question& q, const MetricBook& metrics);
v1::Question FromQuestion(const Question& q);

v1::Answer FromAnswer(const Answer& a);
std::vector<Answer> ToAnswers(const google::protobuf::RepeatedPtrField<v1::Answer>& answers);
void SetAnswers(const std::vector<Answer>& answers, google::protobuf::RepeatedPtrField<v1::Answer>* out);

}  // namespace hoiam::survey
