// Answers: request checks, and the normal form that is stored and compared.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/status.h"
#include "platform/proto/mask.h"
#include "survey_service/domain/questionnaire.h"

namespace hoiam::survey {

// An answer as its caller gave it, checked as far as that goes without the stored state.
struct NewResponse {
  v1::Response response;    // output fields unset; responded_at unset when it is to be now
  std::string fingerprint;  // of the normal form
  std::string phone;        // that an anonymous respondent left; never stored
};

// What an answer means that does not say it.
struct ResponseDefaults {
  v1::Effects::Code effects;  // FULL for one answer, SCORES_ONLY in an import
  bool solicited = true;
};

// Adds every violation.
NewResponse ReadResponse(const v1::CreateResponseRequest& q, const ResponseDefaults& defaults, absl::Time now,
                         Violations& v);

// Feedback that nobody asked for, as the answer it becomes: never solicited, with full effects. `id` is taken when the
// caller gave none.
NewResponse ReadFeedback(const v1::CreateFeedbackRequest& q, const std::string& id, Violations& v);

// What the holder of a publishable key, which is anybody, may not say: who else entered the answer, what it causes,
// when it was given, what it is about, that something was given for it, and that it was asked for. Reason
// PUBLISHABLE_KEY_FIELD.
void CheckPublishable(const v1::CreateResponseRequest& q, Violations& v);
void CheckPublishable(const v1::CreateFeedbackRequest& q, Violations& v);
// What such a caller is shown of a stored answer: what was sent, and what was made of it here. Nothing of the customer.
v1::Response ShownToPublic(v1::Response sent, const v1::Response& stored);

// FULL or SCORES_ONLY; unset is `fallback`. Reason EFFECTS_NOT_ALLOWED.
v1::Effects::Code ReadResponseEffects(v1::Effects::Code effects, v1::Effects::Code fallback, Violations& v);

// A PATCH of score, answers, comment and language.
Patch ReadResponsePatch(const v1::UpdateResponseRequest& q, Violations& v);

// The answers with that of the metric's question among them, also when only the score was given.
std::vector<Answer> AnswersWithScore(const std::vector<Question>& questions, const v1::Response& response);

// Checks the answers of a response against the survey it belongs to, takes the score from the metric's own question
// where it is among them, and completes the response. Answers to questions that the other answers hide are
// QUESTION_NOT_ASKED. `metrics` holds the survey's. `strict`: required questions must be answered, `known` ones not.
void CheckAgainstSurvey(const v1::Survey& survey, const MetricBook& metrics, const std::set<std::string>& known,
                        bool strict, v1::Response& response, Violations& v);

// The same after a PATCH: a score that was set alone goes into the answer to the metric's question too, and the other
// way. Answers that a new score hides are dropped.
void CheckAmended(const v1::Survey& survey, const MetricBook& metrics, const Patch& patch, v1::Response& response,
                  Violations& v);

// What an answer counts as, where nothing says it yet: scope and version of its metric; nullptr: it has none, and words
// alone are about a TOUCHPOINT.
void FillCounted(const Metric* metric, v1::Response& response);
// The same of one that was stored before answers had either: its metric is one that Hoiam brings.
void FillCounted(v1::Response& response);

// What a customer's profile says something of: names of its properties, and of the fields that a question may be known
// from.
std::set<std::string> ProfileNames(const v1::Customer& customer);

}  // namespace hoiam::survey
