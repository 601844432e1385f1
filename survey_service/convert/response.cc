#include "survey_service/convert/response.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "platform/base/text.h"
#include "survey_service/convert/catalogue.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/metric.h"
#include "survey_service/convert/question.h"
#include "survey_service/convert/survey.h"
#include "survey_service/convert/times.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

const Patchable& Fields() {
  static const auto* p = new Patchable{{"score", "answers", "comment", "language"}, "response_id"};
  return *p;
}

// One answer to "who entered it"; unset is SELF.
v1::CollectedBy::Code ReadCollectedBy(v1::CollectedBy::Code collected_by, Violations& v) {
  if (!v1::CollectedBy::Code_IsValid(collected_by)) UnknownEnum("collectedBy", v);
  return collected_by == v1::CollectedBy::UNSPECIFIED ? v1::CollectedBy::SELF : collected_by;
}

void Withheld(absl::string_view field, absl::string_view description, Violations& v) {
  v.Add(field, "PUBLISHABLE_KEY_FIELD", description);
}

void CheckPublicCollector(v1::CollectedBy::Code collected_by, Violations& v) {
  if (collected_by == v1::CollectedBy::STAFF) Withheld("collectedBy", "a publishable key may say SELF or KIOSK", v);
}

void CheckWords(const std::string& comment, const std::string& language, Violations& v) {
  if (!comment.empty()) CheckProse(comment, "comment", kMaxComment, v);
  CheckLanguage(language, "language", v);
}

}  // namespace

NewResponse ReadResponse(const v1::CreateResponseRequest& q, const ResponseDefaults& defaults, absl::Time now,
                         Violations& v) {
  NewResponse n;
  v1::Response& r = n.response;
  CheckClientId(q.response_id(), "responseId", v);
  if (!q.customer_id().empty()) CheckClientId(q.customer_id(), "customerId", v);
  CheckSlug(q.survey_id(), "surveyId", false, v);
  if (!q.invitation_id().empty()) CheckClientId(q.invitation_id(), "invitationId", v);
  if (!q.interaction_id().empty()) CheckClientId(q.interaction_id(), "interactionId", v);
  const bool asked = !q.survey_id().empty() || !q.invitation_id().empty();
  CheckMetric(q.metric(), "metric", !asked, v);
  if (const auto metric = FindBuiltInMetric(q.metric()); metric && q.has_score())
    CheckScore(*metric, q.score(), "score", v);
  if (q.metric() == "CSI" && !asked)
    v.Add("surveyId", "REQUIRED", "an answer of metric CSI is answers to the attributes of a survey");
  if (q.answers_size() > 0 && q.survey_id().empty() && q.invitation_id().empty())
    v.Add("answers", "SURVEY_REQUIRED", "answers to questions need surveyId or invitationId");
  if (q.answers_size() > static_cast<int>(kMaxQuestions))
    v.Add("answers", "TOO_MANY", absl::StrCat("at most ", kMaxQuestions), {{"max", absl::StrCat(kMaxQuestions)}});
  CheckWords(q.comment(), q.language(), v);
  if (q.has_responded_at()) CheckTime(q.responded_at(), "respondedAt", now, v);
  if (!v1::Voice::Code_IsValid(q.voice())) UnknownEnum("voice", v);
  if (!q.interview_notes().empty()) CheckProse(q.interview_notes(), "interviewNotes", kMaxComment, v);
  if (!q.order().empty()) CheckClientId(q.order(), "order", v);
  CheckLine(q.phone(), "phone", kMaxPhone, v);
  if (!v1::Scope::Code_IsValid(q.scope())) UnknownEnum("scope", v);

  r.set_response_id(q.response_id());
  r.set_customer_id(q.customer_id());
  r.set_survey_id(q.survey_id());
  r.set_invitation_id(q.invitation_id());
  r.set_interaction_id(q.interaction_id());
  r.set_metric(q.metric());
  if (q.has_score()) r.set_score(q.score());
  *r.mutable_answers() = q.answers();
  r.set_comment(q.comment());
  r.set_language(q.language());
  if (q.has_responded_at() && IsValid(q.responded_at())) SetTime(ToTime(q.responded_at()), r.mutable_responded_at());
  r.set_solicited(q.has_solicited() ? q.solicited() : defaults.solicited);
  r.set_collected_by(ReadCollectedBy(q.collected_by(), v));
  r.set_effects(ReadResponseEffects(q.effects(), defaults.effects, v));
  r.set_voice(q.voice() == v1::Voice::UNSPECIFIED ? v1::Voice::ACTUAL : q.voice());
  r.set_interview_notes(q.interview_notes());
  r.set_order(q.order());
  r.set_scope(q.scope());
  r.set_incentivised(q.incentivised());
  n.phone = q.phone();
  if (v.empty()) n.fingerprint = Fingerprint(r);
  return n;
}

