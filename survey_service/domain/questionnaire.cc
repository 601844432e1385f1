#include "survey_service/domain/questionnaire.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "platform/base/text.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

bool IsChoice(QuestionKind k) { return k == QuestionKind::kSingleChoice || k == QuestionKind::kMultipleChoice; }

const Question* ById(const std::vector<Question>& questions, absl::string_view id) {
  const auto it = std::find_if(questions.begin(), questions.end(), [&](const Question& q) { return q.id == id; });
  return it == questions.end() ? nullptr : &*it;
}

const Answer* AnswerTo(const std::vector<Answer>& answers, absl::string_view id) {
  const auto it = std::find_if(answers.begin(), answers.end(), [&](const Answer& a) { return a.question_id == id; });
  return it == answers.end() ? nullptr : &*it;
}

bool IsEmpty(const Answer& a) { return !a.number && a.choices.empty() && (!a.text || a.text->empty()); }

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
  std::vector<Problem> Take() { return std::move(problems_); }

 private:
  std::vector<Problem> problems_;
};

void CheckOptions(const Question& q, const std::string& at, Checker& c) {
  if (!IsChoice(q.kind)) {
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

void CheckShowIf(const std::vector<Question>& questions, size_t i, const std::string& at, Checker& c) {
  const ShowIf& show = *questions[i].show_if;
  const auto earlier = std::find_if(questions.begin(), questions.begin() + i,
                                    [&](const Question& q) { return q.id == show.question_id; });
  if (earlier == questions.begin() + i)
    return c.Add(at + ".questionId", "NOT_AN_EARLIER_QUESTION",
                 "must be the id of a question that comes before this one");
  const auto scale = ScaleOf(earlier->kind);
  if (!scale) return c.Add(at + ".questionId", "NOT_A_SCALE", "must be the id of a question with a score");
  if (show.min > show.max || show.min < scale->min || show.max > scale->max)
    c.Add(at, "RANGE_OFF_SCALE",
          absl::StrCat("min and max must lie within ", scale->min, " to ", scale->max, ", in order"),
          {{"min", absl::StrCat(scale->min)}, {"max", absl::StrCat(scale->max)}});
}

void CheckValue(const Question& q, const Answer& a, const std::string& at, Checker& c) {
  const int kinds = a.number.has_value() + !a.choices.empty() + a.text.has_value();
  if (kinds != 1) return c.Add(at, "ONE_VALUE", "needs exactly one of number, choices and text");
  if (const auto scale = ScaleOf(q.kind)) {
    if (!a.number) return c.Add(at, "WRONG_KIND", "this question is answered with a number");
    if (!scale->Holds(*a.number))
      c.Add(at + ".number", "SCORE_OUT_OF_RANGE",
            absl::StrCat("must be a whole number, ", scale->min, " to ", scale->max),
            {{"min", absl::StrCat(scale->min)}, {"max", absl::StrCat(scale->max)}});
    return;
  }
  if (q.kind == QuestionKind::kText) {
    if (!a.text) return c.Add(at, "WRONG_KIND", "this question is answered with text");
    return c.Text(at + ".text", *a.text, kMaxComment);
  }
  if (a.choices.empty()) return c.Add(at, "WRONG_KIND", "this question is answered with choices");
  if (q.kind == QuestionKind::kSingleChoice && a.choices.size() > 1)
    return c.Add(at + ".choices", "ONE_CHOICE", "this question takes one choice");
  std::set<std::string> seen;
  for (size_t i = 0; i < a.choices.size(); ++i) {
    const std::string path = absl::StrCat(at, ".choices[", i, "]");
    const bool offered =
        std::any_of(q.options.begin(), q.options.end(), [&](const Option& o) { return o.id == a.choices[i]; });
    if (!offered)
      c.Add(path, "UNKNOWN_CHOICE", "is not one of the options of this question");
    else if (!seen.insert(a.choices[i]).second)
      c.Add(path, "DUPLICATE_CHOICE", "is chosen twice");
  }
}

}  // namespace

std::optional<ScoreRange> ScaleOf(QuestionKind kind) {
  switch (kind) {
    case QuestionKind::kNps:
      return RangeOf(Metric::kNps);
    case QuestionKind::kCsat:
      return RangeOf(Metric::kCsat);
    case QuestionKind::kCes:
      return RangeOf(Metric::kCes);
    default:
      return std::nullopt;
  }
}

QuestionKind QuestionOf(Metric metric) {
  switch (metric) {
    case Metric::kNps:
      return QuestionKind::kNps;
    case Metric::kCsat:
      return QuestionKind::kCsat;
    case Metric::kCes:
      return QuestionKind::kCes;
  }
  return QuestionKind::kText;
}

std::vector<Problem> CheckQuestions(const std::vector<Question>& questions, Metric metric) {
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
    if (!ScaleOf(q.kind) && !(q.low_label.empty() && q.high_label.empty()))
      c.Add(at + ".lowLabel", "NOT_A_SCALE", "only questions with a score have labels");
    c.Both(at + ".lowLabel", q.low_label, kMaxLabel, false);
    c.Both(at + ".highLabel", q.high_label, kMaxLabel, false);
    CheckOptions(q, at, c);
    if (q.show_if) CheckShowIf(questions, i, at + ".showIf", c);
    if (q.kind != QuestionOf(metric)) continue;
    if (++of_metric > 1)
      c.Add(at + ".type", "METRIC_QUESTION_TWICE", "the survey has a question of its metric already");
    if (q.show_if) c.Add(at + ".showIf", "METRIC_QUESTION_HIDDEN", "the question of the metric is shown to everybody");
  }
  if (of_metric == 0)
    c.Add("", "METRIC_QUESTION_MISSING", absl::StrCat("needs a question of type ", MetricName(metric)));
  return c.Take();
}

