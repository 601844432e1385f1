// Questions and answers, wire ⇄ rules.
#pragma once

#include <vector>

#include "hoiam/survey/v1/resources.pb.h"
#include "survey_service/domain/questionnaire.h"

namespace hoiam::survey {

// A type this release does not know reads as text; requests that hold one are refused before.
Question ToQuestion(const v1::Question& q);
v1::Question FromQuestion(const Question& q);

std::vector<Answer> ToAnswers(const google::protobuf::RepeatedPtrField<v1::Answer>& answers);
void SetAnswers(const std::vector<Answer>& answers, google::protobuf::RepeatedPtrField<v1::Answer>* out);

}  // namespace hoiam::survey
