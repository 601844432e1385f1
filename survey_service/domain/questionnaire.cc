#include "survey_service/domain/questionnaire.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "platform/base/text.h"
#include "survey_service/domain/condition.h"
#include "survey_service/domain/ideal.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

bool HasOptions(QuestionKind k) {
  return k == QuestionKind::kSingleChoice || k == QuestionKind::kMultipleChoice || k == QuestionKind::kSource;
}

bool AlwaysAsked(const Question& q) { return !q.show_if && q.known_from.empty() && !q.ask_again_after; }

class Checker {
 public:
  void Add(std::string path, absl::string_view reason, std::string description,
           std::map<std::string, std::string> metadata = {}) {
    problems_.push_back({std::move(path), std::string(reason), std::move(description), std::move(metadata)});
  }
  void Slug(const std::string& path, absl::string_view value) {
    Violations v;
    CheckSlug(value, path, true, v);
    if (v.empty()) return;
    Add(path, value.empty() ? "REQUIRED" : "INVALID_SLUG", "must be 1 to 64 of a-z, 0-9, '_', '.', '-'");
  }
  void Text(const std::string& path, const std::string& text, size_t max) {
    if (!IsUtf8(text)) {
      Add(path, "INVALID_UTF8", "must be valid UTF-8");
    } else if (HasControl(text, true)) {
      Add(path, "CONTROL_CHARACTER", "must not hold control characters");
    } else if (Utf8Length(text) > max) {
      Add(path, "TOO_LONG", absl::StrCat("must be at most ", max, " characters"), {{"max", absl::StrCat(max)}});
    }
  }
  void Both(const std::string& path, const Words& words, size_t max, bool required) {
    if (required && words.empty()) return Add(path, "REQUIRED", "needs a text in vi or en");
    Text(path + ".vi", words.vi, max);
    Text(path + ".en", words.en, max);
  }
  void OnScale(const std::string& path, double value, const ScoreRange& scale) {
    if (scale.Holds(value)) return;
    Add(path, "SCORE_OUT_OF_RANGE", absl::StrCat("must be a whole number, ", scale.min, " to ", scale.max),
        {{"min", absl::StrCat(scale.min)}, {"max", absl::StrCat(scale.max)}});
  }
  std::vector<Problem>& problems() { return problems_; }
  std::vector<Problem> Take() { return std::move(problems_); }

 private:
  std::vector<Problem> problems_;
};

void CheckOptions(const Question& q, const std::string& at, Checker& c) {
  if (!HasOptions(q.kind)) {
    if (!q.options.empty()) c.Add(at + ".options", "NOT_A_CHOICE", "only choice questions have options");
    return;
  }
  if (q.options.empty()) return c.Add(at + ".options", "REQUIRED", "a choice question needs options");
  if (q.options.size() > kMaxOptions)
    return c.Add(at + ".options", "TOO_MANY", absl::StrCat("at most ", kMaxOptions),
                 {{"max", absl::StrCat(kMaxOptions)}});
  std::set<std::string> seen;
  for (size_t i = 0; i < q.options.size(); ++i) {
    const std::string path = absl::StrCat(at, ".options[", i, "]");
    c.Slug(path + ".optionId", q.options[i].id);
    if (!seen.insert(q.options[i].id).second)
      c.Add(path + ".optionId", "DUPLICATE_ID", "is used by an option before it");
    c.Both(path + ".text", q.options[i].text, kMaxLabel, true);
  }
}

