// The questions of a survey and the answers to them: what may stand in a survey, what is shown, what may be answered.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "survey_service/domain/metric.h"

namespace hoiam::survey {

enum class QuestionKind { kNps, kCsat, kCes, kSingleChoice, kMultipleChoice, kText };

// The scale of a question with a score; nullopt for choices and text.
std::optional<ScoreRange> ScaleOf(QuestionKind kind);
QuestionKind QuestionOf(Metric metric);

struct Words {
  std::string vi;
  std::string en;
  bool empty() const { return vi.empty() && en.empty(); }
};

struct Option {
  std::string id;
  Words text;
};

// Shown when the score of an earlier question lies within [min, max].
struct ShowIf {
  std::string question_id;
  int min = 0;
  int max = 0;
};

struct Question {
  std::string id;
  QuestionKind kind = QuestionKind::kText;
  Words text;
  bool required = false;
  std::vector<Option> options;
  std::optional<ShowIf> show_if;
  Words low_label;
  Words high_label;
};

struct Answer {
  std::string question_id;
  std::optional<double> number;
  std::vector<std::string> choices;
  std::optional<std::string> text;
};

// One thing that is wrong. `path` is relative to the list: "[2].showIf.questionId"; "" is the list itself.
struct Problem {
  std::string path;
  std::string reason;
  std::string description;
  std::map<std::string, std::string> metadata;
};

// Everything that is wrong with the questions of a survey that measures `metric`: ids unique and well formed, texts
// there, choices for choice questions only, conditions that look back to a question with a score, and exactly one
// question of the metric, shown to everybody.
std::vector<Problem> CheckQuestions(const std::vector<Question>& questions, Metric metric);

// Everything that is wrong with the answers: question unknown or answered twice, a value of the wrong kind, off its
// scale (SCORE_OUT_OF_RANGE with min and max), a choice that was not offered, text too long. Says nothing about what is
// missing.
std::vector<Problem> CheckAnswers(const std::vector<Question>& questions, const std::vector<Answer>& answers);

// True when `q` is shown to somebody who gave these answers.
bool IsShown(const Question& q, const std::vector<Answer>& answers);

// Ids of the questions that are shown, must be answered and are not: the required ones and that of the metric.
std::vector<std::string> MissingAnswers(const std::vector<Question>& questions, Metric metric,
                                        const std::vector<Answer>& answers);

// The answer to the metric's question; nullopt when it was not answered.
std::optional<int> ScoreIn(const std::vector<Question>& questions, Metric metric, const std::vector<Answer>& answers);

// What a respondent's form means when `stored` was given before. A form that holds the metric's question is the whole
// form and replaces it; one without adds to it. Empty answers and answers to questions that are not shown are left out.
std::vector<Answer> ApplyForm(const std::vector<Question>& questions, Metric metric, const std::vector<Answer>& stored,
                              const std::vector<Answer>& form);

}  // namespace hoiam::survey
