// The questions of a survey and the answers to them: what may stand in a survey, what is shown, what may be answered.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "survey_service/domain/question.h"

namespace hoiam::survey {

// Everything that is wrong with the questions of a survey that measures `metric`: ids unique and well formed, texts
// there, choices for choice questions only, metrics for questions of type SCALE only and known, conditions that look
// back, and exactly one question of the metric (CSI: at least one), asked of everybody.
std::vector<Problem> CheckQuestions(const std::vector<Question>& questions, const Metric& metric);

// Everything that is wrong with the answers: question unknown or answered twice, a value of the wrong kind, off its
// scale (SCORE_OUT_OF_RANGE with min and max), a choice that was not offered, too many choices, text too long. Says
// nothing about what is missing, and nothing about what was not asked.
std::vector<Problem> CheckAnswers(const std::vector<Question>& questions, const std::vector<Answer>& answers);

// The answers with `nothing_missing` set where the words under an ideal question say only that.
void NoteNothingMissing(const std::vector<Question>& questions, std::vector<Answer>& answers);

// Ids of the questions that are skipped for somebody: those that the profile answers (`profile`: names of its
// properties and fields that say something), and those answered less than their ask_again_after before `now`
// (`answered`: when, by question).
std::set<std::string> KnownQuestions(const std::vector<Question>& questions, const std::set<std::string>& profile,
                                     const std::map<std::string, absl::Time>& answered, absl::Time now);

// True when `q` is shown to somebody who gave these answers, known ones not considered.
bool IsShown(const std::vector<Question>& questions, const Question& q, const std::vector<Answer>& answers);

// What is shown to somebody who gave these answers, in order, and whether answers that are not given yet may bring up
// more. A known question is shown only when it has an answer here.
struct Asked {
  std::vector<std::string> shown;
  bool more_may_come = false;
};
Asked WhatToAsk(const std::vector<Question>& questions, const std::set<std::string>& known,
                const std::vector<Answer>& answers);

// Ids of the answers whose questions the other answers hide.
std::vector<std::string> NotAsked(const std::vector<Question>& questions, const std::vector<Answer>& answers);

// The question without whose answer there is nothing to store: that of the metric; CSI: the first of its attributes
// that is shown, when none is answered. nullopt: it is answered.
std::optional<std::string> UnansweredMetric(const std::vector<Question>& questions, const Metric& metric,
                                            const std::vector<Answer>& answers);

// Ids of the questions that are shown, must be answered and are not: the required ones and that of the metric.
std::vector<std::string> MissingAnswers(const std::vector<Question>& questions, const Metric& metric,
                                        const std::set<std::string>& known, const std::vector<Answer>& answers);

// The answer to the metric's question; nullopt when it was not answered, and for CSI, which has no single score.
std::optional<int> ScoreIn(const std::vector<Question>& questions, const Metric& metric,
                           const std::vector<Answer>& answers);

// A respondent's form: what was answered on it, and the questions that it showed (empty: not said).
struct Form {
  std::vector<Answer> answers;
  std::set<std::string> shown;
};

// What a form means when `stored` was given before. Questions that it showed are answered by it alone, the others keep
// their answers. A form that does not say what it showed is the whole form when it holds the metric's question, else it
// adds. Empty answers and answers to questions that are not shown are left out.
std::vector<Answer> ApplyForm(const std::vector<Question>& questions, const Metric& metric,
                              const std::vector<Answer>& stored, const Form& form);

}  // namespace hoiam::survey