std::vector<Problem> CheckAnswers(const std::vector<Question>& questions, const std::vector<Answer>& answers) {
  Checker c;
  std::set<std::string> seen;
  for (size_t i = 0; i < answers.size(); ++i) {
    const std::string at = absl::StrCat("[", i, "]");
    const Question* q = ById(questions, answers[i].question_id);
    if (!q)
      c.Add(at + ".questionId", "UNKNOWN_QUESTION", "is no question of this survey");
    else if (!seen.insert(q->id).second)
      c.Add(at + ".questionId", "ANSWERED_TWICE", "is answered twice");
    else
      CheckValue(*q, answers[i], at, c);
  }
  return c.Take();
}

bool IsShown(const Question& q, const std::vector<Answer>& answers) {
  if (!q.show_if) return true;
  const Answer* a = AnswerTo(answers, q.show_if->question_id);
  return a && a->number && *a->number >= q.show_if->min && *a->number <= q.show_if->max;
}

std::vector<std::string> MissingAnswers(const std::vector<Question>& questions, Metric metric,
                                        const std::vector<Answer>& answers) {
  std::vector<std::string> missing;
  for (const Question& q : questions) {
    const bool must = q.required || q.kind == QuestionOf(metric);
    const Answer* a = AnswerTo(answers, q.id);
    if (must && IsShown(q, answers) && (!a || IsEmpty(*a))) missing.push_back(q.id);
  }
  return missing;
}

std::optional<int> ScoreIn(const std::vector<Question>& questions, Metric metric, const std::vector<Answer>& answers) {
  for (const Question& q : questions) {
    if (q.kind != QuestionOf(metric)) continue;
    const Answer* a = AnswerTo(answers, q.id);
    return a && a->number ? std::optional(static_cast<int>(*a->number)) : std::nullopt;
  }
  return std::nullopt;
}

std::vector<Answer> ApplyForm(const std::vector<Question>& questions, Metric metric, const std::vector<Answer>& stored,
                              const std::vector<Answer>& form) {
  const bool whole = ScoreIn(questions, metric, form).has_value();
  std::vector<Answer> merged;
  for (const Question& q : questions) {
    const Answer* a = AnswerTo(form, q.id);
    if (!a && !whole) a = AnswerTo(stored, q.id);
    if (a && !IsEmpty(*a) && IsShown(q, merged)) merged.push_back(*a);
  }
  return merged;
}

}  // namespace hoiam::survey
