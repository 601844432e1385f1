#include "survey_service/domain/questionnaire.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <limits>
#include <map>

#include "absl/strings/str_cat.h"
#include "survey_service/domain/templates.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Metric& Built(absl::string_view id) { return *FindBuiltInMetric(id); }

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

ShowIf Shows(const std::string& id, int min, int max) {
  ShowIf c;
  c.question_id = id;
  c.min = min;
  c.max = max;
  return c;
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
  return Show(CheckQuestions(questions, Built("NPS")));
}

TEST(QuestionsTest, EveryTemplateIsAGoodSurvey) {
  for (const Template& t : Templates())
    EXPECT_THAT(Show(CheckQuestions(t.questions, Built(t.metric))), IsEmpty()) << t.id;
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
  hidden.show_if = Shows("ces", 1, 3);
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
                                       Text("why", Shows("nps", 0, 6)), Text("keep", Shows("nps", 9, 10))};

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
  EXPECT_THAT(MissingAnswers(survey, Built("NPS"), {}, {}), ElementsAre("nps"));
  EXPECT_THAT(MissingAnswers(survey, Built("NPS"), {}, {Number("nps", 9)}), IsEmpty());
  EXPECT_THAT(MissingAnswers(survey, Built("NPS"), {}, {Number("nps", 6)}), ElementsAre("why"));
  EXPECT_THAT(MissingAnswers(survey, Built("NPS"), {}, {Number("nps", 6), Said("why", "")}), ElementsAre("why"));
}

std::vector<std::string> Ids(const std::vector<Answer>& answers) {
  std::vector<std::string> ids;
  for (const Answer& a : answers) ids.push_back(a.question_id);
  return ids;
}

TEST(FormTest, AFormWithTheScoreIsTheWholeForm) {
  const std::vector<Answer> stored = {Number("nps", 3), Chose("one", {"a"}), Said("why", "trễ")};
  EXPECT_THAT(Ids(ApplyForm(kSurvey, Built("NPS"), stored, {{Number("nps", 3)}, {}})), ElementsAre("nps"));
  EXPECT_THAT(
      Ids(ApplyForm(kSurvey, Built("NPS"), stored, {{Number("nps", 9), Said("why", "trễ"), Said("keep", "x")}, {}})),
      ElementsAre("nps", "keep"));
}

TEST(FormTest, AFormWithoutItAdds) {
  const std::vector<Answer> stored = {Number("nps", 3), Said("why", "trễ")};
  const auto merged = ApplyForm(kSurvey, Built("NPS"), stored, {{Said("why", "trễ 2 ngày"), Chose("some", {"a"})}, {}});
  EXPECT_THAT(Ids(merged), ElementsAre("nps", "some", "why"));
  EXPECT_EQ(merged[2].text, "trễ 2 ngày");
  EXPECT_EQ(ScoreIn(kSurvey, Built("NPS"), merged), 3);
}

TEST(FormTest, EmptyAnswersAreLeftOut) {
  EXPECT_THAT(Ids(ApplyForm(kSurvey, Built("NPS"), {}, {{Number("nps", 3), Said("why", ""), Chose("one", {})}, {}})),
              ElementsAre("nps"));
  EXPECT_EQ(ScoreIn(kSurvey, Built("NPS"), {}), std::nullopt);
}

TEST(FormTest, WhatAPageShowedIsAnsweredByItAloneAndTheRestStays) {
  const std::vector<Answer> stored = {Number("nps", 3), Chose("one", {"a"}), Said("why", "trễ")};
  EXPECT_THAT(Ids(ApplyForm(kSurvey, Built("NPS"), stored, {{Number("nps", 3)}, {"nps", "why"}})),
              ElementsAre("nps", "one"));
}

// A survey of metric CSI: two attributes, what matters most, and a pair.
std::vector<Question> Csi() {
  Question a = Scale("quality", QuestionKind::kCsi), b = Scale("staff", QuestionKind::kCsi);
  a.object = CsiObject::kProduct;
  b.object = CsiObject::kService;
  return {a,
          b,
          Scale("important", QuestionKind::kCsiImportance),
          Scale("expectation", QuestionKind::kExpectation),
          Scale("pair", QuestionKind::kExpectationPair),
          Scale("ideal", QuestionKind::kIdeal)};
}

