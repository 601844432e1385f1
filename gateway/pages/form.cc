#include "gateway/pages/form.h"

#include <algorithm>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "gateway/route/path.h"
#include "platform/base/text.h"

namespace hoiam::gateway {
namespace {

namespace sv = hoiam::survey::v1;
using Answers = google::protobuf::RepeatedPtrField<sv::Answer>;

const sv::Answer* AnswerTo(const Answers& answers, absl::string_view id) {
  const auto it = std::find_if(answers.begin(), answers.end(), [&](const auto& a) { return a.question_id() == id; });
  return it == answers.end() ? nullptr : &*it;
}

// One value of one field; an empty one is no answer.
void Take(const sv::Question& q, const std::string& value, sv::Answer& answer, Violations& violations) {
  int low, high;
  if (!IsUtf8(value)) return violations.Add(q.question_id(), "INVALID_UTF8", "must be valid UTF-8");
  if (ScaleOf(q.type(), low, high)) {
    int number;
    if (answer.has_number()) return violations.Add(q.question_id(), "ANSWERED_TWICE", "is answered twice");
    if (!absl::SimpleAtoi(value, &number)) return violations.Add(q.question_id(), "NOT_A_NUMBER", "must be a number");
    answer.set_number(number);
  } else if (q.type() == sv::QuestionType::TEXT) {
    if (answer.has_text()) return violations.Add(q.question_id(), "ANSWERED_TWICE", "is answered twice");
    answer.set_text(value);
  } else {
    answer.add_choices(value);
  }
}

}  // namespace

bool ScaleOf(sv::QuestionType::Code type, int& low, int& high) {
  switch (type) {
    case sv::QuestionType::NPS:
      return low = 0, high = 10, true;
    case sv::QuestionType::CSAT:
      return low = 1, high = 5, true;
    case sv::QuestionType::CES:
      return low = 1, high = 7, true;
    default:
      return false;
  }
}

bool IsShown(const sv::Question& q, const Answers& answers) {
  if (!q.has_show_if()) return true;
  const sv::Answer* a = AnswerTo(answers, q.show_if().question_id());
  return a && a->has_number() && a->number() >= q.show_if().min() && a->number() <= q.show_if().max();
}

bool MoreMayCome(const sv::Survey& survey, const Answers& answers) {
  return std::any_of(survey.questions().begin(), survey.questions().end(), [&](const sv::Question& q) {
    return q.has_show_if() && !AnswerTo(answers, q.show_if().question_id());
  });
}

sv::SubmitAnswerRequest ReadForm(const sv::Survey& survey, const FormFields& fields, Violations& violations) {
  sv::SubmitAnswerRequest out;
  bool pressed = false, knows_shown = false;
  std::set<std::string> shown;
  for (const auto& [name, value] : fields) {
    if (name == kFinishField) pressed = !value.empty() && value != "0";
    if (name == kShownField) {
      knows_shown = true;
      for (absl::string_view id : absl::StrSplit(value, ',', absl::SkipEmpty())) shown.insert(std::string(id));
    }
    if (name == kCommentField && !value.empty()) {
      if (IsUtf8(value))
        out.set_comment(value);
      else
        violations.Add(kCommentField, "INVALID_UTF8", "must be valid UTF-8");
    }
  }
  for (const auto& [name, value] : fields) {
    const bool known = name == kFinishField || name == kShownField || name == kCommentField ||
                       std::any_of(survey.questions().begin(), survey.questions().end(),
                                   [&name = name](const sv::Question& q) { return q.question_id() == name; });
    if (!known) violations.Add(ShownName(name), "UNKNOWN_FIELD", "is no field of this form");
  }
  bool unseen = false;
  for (const sv::Question& q : survey.questions()) {
    sv::Answer answer;
    for (const auto& [name, value] : fields)
      if (name == q.question_id() && !value.empty()) Take(q, value, answer, violations);
    if (IsShown(q, out.answers())) unseen |= !shown.contains(q.question_id());
    if (answer.ByteSizeLong() == 0) continue;
    answer.set_question_id(q.question_id());
    *out.add_answers() = std::move(answer);
  }
  out.set_finished(knows_shown ? !unseen : pressed);
  return out;
}

Band BandOf(absl::string_view metric, int score) {
  if (metric == "NPS") return score <= 6 ? Band::kLow : score <= 8 ? Band::kMiddle : Band::kHigh;
  const int middle = metric == "CES" ? 4 : 3;
  return score < middle ? Band::kLow : score == middle ? Band::kMiddle : Band::kHigh;
}

}  // namespace hoiam::gateway
