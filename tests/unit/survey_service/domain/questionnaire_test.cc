#include "survey_service/domain/questionnaire.h"

#include <gmock/gmock.h>

#include <limits>

#include "absl/strings/str_cat.h"
#include "survey_service/domain/templates.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Question Scale(const std::string& id, QuestionKind kind = QuestionKind::kNps) {
  Question q;
  q.id = id;
  q.kind = kind;
  q.text = {"Câu hỏi", "Question"};
  return q;
}

Question Text(const std::string& id, std::optional<ShowIf> show_if = std::nullopt) {
  Question q = Scale(id, QuestionKind::kText);
  q.show_if = show_if;
  return q;
}

Question Choice(const std::string& id, QuestionKind kind, const std::vector<std::string>& options) {
  Question q = Scale(id, kind);
  for (const std::string& o : options) q.options.push_back({o, {o, o}});
  return q;
}

Answer Number(const std::string& id, double n) { return {id, n, {}, std::nullopt}; }
Answer Said(const std::string& id, const std::string& text) { return {id, std::nullopt, {}, text}; }
Answer Chose(const std::string& id, std::vector<std::string> choices) {
  return {id, std::nullopt, std::move(choices), std::nullopt};
}

std::vector<std::string> Show(const std::vector<Problem>& problems) {
  std::vector<std::string> out;
  for (const Problem& p : problems) out.push_back(absl::StrCat(p.path, " ", p.reason));
  return out;
}

std::vector<std::string> Check(const std::vector<Question>& questions) {
  return Show(CheckQuestions(questions, Metric::kNps));
}

TEST(QuestionsTest, EveryTemplateIsAGoodSurvey) {
  for (const Template& t : Templates()) EXPECT_THAT(Show(CheckQuestions(t.questions, t.metric)), IsEmpty()) << t.id;
}

TEST(QuestionsTest, ConditionsLookBackToAQuestionWithAScore) {
  EXPECT_THAT(Check({Scale("nps"), Text("why", ShowIf{"nps", 0, 6})}), IsEmpty());
  EXPECT_THAT(Check({Text("why", ShowIf{"nps", 0, 6}), Scale("nps")}),
              ElementsAre("[0].showIf.questionId NOT_AN_EARLIER_QUESTION"));
  EXPECT_THAT(Check({Scale("nps"), Text("why", ShowIf{"why", 0, 6})}),
              ElementsAre("[1].showIf.questionId NOT_AN_EARLIER_QUESTION"));
  EXPECT_THAT(Check({Scale("nps"), Text("a"), Text("b", ShowIf{"a", 0, 6})}),
              ElementsAre("[2].showIf.questionId NOT_A_SCALE"));
  EXPECT_THAT(Check({Scale("nps"), Text("a", ShowIf{"nps", 7, 6})}), ElementsAre("[1].showIf RANGE_OFF_SCALE"));
  EXPECT_THAT(Check({Scale("nps"), Text("a", ShowIf{"nps", 9, 11})}), ElementsAre("[1].showIf RANGE_OFF_SCALE"));
}

TEST(QuestionsTest, NoQuestionTakesTheNameOfAFieldOfThePage) {
  for (const char* id : {"finish", "_comment", "_shown", "_"})
    EXPECT_THAT(Check({Scale("nps"), Text(id)}), ElementsAre("[1].questionId RESERVED_ID")) << id;
  EXPECT_THAT(Check({Scale("nps"), Text("finish_line"), Text("a_b")}), IsEmpty());
}

TEST(QuestionsTest, TheMetricIsAskedOnceAndOfEverybody) {
  EXPECT_THAT(Check({}), ElementsAre(" METRIC_QUESTION_MISSING"));
  EXPECT_THAT(Check({Scale("ces", QuestionKind::kCes)}), ElementsAre(" METRIC_QUESTION_MISSING"));
  EXPECT_THAT(Check({Scale("a"), Scale("b")}), ElementsAre("[1].type METRIC_QUESTION_TWICE"));
  Question hidden = Scale("nps");
  hidden.show_if = ShowIf{"ces", 1, 3};
  EXPECT_THAT(Check({Scale("ces", QuestionKind::kCes), hidden}), ElementsAre("[1].showIf METRIC_QUESTION_HIDDEN"));
}

