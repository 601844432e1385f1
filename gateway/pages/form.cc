#include "gateway/pages/form.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "gateway/route/path.h"
#include "platform/base/text.h"

namespace hoiam::gateway {
namespace {

namespace sv = hoiam::survey::v1;

const sv::Question* Find(const sv::Survey& survey, absl::string_view id) {
  const auto it = std::find_if(survey.questions().begin(), survey.questions().end(),
                               [&](const sv::Question& q) { return q.question_id() == id; });
  return it == survey.questions().end() ? nullptr : &*it;
}

// One of the tenant's own; nullptr for those that Hoiam brings.
const sv::Metric* FindMetric(const sv::RespondentPage& page, absl::string_view id) {
  const auto it = std::find_if(page.metrics().begin(), page.metrics().end(),
                               [&](const sv::Metric& m) { return m.metric_id() == id; });
  return it == page.metrics().end() ? nullptr : &*it;
}

bool IsWords(sv::QuestionType::Code type) { return type == sv::QuestionType::TEXT || type == sv::QuestionType::IDEAL; }

void TakeNumber(const sv::Question& q, const std::string& value, bool has, double& number, Violations& violations) {
  int read;
  if (has) return violations.Add(q.question_id(), "ANSWERED_TWICE", "is answered twice");
  if (!absl::SimpleAtoi(value, &read)) return violations.Add(q.question_id(), "NOT_A_NUMBER", "must be a number");
  number = read;
}

// One value of one field; an empty one is no answer.
void Take(const sv::Question& q, const std::string& value, sv::Answer& answer, Violations& violations) {
  if (!IsUtf8(value)) return violations.Add(q.question_id(), "INVALID_UTF8", "must be valid UTF-8");
  if (IsScale(q.type())) {
    double number = 0;
    TakeNumber(q, value, answer.has_number(), number, violations);
    answer.set_number(number);
  } else if (IsWords(q.type())) {
    if (answer.has_text()) return violations.Add(q.question_id(), "ANSWERED_TWICE", "is answered twice");
    answer.set_text(value);
  } else {
    answer.add_choices(value);
  }
}

// The question that a field like "_expected.ID" belongs to; nullptr when the form has no such field.
const sv::Question* Beside(const sv::Survey& survey, absl::string_view name, absl::string_view prefix,
                           sv::QuestionType::Code type) {
  if (!absl::ConsumePrefix(&name, prefix)) return nullptr;
  const sv::Question* q = Find(survey, name);
  return q && q->type() == type ? q : nullptr;
}

bool IsKnown(const sv::Survey& survey, const std::string& name) {
  return name == kFinishField || name == kShownField || name == kCommentField || name == kPhoneField ||
         Find(survey, name) || Beside(survey, name, kExpectedField, sv::QuestionType::EXPECTATION_PAIR) ||
         Beside(survey, name, kNothingField, sv::QuestionType::IDEAL);
}

sv::Answer ReadAnswer(const sv::Question& q, const FormFields& fields, Violations& violations) {
  const std::string expected = absl::StrCat(kExpectedField, q.question_id()),
                    nothing = absl::StrCat(kNothingField, q.question_id());
  sv::Answer answer;
  bool ticked = false;
  for (const auto& [name, value] : fields) {
    if (value.empty()) continue;
    if (name == q.question_id()) Take(q, value, answer, violations);
    if (q.type() == sv::QuestionType::EXPECTATION_PAIR && name == expected) {
      double number = 0;
      TakeNumber(q, value, answer.has_expected(), number, violations);
      answer.set_expected(number);
    }
    ticked |= q.type() == sv::QuestionType::IDEAL && name == nothing;
  }
  if (ticked && !answer.has_text()) answer.set_nothing_missing(true);
  return answer;
}

}  // namespace

bool IsScale(sv::QuestionType::Code type) {
  switch (type) {
    case sv::QuestionType::NPS:
    case sv::QuestionType::CSAT:
    case sv::QuestionType::CES:
    case sv::QuestionType::CSI:
    case sv::QuestionType::EXPECTATION_PAIR:
    case sv::QuestionType::SCALE:
      return true;
    default:
      return false;
  }
}

bool ScaleOf(const sv::RespondentPage& page, const sv::Question& question, int& low, int& high) {
  switch (question.type()) {
    case sv::QuestionType::NPS:
      return low = 0, high = 10, true;
    case sv::QuestionType::CSAT:
      return low = 1, high = 5, true;
    case sv::QuestionType::CES:
      return low = 1, high = 7, true;
    case sv::QuestionType::CSI:
    case sv::QuestionType::EXPECTATION_PAIR:
      return low = 1, high = 10, true;
    case sv::QuestionType::SCALE:
      if (const sv::Metric* m = FindMetric(page, question.metric())) return low = m->min(), high = m->max(), true;
      return false;
    default:
      return false;
  }
}

sv::SubmitAnswerRequest ReadForm(const sv::Survey& survey, const FormFields& fields, Violations& violations) {
  sv::SubmitAnswerRequest out;
  bool pressed = false;
  const auto words = [&](const std::string& name, const std::string& value) {
    if (!IsUtf8(value)) violations.Add(name, "INVALID_UTF8", "must be valid UTF-8");
    return IsUtf8(value) ? value : "";
  };
  for (const auto& [name, value] : fields) {
    if (!IsKnown(survey, name)) violations.Add(ShownName(name), "UNKNOWN_FIELD", "is no field of this form");
    if (name == kFinishField) pressed = !value.empty() && value != "0";
    if (name == kShownField) {
      for (absl::string_view id : absl::StrSplit(value, ',', absl::SkipEmpty()))
        if (Find(survey, id)) out.add_shown(std::string(id));
    }
    if (name == kCommentField && !value.empty()) out.set_comment(words(name, value));
    if (name == kPhoneField && !value.empty()) out.set_phone(words(name, value));
  }
  for (const sv::Question& q : survey.questions()) {
    sv::Answer answer = ReadAnswer(q, fields, violations);
    if (answer.ByteSizeLong() == 0) continue;
    answer.set_question_id(q.question_id());
    *out.add_answers() = std::move(answer);
  }
  out.set_finished(pressed || out.shown_size() > 0);
  return out;
}

Band BandOf(const sv::RespondentPage& page, absl::string_view metric, int score) {
  if (const sv::Metric* own = FindMetric(page, metric)) {
    for (const sv::Metric::Part& p : own->parts()) {
      if (score < p.low() || score > p.high()) continue;
      return p.mood() == sv::Mood::UNHAPPY ? Band::kLow : p.mood() == sv::Mood::HAPPY ? Band::kHigh : Band::kMiddle;
    }
  }
  if (metric == "NPS") return score <= 6 ? Band::kLow : score <= 8 ? Band::kMiddle : Band::kHigh;
  const int middle = metric == "CES" ? 4 : 3;
  return score < middle ? Band::kLow : score == middle ? Band::kMiddle : Band::kHigh;
}

void Preselect(const sv::RespondentPage& page, absl::string_view score,
               google::protobuf::RepeatedPtrField<sv::Answer>& answers) {
  int number, low, high;
  if (!absl::SimpleAtoi(score, &number)) return;
  for (const std::string& id : page.shown()) {
    const sv::Question* q = Find(page.survey(), id);
    if (!q || q->type() == sv::QuestionType::EXPECTATION_PAIR || !ScaleOf(page, *q, low, high)) continue;
    const bool answered =
        std::any_of(answers.begin(), answers.end(), [&](const sv::Answer& a) { return a.question_id() == id; });
    if (answered || number < low || number > high) return;
    sv::Answer& a = *answers.Add();
    a.set_question_id(id);
    a.set_number(number);
    return;
  }
}

}  // namespace hoiam::gateway