TEST(CsiTest, AnyAttributeIsTheMetricsQuestion) {
  const std::vector<Question> q = Csi();
  EXPECT_THAT(Show(CheckQuestions(q, Built("CSI"))), IsEmpty());
  EXPECT_EQ(UnansweredMetric(q, Built("CSI"), {}), "quality");
  EXPECT_EQ(UnansweredMetric(q, Built("CSI"), {Number("staff", 9)}), std::nullopt);
  EXPECT_EQ(ScoreIn(q, Built("CSI"), {Number("staff", 9)}), std::nullopt) << "no single score";
  EXPECT_THAT(MissingAnswers(q, Built("CSI"), {}, {Number("staff", 9)}), IsEmpty());
}

TEST(CsiTest, AtLeastOneAttributeIsAskedOfEverybody) {
  std::vector<Question> q = Csi();
  q[0].known_from = "segment";
  EXPECT_THAT(Show(CheckQuestions(q, Built("CSI"))), IsEmpty());
  q[1].ask_again_after = absl::Hours(24);
  EXPECT_THAT(Show(CheckQuestions(q, Built("CSI"))), ElementsAre(" METRIC_QUESTION_MISSING"));
}

TEST(CsiTest, AnAttributeSaysWhatItIsAboutAndNothingElseDoes) {
  std::vector<Question> q = Csi();
  q[0].object = CsiObject::kNone;
  q[5].object = CsiObject::kBrand;
  EXPECT_THAT(Show(CheckQuestions(q, Built("CSI"))), ElementsAre("[0].object REQUIRED", "[5].object NOT_AN_ATTRIBUTE"));
  EXPECT_THAT(Check({Scale("nps"), Scale("important", QuestionKind::kCsiImportance)}),
              ElementsAre("[1].type NO_ATTRIBUTES"));
}

std::vector<std::string> CheckCsi(const Answer& a) { return Show(CheckAnswers(Csi(), {a})); }

TEST(CsiTest, EachMistakeHasItsReason) {
  Answer a = Number("quality", 10);
  a.importance = 10;
  EXPECT_THAT(CheckCsi(a), IsEmpty());
  a.importance = 0;
  EXPECT_THAT(CheckCsi(a), ElementsAre("[0].importance SCORE_OUT_OF_RANGE"));
  EXPECT_THAT(CheckCsi(Number("quality", 0)), ElementsAre("[0].number SCORE_OUT_OF_RANGE"));
  EXPECT_THAT(CheckCsi(Chose("important", {"quality", "staff"})), IsEmpty());
  EXPECT_THAT(CheckCsi(Chose("important", {"pair"})), ElementsAre("[0].choices[0] UNKNOWN_CHOICE"));
  EXPECT_THAT(CheckCsi(Chose("important", {"a", "b", "c", "d"})), ElementsAre("[0].choices TOO_MANY_CHOICES"));
  EXPECT_THAT(CheckCsi(Chose("expectation", {"as_expected"})), IsEmpty());
  EXPECT_THAT(CheckCsi(Chose("expectation", {"equal"})), ElementsAre("[0].choices[0] UNKNOWN_CHOICE"));
  EXPECT_THAT(CheckCsi(Number("pair", 5)), ElementsAre("[0].expected REQUIRED"));
  Answer pair = Number("pair", 5);
  pair.expected = 11;
  EXPECT_THAT(CheckCsi(pair), ElementsAre("[0].expected SCORE_OUT_OF_RANGE"));
  pair.question_id = "quality";
  EXPECT_THAT(CheckCsi(pair), ElementsAre("[0].expected WRONG_KIND"));
  Answer nothing;
  nothing.question_id = "ideal";
  nothing.nothing_missing = true;
  EXPECT_THAT(CheckCsi(nothing), IsEmpty());
  nothing.text = "không có ạ";
  EXPECT_THAT(CheckCsi(nothing), IsEmpty()) << "the words and what they come to";
  nothing.text = "thêm bãi xe";
  EXPECT_THAT(CheckCsi(nothing), ElementsAre("[0] ONE_VALUE"));
  nothing = Answer{"quality"};
  nothing.nothing_missing = true;
  EXPECT_THAT(CheckCsi(nothing), ElementsAre("[0].nothingMissing WRONG_KIND"));
}

TEST(CsiTest, WordsThatSayOnlyThatNothingIsMissingAreNoted) {
  std::vector<Answer> answers = {Said("ideal", "Không có ạ"), Said("pair", "không có")};
  NoteNothingMissing(Csi(), answers);
  EXPECT_TRUE(answers[0].nothing_missing);
  EXPECT_FALSE(answers[1].nothing_missing) << "no ideal question";
  answers[0].text = "Không có gì, chỉ mong có bãi xe";
  NoteNothingMissing(Csi(), answers);
  EXPECT_FALSE(answers[0].nothing_missing);
}

