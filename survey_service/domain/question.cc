#include "survey_service/domain/question.h"

#include <algorithm>

#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

// Of what was expected and what was received.
constexpr ScoreRange kPairScale{1, 10};

}  // namespace

const Metric* MetricOf(const Question& q) {
  static const Metric* const kNps = FindBuiltInMetric("NPS").get();
  static const Metric* const kCsat = FindBuiltInMetric("CSAT").get();
  static const Metric* const kCes = FindBuiltInMetric("CES").get();
  static const Metric* const kCsi = FindBuiltInMetric("CSI").get();
  switch (q.kind) {
    case QuestionKind::kNps:
      return kNps;
    case QuestionKind::kCsat:
      return kCsat;
    case QuestionKind::kCes:
      return kCes;
    case QuestionKind::kCsi:
      return kCsi;
    case QuestionKind::kScale:
      return q.metric.get();
    default:
      return nullptr;
  }
}

bool IsOf(const Question& q, absl::string_view metric_id) {
  if (q.kind == QuestionKind::kScale) return q.metric_id == metric_id;
  const Metric* metric = MetricOf(q);
  return metric && metric->id == metric_id;
}

std::optional<ScoreRange> ScaleOf(const Question& q) {
  if (q.kind == QuestionKind::kExpectationPair) return kPairScale;
  const Metric* metric = MetricOf(q);
  return metric ? std::optional(metric->scale) : std::nullopt;
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