// What only some kinds of questions have.
void CheckKind(const std::vector<Question>& questions, const Question& q, const std::string& at, Checker& c) {
  const auto scale = ScaleOf(q);
  if (q.kind != QuestionKind::kScale && !q.metric_id.empty())
    c.Add(at + ".metric", "NOT_A_SCALE", "only questions of type SCALE name a metric");
  if (q.kind == QuestionKind::kScale && q.metric_id.empty())
    c.Add(at + ".metric", "REQUIRED", "a question of type SCALE is on the scale of a metric of your own");
  else if (q.kind == QuestionKind::kScale && FindBuiltInMetric(q.metric_id))
    c.Add(at + ".metric", "BUILT_IN_METRIC", absl::StrCat("has a type of its own, ", q.metric_id));
  else if (q.kind == QuestionKind::kScale && !q.metric)
    c.Add(at + ".metric", "UNKNOWN_METRIC", "must be the id of a metric that GET /v1/metrics lists");
  if (!scale && !(q.low_label.empty() && q.high_label.empty()))
    c.Add(at + ".lowLabel", "NOT_A_SCALE", "only questions with a score have labels");
  if (q.kind == QuestionKind::kCsi && q.object == CsiObject::kNone)
    c.Add(at + ".object", "REQUIRED", "an attribute of the CSI is about PRODUCT, SERVICE or BRAND");
  if (q.kind != QuestionKind::kCsi && q.object != CsiObject::kNone)
    c.Add(at + ".object", "NOT_AN_ATTRIBUTE", "only questions of type CSI have an object");
  const bool chooses_some = q.kind == QuestionKind::kCsiImportance || q.kind == QuestionKind::kMultipleChoice;
  if (q.max_choices != 0 && !chooses_some)
    c.Add(at + ".maxChoices", "NOT_A_CHOICE", "only MULTIPLE_CHOICE and CSI_IMPORTANCE have it");
  if (q.max_choices < 0 || q.max_choices > static_cast<int>(kMaxOptions))
    c.Add(at + ".maxChoices", "OUT_OF_RANGE", absl::StrCat("must be 0 to ", kMaxOptions),
          {{"min", "0"}, {"max", absl::StrCat(kMaxOptions)}});
  if (q.kind == QuestionKind::kCsiImportance && ChoicesOf(questions, q).empty())
    c.Add(at + ".type", "NO_ATTRIBUTES", "needs questions of type CSI to choose from");
  if (q.style == ScaleStyle::kFaces && q.kind != QuestionKind::kCsat)
    c.Add(at + ".style", "STYLE_NOT_POSSIBLE", "faces are for questions of type CSAT");
  if (q.style == ScaleStyle::kStars && (!scale || scale->min != 1))
    c.Add(at + ".style", "STYLE_NOT_POSSIBLE", "stars are for scales that begin with 1");
  if (q.style == ScaleStyle::kNumbers && !scale)
    c.Add(at + ".style", "STYLE_NOT_POSSIBLE", "only questions with a score have a style");
}

void CheckChoices(const std::vector<Question>& questions, const Question& q, const Answer& a, const std::string& at,
                  Checker& c) {
  const int max = MaxChoices(q);
  if (static_cast<int>(a.choices.size()) > max) {
    if (max == 1) return c.Add(at + ".choices", "ONE_CHOICE", "this question takes one choice");
    return c.Add(at + ".choices", "TOO_MANY_CHOICES", absl::StrCat("at most ", max), {{"max", absl::StrCat(max)}});
  }
  const std::vector<std::string> offered = ChoicesOf(questions, q);
  std::set<std::string> seen;
  for (size_t i = 0; i < a.choices.size(); ++i) {
    const std::string path = absl::StrCat(at, ".choices[", i, "]");
    if (std::find(offered.begin(), offered.end(), a.choices[i]) == offered.end())
      c.Add(path, "UNKNOWN_CHOICE", "is not one of the options of this question");
    else if (!seen.insert(a.choices[i]).second)
      c.Add(path, "DUPLICATE_CHOICE", "is chosen twice");
  }
}