TEST(QuestionsTest, IdsAreWellFormedAndUnique) {
  EXPECT_THAT(Check({Scale("nps"), Text("nps")}), ElementsAre("[1].questionId DUPLICATE_ID"));
  EXPECT_THAT(Check({Scale("NPS!")}), ElementsAre("[0].questionId INVALID_SLUG"));
  EXPECT_THAT(Check({Scale("nps"), Choice("c", QuestionKind::kSingleChoice, {"a", "a"})}),
              ElementsAre("[1].options[1].optionId DUPLICATE_ID"));
}

TEST(QuestionsTest, OptionsBelongToChoicesAndLabelsToScales) {
  EXPECT_THAT(Check({Scale("nps"), Choice("c", QuestionKind::kSingleChoice, {})}), ElementsAre("[1].options REQUIRED"));
  Question q = Text("t");
  q.options.push_back({"a", {"a", ""}});
  q.low_label = {"thấp", "low"};
  EXPECT_THAT(Check({Scale("nps"), q}), ElementsAre("[1].lowLabel NOT_A_SCALE", "[1].options NOT_A_CHOICE"));
}

TEST(QuestionsTest, TextsAreThereAndNotTooLong) {
  Question q = Scale("nps");
  q.text = {};
  EXPECT_THAT(Check({q}), ElementsAre("[0].text REQUIRED"));
  q.text.vi = std::string(kMaxQuestionText + 1, 'x');
  EXPECT_THAT(Check({q}), ElementsAre("[0].text.vi TOO_LONG"));
  q.text.vi = std::string("a\0b", 3);
  EXPECT_THAT(Check({q}), ElementsAre("[0].text.vi CONTROL_CHARACTER"));
  EXPECT_THAT(Check(std::vector<Question>(kMaxQuestions + 1, Scale("nps"))), ElementsAre(" TOO_MANY"));
}

const std::vector<Question> kSurvey = {Scale("nps"), Choice("one", QuestionKind::kSingleChoice, {"a", "b"}),
                                       Choice("some", QuestionKind::kMultipleChoice, {"a", "b"}),
                                       Text("why", ShowIf{"nps", 0, 6}), Text("keep", ShowIf{"nps", 9, 10})};

std::vector<std::string> CheckOne(const Answer& a) { return Show(CheckAnswers(kSurvey, {a})); }

TEST(AnswersTest, GoodAnswersAreGood) {
  EXPECT_THAT(
      Show(CheckAnswers(kSurvey, {Number("nps", 0), Chose("one", {"a"}), Chose("some", {"b", "a"}), Said("why", "")})),
      IsEmpty());
}