NewResponse ReadFeedback(const v1::CreateFeedbackRequest& q, const std::string& id, Violations& v) {
  NewResponse n;
  v1::Response& r = n.response;
  if (!q.feedback_id().empty()) CheckClientId(q.feedback_id(), "feedbackId", v);
  if (!q.customer_id().empty()) CheckClientId(q.customer_id(), "customerId", v);
  if (!q.interaction_id().empty()) CheckClientId(q.interaction_id(), "interactionId", v);
  CheckMetric(q.metric(), "metric", q.has_score(), v);
  if (!q.metric().empty() && !q.has_score()) v.Add("score", "REQUIRED", "is required with metric");
  if (const auto metric = FindBuiltInMetric(q.metric()); metric && q.has_score())
    CheckScore(*metric, q.score(), "score", v);
  if (!q.has_score() && q.metric().empty() && q.comment().empty())
    v.Add("comment", "REQUIRED", "give a score, a comment or both");
  CheckWords(q.comment(), q.language(), v);
  CheckSaid(q.touchpoint(), "touchpoint", v);
  CheckSaid(q.channel(), "channel", v);

  r.set_response_id(q.feedback_id().empty() ? id : q.feedback_id());
  r.set_customer_id(q.customer_id());
  r.set_interaction_id(q.interaction_id());
  r.set_metric(q.metric());
  if (q.has_score()) r.set_score(q.score());
  r.set_comment(q.comment());
  r.set_language(q.language());
  r.set_touchpoint(q.touchpoint());
  r.set_channel(q.channel());
  r.set_collected_by(ReadCollectedBy(q.collected_by(), v));
  r.set_effects(v1::Effects::FULL);
  if (v.empty()) n.fingerprint = Fingerprint(r);
  return n;
}

void CheckPublishable(const v1::CreateResponseRequest& q, Violations& v) {
  CheckPublicCollector(q.collected_by(), v);
  if (q.effects() != v1::Effects::UNSPECIFIED) Withheld("effects", "a publishable key may not say effects", v);
  if (q.has_responded_at()) Withheld("respondedAt", "a publishable key answers now", v);
  if (!q.interview_notes().empty()) Withheld("interviewNotes", "a publishable key is no interviewer's", v);
  if (q.scope() != v1::Scope::UNSPECIFIED) Withheld("scope", "a publishable key may not say scope", v);
  if (q.incentivised()) Withheld("incentivised", "a publishable key may not say incentivised", v);
  if (q.solicited() && q.invitation_id().empty())
    Withheld("solicited", "a publishable key needs invitationId to say that it was asked", v);
}

void CheckPublishable(const v1::CreateFeedbackRequest& q, Violations& v) { CheckPublicCollector(q.collected_by(), v); }

v1::Response ShownToPublic(v1::Response sent, const v1::Response& stored) {
  sent.set_metric(stored.metric());
  if (stored.has_score()) sent.set_score(stored.score());
  *sent.mutable_responded_at() = stored.responded_at();
  sent.set_revision(stored.revision());
  *sent.mutable_create_time() = stored.create_time();
  return sent;
}

v1::Effects::Code ReadResponseEffects(v1::Effects::Code effects, v1::Effects::Code fallback, Violations& v) {
  if (effects == v1::Effects::UNSPECIFIED) return fallback;
  if (effects != v1::Effects::FULL && effects != v1::Effects::SCORES_ONLY)
    v.Add("effects", "EFFECTS_NOT_ALLOWED", "must be FULL or SCORES_ONLY");
  return effects;
}

Patch ReadResponsePatch(const v1::UpdateResponseRequest& q, Violations& v) {
  CheckClientId(q.response().response_id(), "responseId", v);
  Patch patch = ReadPatch(q.response(), q.has_update_mask() ? &q.update_mask() : nullptr, Fields(), v);
  if (q.response().answers_size() > static_cast<int>(kMaxQuestions))
    v.Add("answers", "TOO_MANY", absl::StrCat("at most ", kMaxQuestions), {{"max", absl::StrCat(kMaxQuestions)}});
  CheckWords(q.response().comment(), q.response().language(), v);
  return patch;
}