void CheckValue(const std::vector<Question>& questions, const Question& q, const Answer& a, const std::string& at,
                Checker& c) {
  if (a.importance && q.kind != QuestionKind::kCsi)
    return c.Add(at + ".importance", "WRONG_KIND", "only attributes of the CSI have an importance");
  if (a.expected && q.kind != QuestionKind::kExpectationPair)
    return c.Add(at + ".expected", "WRONG_KIND", "only questions of type EXPECTATION_PAIR have it");
  if (a.nothing_missing && q.kind != QuestionKind::kIdeal)
    return c.Add(at + ".nothingMissing", "WRONG_KIND", "only questions of type IDEAL have it");
  const bool same = a.nothing_missing && a.text && SaysNothingMissing(*a.text);  // the words and what they come to
  const int kinds = a.number.has_value() + !a.choices.empty() + a.text.has_value() + (a.nothing_missing && !same);
  if (kinds != 1) return c.Add(at, "ONE_VALUE", "needs exactly one of number, choices, text and nothingMissing");
  if (const auto scale = ScaleOf(q)) {
    if (!a.number) return c.Add(at, "WRONG_KIND", "this question is answered with a number");
    c.OnScale(at + ".number", *a.number, *scale);
    if (a.importance) c.OnScale(at + ".importance", *a.importance, *scale);
    if (a.expected) c.OnScale(at + ".expected", *a.expected, *scale);
    if (q.kind == QuestionKind::kExpectationPair && !a.expected)
      c.Add(at + ".expected", "REQUIRED", "what was expected is a part of the answer");
    return;
  }
  if (IsChoice(q.kind)) {
    if (a.choices.empty()) return c.Add(at, "WRONG_KIND", "this question is answered with choices");
    return CheckChoices(questions, q, a, at, c);
  }
  if (!a.text && !a.nothing_missing) return c.Add(at, "WRONG_KIND", "this question is answered with text");
  if (a.text) c.Text(at + ".text", *a.text, kMaxComment);
}

}  // namespace

std::vector<Problem> CheckQuestions(const std::vector<Question>& questions, const Metric& metric) {
  Checker c;
  if (questions.size() > kMaxQuestions) {
    c.Add("", "TOO_MANY", absl::StrCat("at most ", kMaxQuestions), {{"max", absl::StrCat(kMaxQuestions)}});
    return c.Take();
  }
  std::set<std::string> seen;
  int of_metric = 0;
  for (size_t i = 0; i < questions.size(); ++i) {
    const Question& q = questions[i];
    const std::string at = absl::StrCat("[", i, "]");
    c.Slug(at + ".questionId", q.id);
    if (q.id == "finish" || (!q.id.empty() && q.id[0] == '_'))  // fields of the respondent's form are named by question
      c.Add(at + ".questionId", "RESERVED_ID",
            "\"finish\" and ids that begin with '_' belong to the respondent's page");
    if (!seen.insert(q.id).second) c.Add(at + ".questionId", "DUPLICATE_ID", "is used by a question before it");
    c.Both(at + ".text", q.text, kMaxQuestionText, true);
    CheckKind(questions, q, at, c);
    c.Both(at + ".lowLabel", q.low_label, kMaxLabel, false);
    c.Both(at + ".highLabel", q.high_label, kMaxLabel, false);
    CheckOptions(q, at, c);
    if (q.show_if) CheckCondition(questions, i, at + ".showIf", c.problems());
    if (!IsOf(q, metric.id) || !HasScore(metric)) continue;
    if (++of_metric > 1)
      c.Add(at + ".type", "METRIC_QUESTION_TWICE", "the survey has a question of its metric already");
    if (!AlwaysAsked(q))
      c.Add(at + (q.show_if              ? ".showIf"
                  : q.known_from.empty() ? ".askAgainAfter"
                                         : ".knownFrom"),
            "METRIC_QUESTION_HIDDEN", "the question of the metric is shown to everybody");
  }
  if (!HasScore(metric)) {
    of_metric = static_cast<int>(std::count_if(
        questions.begin(), questions.end(), [&](const Question& q) { return IsOf(q, metric.id) && AlwaysAsked(q); }));
  }
  if (of_metric == 0)
    c.Add("", "METRIC_QUESTION_MISSING",
          absl::StrCat("needs a question of ", metric.id, " that is asked of everybody"));
  return c.Take();
}

std::vector<Problem> CheckAnswers(const std::vector<Question>& questions, const std::vector<Answer>& answers) {
  Checker c;
  std::set<std::string> seen;
  for (size_t i = 0; i < answers.size(); ++i) {
    const std::string at = absl::StrCat("[", i, "]");
    const Question* q = FindQuestion(questions, answers[i].question_id);
    if (!q)
      c.Add(at + ".questionId", "UNKNOWN_QUESTION", "is no question of this survey");
    else if (!seen.insert(q->id).second)
      c.Add(at + ".questionId", "ANSWERED_TWICE", "is answered twice");
    else
      CheckValue(questions, *q, answers[i], at, c);
  }
  return c.Take();
}

