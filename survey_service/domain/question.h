// Questions, conditions and answers, as values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "survey_service/domain/metric.h"
#include "survey_service/domain/words.h"

namespace hoiam::survey {

enum class QuestionKind {
  kNps,
  kCsat,
  kCes,
  kSingleChoice,
  kMultipleChoice,
  kText,
  kCsi,
  kCsiImportance,
  kExpectation,
  kExpectationPair,
  kIdeal,
  kSource,
  kScale,
};

enum class CsiObject { kNone, kProduct, kService, kBrand };
enum class ScaleStyle { kPlain, kNumbers, kStars, kFaces };

struct Option {
  std::string id;
  Words text;
};

struct ScoreCompare {
  enum class Op { kNone, kEq, kNe, kLt, kLe, kGt, kGe };
  Op op = Op::kNone;
  double value = 0;
};

// When a question is shown: a list (`all`, `any`), or something about the answer to one earlier question.
struct ShowIf {
  std::string question_id;
  std::optional<int> min;  // one of both is enough for a range
  std::optional<int> max;
  std::optional<ScoreCompare> compare;
  std::vector<std::string> choices;
  std::vector<std::string> bands;
  std::optional<bool> answered;
  std::vector<ShowIf> all;
  std::vector<ShowIf> any;
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
  CsiObject object = CsiObject::kNone;
  int max_choices = 0;
  ScaleStyle style = ScaleStyle::kPlain;
  std::string known_from;                         // "": asked whatever the profile says
  std::optional<absl::Duration> ask_again_after;  // nullopt: always asked
  std::string metric_id;                          // SCALE
  MetricPtr metric;                               // SCALE: its definition; nullptr when there is none of that id
};

// The metric that a question is of: for CSI it is one of its attributes; nullptr for one of none.
const Metric* MetricOf(const Question& q);
// Whether a question is of this metric, whatever is known of it.
bool IsOf(const Question& q, absl::string_view metric_id);
// The scale of a question that is answered with a number; nullopt for the others.
std::optional<ScoreRange> ScaleOf(const Question& q);

struct Answer {
  std::string question_id;
  std::optional<double> number;
  std::vector<std::string> choices;
  std::optional<std::string> text;
  std::optional<double> importance;  // CSI
  std::optional<double> expected;    // EXPECTATION_PAIR
  bool nothing_missing = false;      // IDEAL
};

// Says nothing: an untouched field of a form.
bool IsEmpty(const Answer& a);

// nullptr when there is none of that id.
const Question* FindQuestion(const std::vector<Question>& questions, absl::string_view id);
const Answer* FindAnswer(const std::vector<Answer>& answers, absl::string_view id);

// What may be chosen: the question's options, the fixed ones of EXPECTATION, the attributes of the survey for
// CSI_IMPORTANCE. Empty for a question without choices.
std::vector<std::string> ChoicesOf(const std::vector<Question>& questions, const Question& q);
// Whether a question is answered with choices.
bool IsChoice(QuestionKind kind);
// The most that may be chosen.
int MaxChoices(const Question& q);

// One thing that is wrong. `path` is relative to the list: "[2].showIf.questionId"; "" is the list itself.
struct Problem {
  std::string path;
  std::string reason;
  std::string description;
  std::map<std::string, std::string> metadata;
};

}  // namespace hoiam::survey
