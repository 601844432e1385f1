#include "survey_service/domain/question.h"

#include <algorithm>

#include "survey_service/limits.h"

namespace hoiam::survey {

std::optional<ScoreRange> ScaleOf(QuestionKind kind) {
  switch (kind) {
    case QuestionKind::kNps:
      return RangeOf(Metric::kNps);
    case QuestionKind::kCsat:
      return RangeOf(Metric::kCsat);
    case QuestionKind::kCes:
      return RangeOf(Metric::kCes);
    case QuestionKind::kCsi:
    case QuestionKind::kExpectationPair:
      return RangeOf(Metric::kCsi);
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
    case Metric::kCsi:
      return QuestionKind::kCsi;
  }
  return QuestionKind::kText;
}

std::optional<Metric> BandedMetric(QuestionKind kind) {
  switch (kind) {
    case QuestionKind::kNps:
      return Metric::kNps;
    case QuestionKind::kCsat:
      return Metric::kCsat;
    case QuestionKind::kCes:
      return Metric::kCes;
    default:
      return std::nullopt;
  }
}

bool IsEmpty(const Answer& a) {
  return !a.number && a.choices.empty() && (!a.text || a.text->empty()) && !a.importance && !a.expected &&
         !a.nothing_missing;
}

const Question* FindQuestion(const std::vector<Question>& questions, absl::string_view id) {
  const auto it = std::find_if(questions.begin(), questions.end(), [&](const Question& q) { return q.id == id; });
  return it == questions.end() ? nullptr : &*it;
}

const Answer* FindAnswer(const std::vector<Answer>& answers, absl::string_view id) {
  const auto it = std::find_if(answers.begin(), answers.end(), [&](const Answer& a) { return a.question_id == id; });
  return it == answers.end() ? nullptr : &*it;
}

bool IsChoice(QuestionKind kind) {
  return kind == QuestionKind::kSingleChoice || kind == QuestionKind::kMultipleChoice ||
         kind == QuestionKind::kCsiImportance || kind == QuestionKind::kExpectation || kind == QuestionKind::kSource;
}

std::vector<std::string> ChoicesOf(const std::vector<Question>& questions, const Question& q) {
  std::vector<std::string> ids;
  if (q.kind == QuestionKind::kExpectation) return {"below", "as_expected", "above"};
  if (q.kind == QuestionKind::kCsiImportance) {
    for (const Question& other : questions)
      if (other.kind == QuestionKind::kCsi) ids.push_back(other.id);
    return ids;
  }
  for (const Option& o : q.options) ids.push_back(o.id);
  return ids;
}

int MaxChoices(const Question& q) {
  if (q.kind == QuestionKind::kMultipleChoice) return q.max_choices > 0 ? q.max_choices : static_cast<int>(kMaxOptions);
  if (q.kind == QuestionKind::kCsiImportance) return q.max_choices > 0 ? q.max_choices : kDefaultMaxImportant;
  return IsChoice(q.kind) ? 1 : 0;
}

}  // namespace hoiam::survey
