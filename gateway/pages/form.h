// The respondent's form against its survey: values in, values out. What is shown and when it ends is survey_service's.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/status.h"

namespace hoiam::gateway {

// Fields of the form that are no questions: names that no question of a survey has.
inline constexpr char kFinishField[] = "finish";        // the button: the respondent is done
inline constexpr char kShownField[] = "_shown";         // ids of the questions that the page showed, by commas
inline constexpr char kCommentField[] = "_comment";     // free words outside of the questions
inline constexpr char kPhoneField[] = "_phone";         // of an anonymous respondent
inline constexpr char kExpectedField[] = "_expected.";  // and the question's id: what was expected
inline constexpr char kNothingField[] = "_nothing.";    // and the question's id: nothing could be better

// Decoded pairs, in order.
using FormFields = std::vector<std::pair<std::string, std::string>>;

// What was sent, as far as it can be read: answers to the survey's questions, comment, phone, what was shown and
// `finished`; token and language are the caller's to set. Violations carry the field's name: NOT_A_NUMBER,
// INVALID_UTF8, ANSWERED_TWICE, UNKNOWN_FIELD for one that the form does not have. Untouched fields are no answers;
// words under an ideal question win over its box.
//
// Whoever sends the page is done with what it shows: a form that says what was shown is `finished`, any other by its
// button.
hoiam::survey::v1::SubmitAnswerRequest ReadForm(const hoiam::survey::v1::Survey& survey, const FormFields& fields,
                                                Violations& violations);

// How glad a score is: for the words of thanks. `page` holds the metrics of the tenant's own.
enum class Band { kLow, kMiddle, kHigh };
Band BandOf(const hoiam::survey::v1::RespondentPage& page, absl::string_view metric, int score);

// Whether a question is answered with a number.
bool IsScale(hoiam::survey::v1::QuestionType::Code type);
// Whether a question is a scale, and its ends.
bool ScaleOf(const hoiam::survey::v1::RespondentPage& page, const hoiam::survey::v1::Question& question, int& low,
             int& high);

// `answers` with `score` as the answer to the first scale of `page` that has none, where it is on that scale: what a
// link in a mail has chosen before. Anything else changes nothing.
void Preselect(const hoiam::survey::v1::RespondentPage& page, absl::string_view score,
               google::protobuf::RepeatedPtrField<hoiam::survey::v1::Answer>& answers);

}  // namespace hoiam::gateway