void NoteNothingMissing(const std::vector<Question>& questions, std::vector<Answer>& answers) {
  for (Answer& a : answers) {
    const Question* q = FindQuestion(questions, a.question_id);
    if (q && q->kind == QuestionKind::kIdeal && a.text && !a.text->empty())
      a.nothing_missing = SaysNothingMissing(*a.text);
  }
}

std::set<std::string> KnownQuestions(const std::vector<Question>& questions, const std::set<std::string>& profile,
                                     const std::map<std::string, absl::Time>& answered, absl::Time now) {
  std::set<std::string> known;
  for (const Question& q : questions) {
    const auto at = answered.find(q.id);
    const bool recently = q.ask_again_after && at != answered.end() && now - at->second < *q.ask_again_after;
    if (recently || (!q.known_from.empty() && profile.contains(q.known_from))) known.insert(q.id);
  }
  return known;
}

bool IsShown(const std::vector<Question>& questions, const Question& q, const std::vector<Answer>& answers) {
  return !q.show_if || Holds(questions, *q.show_if, answers);
}

Asked WhatToAsk(const std::vector<Question>& questions, const std::set<std::string>& known,
                const std::vector<Answer>& answers) {
  Asked asked;
  std::vector<std::string> open;  // may still be answered
  for (const Question& q : questions) {
    const bool answered = FindAnswer(answers, q.id) != nullptr;
    if (known.contains(q.id) && !answered) continue;
    const bool shown = IsShown(questions, q, answers);
    const bool possible = shown || CouldHold(questions, *q.show_if, answers, open);
    if (shown) asked.shown.push_back(q.id);
    asked.more_may_come |= possible && !shown;
    if (possible && !answered) open.push_back(q.id);
  }
  return asked;
}

std::vector<std::string> NotAsked(const std::vector<Question>& questions, const std::vector<Answer>& answers) {
  std::vector<std::string> ids;
  for (const Answer& a : answers) {
    const Question* q = FindQuestion(questions, a.question_id);
    if (q && !IsShown(questions, *q, answers)) ids.push_back(a.question_id);
  }
  return ids;
}

std::optional<std::string> UnansweredMetric(const std::vector<Question>& questions, const Metric& metric,
                                            const std::vector<Answer>& answers) {
  std::optional<std::string> first;
  for (const Question& q : questions) {
    if (!IsOf(q, metric.id)) continue;
    const Answer* a = FindAnswer(answers, q.id);
    if (a && a->number) return std::nullopt;
    if (!first && AlwaysAsked(q)) first = q.id;
  }
  return first;
}

std::vector<std::string> MissingAnswers(const std::vector<Question>& questions, const Metric& metric,
                                        const std::set<std::string>& known, const std::vector<Answer>& answers) {
  const auto of_metric = UnansweredMetric(questions, metric, answers);
  std::vector<std::string> missing;
  for (const Question& q : questions) {
    const Answer* a = FindAnswer(answers, q.id);
    if (a && !IsEmpty(*a)) continue;
    const bool must = q.required && !known.contains(q.id) && IsShown(questions, q, answers);
    if (must || of_metric == q.id) missing.push_back(q.id);
  }
  return missing;
}

std::optional<int> ScoreIn(const std::vector<Question>& questions, const Metric& metric,
                           const std::vector<Answer>& answers) {
  if (!HasScore(metric)) return std::nullopt;
  for (const Question& q : questions) {
    if (!IsOf(q, metric.id)) continue;
    const Answer* a = FindAnswer(answers, q.id);
    return a && a->number ? std::optional(static_cast<int>(*a->number)) : std::nullopt;
  }
  return std::nullopt;
}

std::vector<Answer> ApplyForm(const std::vector<Question>& questions, const Metric& metric,
                              const std::vector<Answer>& stored, const Form& form) {
  const bool whole = form.shown.empty() && !UnansweredMetric(questions, metric, form.answers);
  std::vector<Answer> merged;
  for (const Question& q : questions) {
    const Answer* a = FindAnswer(form.answers, q.id);
    if (!a && !whole && !form.shown.contains(q.id)) a = FindAnswer(stored, q.id);
    if (a && !IsEmpty(*a) && IsShown(questions, q, merged)) merged.push_back(*a);
  }
  return merged;
}

}  // namespace hoiam::survey