TEST(StyleTest, StarsBeginWithOneAndFacesAreFive) {
  for (const QuestionKind kind : {QuestionKind::kNps, QuestionKind::kCsat, QuestionKind::kCes, QuestionKind::kText}) {
    for (const ScaleStyle style : {ScaleStyle::kPlain, ScaleStyle::kNumbers, ScaleStyle::kStars, ScaleStyle::kFaces}) {
      Question q = Scale("q", kind);
      q.style = style;
      const bool scale = kind != QuestionKind::kText;
      const bool good = style == ScaleStyle::kPlain || (style == ScaleStyle::kNumbers && scale) ||
                        (style == ScaleStyle::kStars && scale && kind != QuestionKind::kNps) ||
                        (style == ScaleStyle::kFaces && kind == QuestionKind::kCsat);
      const auto problems = Show(CheckQuestions({q, Scale("m", QuestionKind::kCsi)}, Built("CSI")));
      EXPECT_EQ(std::count(problems.begin(), problems.end(), "[0].style STYLE_NOT_POSSIBLE"), good ? 0 : 1)
          << static_cast<int>(kind) << " " << static_cast<int>(style);
    }
  }
}

TEST(KnownTest, AQuestionIsKnownUntilExactlyItsTimeIsUp) {
  Question source = Choice("source", QuestionKind::kSource, {"zalo"});
  source.ask_again_after = absl::Hours(24 * 3650);
  const std::vector<Question> questions = {Scale("nps"), source};
  const absl::Time at = absl::FromUnixSeconds(1'790'000'000), open = at + absl::Hours(24 * 3650);
  const std::map<std::string, absl::Time> answered = {{"source", at}, {"nps", at}};
  EXPECT_THAT(KnownQuestions(questions, {}, answered, open - absl::Nanoseconds(1)), ElementsAre("source"));
  EXPECT_THAT(KnownQuestions(questions, {}, answered, open), IsEmpty());
  EXPECT_THAT(KnownQuestions(questions, {}, {}, at), IsEmpty());
}

TEST(KnownTest, WhatTheProfileSaysIsNotAskedAndNotMissed) {
  Question district = Text("district");
  district.known_from = "quan";
  district.required = true;
  const std::vector<Question> questions = {Scale("nps"), district};
  const auto known = KnownQuestions(questions, {"quan"}, {}, absl::UnixEpoch());
  EXPECT_THAT(known, ElementsAre("district"));
  EXPECT_THAT(WhatToAsk(questions, known, {}).shown, ElementsAre("nps"));
  EXPECT_THAT(MissingAnswers(questions, Built("NPS"), known, {Number("nps", 3)}), IsEmpty());
  EXPECT_THAT(MissingAnswers(questions, Built("NPS"), {}, {Number("nps", 3)}), ElementsAre("district"));
  EXPECT_THAT(WhatToAsk(questions, known, {Said("district", "Q1")}).shown, ElementsAre("nps", "district"))
      << "answered here: shown, so that it can be amended";
}

TEST(AskedTest, MoreMayComeUntilTheAnswersRuleItOut) {
  EXPECT_TRUE(WhatToAsk(kSurvey, {}, {}).more_may_come);
  for (int score = 0; score <= 10; ++score) {
    const Asked asked = WhatToAsk(kSurvey, {}, {Number("nps", score)});
    EXPECT_FALSE(asked.more_may_come) << score;
    EXPECT_EQ(asked.shown.size(), score <= 6 || score >= 9 ? 4u : 3u) << score;
  }
}

TEST(AskedTest, AQuestionBehindAKnownOneDoesNotCome) {
  const std::vector<Question> questions = {Scale("nps"), Scale("ces", QuestionKind::kCes),
                                           Text("why", Shows("ces", 1, 3))};
  EXPECT_TRUE(WhatToAsk(questions, {}, {Number("nps", 3)}).more_may_come);
  EXPECT_FALSE(WhatToAsk(questions, {"ces"}, {Number("nps", 3)}).more_may_come);
}

TEST(AskedTest, AnAnswerToAHiddenQuestionWasNotAskedFor) {
  EXPECT_THAT(NotAsked(kSurvey, {Number("nps", 9), Said("why", "x")}), ElementsAre("why"));
  EXPECT_THAT(NotAsked(kSurvey, {Number("nps", 6), Said("why", "x")}), IsEmpty());
  EXPECT_THAT(NotAsked(kSurvey, {Said("why", "x")}), ElementsAre("why")) << "nothing was said of the score";
}

}  // namespace
}  // namespace hoiam::survey