std::vector<Answer> AnswersWithScore(const std::vector<Question>& questions, const v1::Response& response) {
  std::vector<Answer> answers = ToAnswers(response.answers());
  if (!response.has_score()) return answers;
  const auto q = std::find_if(questions.begin(), questions.end(),
                              [&](const Question& each) { return IsOf(each, response.metric()); });
  if (q == questions.end()) return answers;
  const Answer* given = FindAnswer(answers, q->id);
  if (given && given->number) return answers;
  Answer& a = answers.emplace_back();
  a.question_id = q->id;
  a.number = response.score();
  return answers;
}

void CheckAgainstSurvey(const v1::Survey& survey, const MetricBook& metrics, const std::set<std::string>& known,
                        bool strict, v1::Response& response, Violations& v) {
  const MetricPtr metric = metrics.Find(survey.metric());
  if (!metric) return UnknownMetric("metric", v);
  const std::vector<Question> questions = ToQuestions(survey, metrics);
  std::vector<Answer> answers = ToAnswers(response.answers());
  const auto problems = CheckAnswers(questions, answers);
  if (!problems.empty()) return AddProblems(problems, "answers", v);
  NoteNothingMissing(questions, answers);
  SetAnswers(answers, response.mutable_answers());
  if (const auto score = ScoreIn(questions, *metric, answers)) {
    if (response.has_score() && response.score() != *score)
      return v.Add("score", "SCORE_MISMATCH", "differs from the answer to the question of the metric");
    response.set_score(*score);
  }
  const std::vector<Answer> all = AnswersWithScore(questions, response);
  for (const std::string& id : NotAsked(questions, all))
    v.Add("answers", "QUESTION_NOT_ASKED", absl::StrCat("question '", id, "' is not asked after the other answers"),
          {{"questionId", id}});
  if (!strict || UnansweredMetric(questions, *metric, all)) return;
  for (const std::string& id : MissingAnswers(questions, *metric, known, all))
    v.Add("answers", "REQUIRED", absl::StrCat("question '", id, "' must be answered"), {{"questionId", id}});
}

void CheckAmended(const v1::Survey& survey, const MetricBook& metrics, const Patch& patch, v1::Response& response,
                  Violations& v) {
  const auto named = [&](int number) {
    return std::any_of(patch.fields.begin(), patch.fields.end(), [&](const auto* f) { return f->number() == number; });
  };
  const bool score = named(v1::Response::kScoreFieldNumber), answers = named(v1::Response::kAnswersFieldNumber);
  const MetricPtr metric = metrics.Find(survey.metric());
  if (metric && score != answers) {
    const std::vector<Question> questions = ToQuestions(survey, metrics);
    std::vector<Answer> given = ToAnswers(response.answers());
    if (answers && ScoreIn(questions, *metric, given)) response.clear_score();
    if (score) {
      const auto of_metric =
          std::find_if(questions.begin(), questions.end(), [&](const Question& q) { return IsOf(q, metric->id); });
      const auto a = std::find_if(given.begin(), given.end(), [&](const Answer& x) {
        return of_metric != questions.end() && x.question_id == of_metric->id;
      });
      if (a != given.end() && response.has_score()) a->number = response.score();
      if (a != given.end() && !response.has_score()) given.erase(a);
      SetAnswers(given, response.mutable_answers());
      const std::vector<std::string> hidden = NotAsked(questions, AnswersWithScore(questions, response));
      given.erase(std::remove_if(given.begin(), given.end(),
                                 [&](const Answer& x) {
                                   return std::find(hidden.begin(), hidden.end(), x.question_id) != hidden.end();
                                 }),
                  given.end());
      SetAnswers(given, response.mutable_answers());
    }
  }
  CheckAgainstSurvey(survey, metrics, {}, false, response, v);
}

void FillCounted(const Metric* metric, v1::Response& r) {
  if (r.scope() == v1::Scope::UNSPECIFIED) r.set_scope(metric ? FromScope(metric->scope) : v1::Scope::TOUCHPOINT);
  if (r.metric_version() == 0 && metric) r.set_metric_version(metric->version);
}

void FillCounted(v1::Response& r) { FillCounted(FindBuiltInMetric(r.metric()).get(), r); }

std::set<std::string> ProfileNames(const v1::Customer& customer) {
  std::set<std::string> names;
  if (!customer.segment().empty()) names.insert("segment");
  if (customer.lifecycle() != v1::Lifecycle::UNSPECIFIED) names.insert("lifecycle");
  if (!customer.locale().empty()) names.insert("locale");
  if (!customer.owner_team().empty()) names.insert("owner_team");
  for (const auto& [key, value] : customer.properties()) {
    if (value.kind_case() != google::protobuf::Value::kStringValue || !value.string_value().empty()) names.insert(key);
  }
  return names;
}

}  // namespace hoiam::survey
