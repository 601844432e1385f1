// The respondent's form against its survey: values in, values out.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/status.h"

namespace hoiam::gateway {

// Fields of the form that are no questions: names that no question of a survey should have.
inline constexpr char kFinishField[] = "finish";     // the button: the respondent is done
inline constexpr char kShownField[] = "_shown";      // ids of the questions that the page showed, by commas
inline constexpr char kCommentField[] = "_comment";  // free words outside of the questions

// Decoded pairs, in order.
using FormFields = std::vector<std::pair<std::string, std::string>>;

// What was sent, as far as it can be read: answers to the survey's questions, comment and `finished`; token and
// language are the caller's to set. Violations carry the field's name: NOT_A_NUMBER, INVALID_UTF8, ANSWERED_TWICE,
// UNKNOWN_FIELD for one that the form does not have. Untouched fields are no answers.
//
// `finished` needs the button, or a page that showed every question; and never holds while a question that the answers
// bring up has not been shown.
hoiam::survey::v1::SubmitAnswerRequest ReadForm(const hoiam::survey::v1::Survey& survey, const FormFields& fields,
                                                Violations& violations);

// Whether a question is shown to somebody who gave these answers.
bool IsShown(const hoiam::survey::v1::Question& question,
             const google::protobuf::RepeatedPtrField<hoiam::survey::v1::Answer>& answers);

// Whether answers that are not given yet may bring up further questions.
bool MoreMayCome(const hoiam::survey::v1::Survey& survey,
                 const google::protobuf::RepeatedPtrField<hoiam::survey::v1::Answer>& answers);

// How glad a score is: for the words of thanks.
enum class Band { kLow, kMiddle, kHigh };
Band BandOf(absl::string_view metric, int score);

// Whether a question is a scale, and its ends.
bool ScaleOf(hoiam::survey::v1::QuestionType::Code type, int& low, int& high);

}  // namespace hoiam::gateway