TEST(AnswersTest, EachMistakeHasItsReason) {
  EXPECT_THAT(CheckOne(Number("nps", 11)), ElementsAre("[0].number SCORE_OUT_OF_RANGE"));
  EXPECT_THAT(CheckOne(Number("nps", 6.5)), ElementsAre("[0].number SCORE_OUT_OF_RANGE"));
  EXPECT_THAT(CheckOne(Number("nps", std::numeric_limits<double>::quiet_NaN())),
              ElementsAre("[0].number SCORE_OUT_OF_RANGE"));
  EXPECT_THAT(CheckOne(Said("nps", "9")), ElementsAre("[0] WRONG_KIND"));
  EXPECT_THAT(CheckOne(Number("why", 1)), ElementsAre("[0] WRONG_KIND"));
  EXPECT_THAT(CheckOne(Said("one", "a")), ElementsAre("[0] WRONG_KIND"));
  EXPECT_THAT(CheckOne(Chose("one", {"c"})), ElementsAre("[0].choices[0] UNKNOWN_CHOICE"));
  EXPECT_THAT(CheckOne(Chose("one", {"a", "b"})), ElementsAre("[0].choices ONE_CHOICE"));
  EXPECT_THAT(CheckOne(Chose("some", {"a", "a"})), ElementsAre("[0].choices[1] DUPLICATE_CHOICE"));
  EXPECT_THAT(CheckOne(Number("nobody", 1)), ElementsAre("[0].questionId UNKNOWN_QUESTION"));
  EXPECT_THAT(CheckOne(Answer{"nps", 1, {}, "two values"}), ElementsAre("[0] ONE_VALUE"));
  EXPECT_THAT(CheckOne(Answer{"nps", std::nullopt, {}, std::nullopt}), ElementsAre("[0] ONE_VALUE"));
  EXPECT_THAT(CheckOne(Said("why", std::string(kMaxComment + 1, 'x'))), ElementsAre("[0].text TOO_LONG"));
  EXPECT_THAT(Show(CheckAnswers(kSurvey, {Number("nps", 1), Number("nps", 2)})),
              ElementsAre("[1].questionId ANSWERED_TWICE"));
}

TEST(AnswersTest, TheRangeIsToldWithTheRefusal) {
  const auto problems = CheckAnswers(kSurvey, {Number("nps", -1)});
  EXPECT_EQ(problems[0].metadata.at("min"), "0");
  EXPECT_EQ(problems[0].metadata.at("max"), "10");
}

TEST(AnswersTest, WhatIsNotShownNeedNoAnswer) {
  std::vector<Question> survey = kSurvey;
  survey[3].required = true;
  EXPECT_THAT(MissingAnswers(survey, Metric::kNps, {}), ElementsAre("nps"));
  EXPECT_THAT(MissingAnswers(survey, Metric::kNps, {Number("nps", 9)}), IsEmpty());
  EXPECT_THAT(MissingAnswers(survey, Metric::kNps, {Number("nps", 6)}), ElementsAre("why"));
  EXPECT_THAT(MissingAnswers(survey, Metric::kNps, {Number("nps", 6), Said("why", "")}), ElementsAre("why"));
}

std::vector<std::string> Ids(const std::vector<Answer>& answers) {
  std::vector<std::string> ids;
  for (const Answer& a : answers) ids.push_back(a.question_id);
  return ids;
}

TEST(FormTest, AFormWithTheScoreIsTheWholeForm) {
  const std::vector<Answer> stored = {Number("nps", 3), Chose("one", {"a"}), Said("why", "trễ")};
  EXPECT_THAT(Ids(ApplyForm(kSurvey, Metric::kNps, stored, {Number("nps", 3)})), ElementsAre("nps"));
  EXPECT_THAT(Ids(ApplyForm(kSurvey, Metric::kNps, stored, {Number("nps", 9), Said("why", "trễ"), Said("keep", "x")})),
              ElementsAre("nps", "keep"));
}

TEST(FormTest, AFormWithoutItAdds) {
  const std::vector<Answer> stored = {Number("nps", 3), Said("why", "trễ")};
  const auto merged = ApplyForm(kSurvey, Metric::kNps, stored, {Said("why", "trễ 2 ngày"), Chose("some", {"a"})});
  EXPECT_THAT(Ids(merged), ElementsAre("nps", "some", "why"));
  EXPECT_EQ(merged[2].text, "trễ 2 ngày");
  EXPECT_EQ(ScoreIn(kSurvey, Metric::kNps, merged), 3);
}

TEST(FormTest, EmptyAnswersAreLeftOut) {
  EXPECT_THAT(Ids(ApplyForm(kSurvey, Metric::kNps, {}, {Number("nps", 3), Said("why", ""), Chose("one", {})})),
              ElementsAre("nps"));
  EXPECT_EQ(ScoreIn(kSurvey, Metric::kNps, {}), std::nullopt);
}

}  // namespace
}  // namespace hoiam::survey
