#include "survey_service/domain/condition.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Op = ScoreCompare::Op;

Question Make(const std::string& id, QuestionKind kind) {
  Question q;
  q.id = id;
  q.kind = kind;
  q.text = {"?", "?"};
  return q;
}

// nps, one (a | b), words, csi, and last the question that is asked about.
std::vector<Question> Survey(ShowIf condition) {
  Question one = Make("one", QuestionKind::kSingleChoice);
  for (const char* o : {"a", "b"}) one.options.push_back({o, {o, o}});
  Question last = Make("last", QuestionKind::kText);
  last.show_if = std::move(condition);
  return {Make("nps", QuestionKind::kNps), one,  Make("words", QuestionKind::kText),
          Make("csi", QuestionKind::kCsi), last, Make("later", QuestionKind::kNps)};
}

ShowIf About(const std::string& id) {
  ShowIf c;
  c.question_id = id;
  return c;
}
ShowIf Range(int min, int max) {
  ShowIf c = About("nps");
  c.min = min;
  c.max = max;
  return c;
}
ShowIf Compare(Op op, double value, const std::string& id = "nps") {
  ShowIf c = About(id);
  c.compare = ScoreCompare{op, value};
  return c;
}
ShowIf Chosen(std::vector<std::string> choices, const std::string& id = "one") {
  ShowIf c = About(id);
  c.choices = std::move(choices);
  return c;
}
ShowIf InBands(std::vector<std::string> bands, const std::string& id = "nps") {
  ShowIf c = About(id);
  c.bands = std::move(bands);
  return c;
}
ShowIf Answered(bool answered, const std::string& id) {
  ShowIf c = About(id);
  c.answered = answered;
  return c;
}
ShowIf All(std::vector<ShowIf> parts) {
  ShowIf c;
  c.all = std::move(parts);
  return c;
}
ShowIf Any(std::vector<ShowIf> parts) {
  ShowIf c;
  c.any = std::move(parts);
  return c;
}

std::vector<std::string> Check(const ShowIf& condition) {
  std::vector<Problem> problems;
  CheckCondition(Survey(condition), 4, "q", problems);
  std::vector<std::string> out;
  for (const Problem& p : problems) out.push_back(absl::StrCat(p.path, " ", p.reason));
  return out;
}

TEST(ConditionTest, GoodOnesAreGood) {
  for (const ShowIf& c : {Range(0, 6), Range(0, 0), Compare(Op::kNe, 10), Compare(Op::kGe, 1, "csi"),
                          Chosen({"a", "b"}), InBands({"DETRACTOR", "PASSIVE"}), Answered(false, "words"),
                          Answered(true, "csi"), All({Range(0, 6), Any({Chosen({"a"}), Answered(false, "one")})})})
    EXPECT_THAT(Check(c), IsEmpty());
}

TEST(ConditionTest, TheyPointForwardOnlyAndSomewhere) {
  EXPECT_THAT(Check(Compare(Op::kEq, 1, "later")), ElementsAre("q.questionId NOT_AN_EARLIER_QUESTION"));
  EXPECT_THAT(Check(Answered(true, "last")), ElementsAre("q.questionId NOT_AN_EARLIER_QUESTION"));
  EXPECT_THAT(Check(Answered(true, "nobody")), ElementsAre("q.questionId UNKNOWN_QUESTION"));
  EXPECT_THAT(Check(ShowIf()), ElementsAre("q.questionId REQUIRED"));
}

TEST(ConditionTest, ValuesLieOnTheScale) {
  EXPECT_THAT(Check(Range(7, 6)), ElementsAre("q RANGE_OFF_SCALE"));
  EXPECT_THAT(Check(Range(9, 11)), ElementsAre("q RANGE_OFF_SCALE"));
  EXPECT_THAT(Check(Compare(Op::kGt, 11)), ElementsAre("q.compare.value SCORE_OUT_OF_RANGE"));
  EXPECT_THAT(Check(Compare(Op::kGt, 6.5)), ElementsAre("q.compare.value SCORE_OUT_OF_RANGE"));
  EXPECT_THAT(Check(Compare(Op::kNone, 6)), ElementsAre("q.compare.operator REQUIRED"));
  EXPECT_THAT(Check(Compare(Op::kEq, 1, "words")), ElementsAre("q.questionId NOT_A_SCALE"));
  EXPECT_THAT(Check(Compare(Op::kEq, 1, "one")), ElementsAre("q.questionId NOT_A_SCALE"));
}

TEST(ConditionTest, ChoicesAndBandsAreThoseOfTheQuestion) {
  EXPECT_THAT(Check(Chosen({"a", "c"})), ElementsAre("q.choices[1] UNKNOWN_CHOICE"));
  EXPECT_THAT(Check(Chosen({"a"}, "nps")), ElementsAre("q.questionId NOT_A_CHOICE"));
  EXPECT_THAT(Check(InBands({"PROMOTER", "SATISFIED"})), ElementsAre("q.bands[1] UNKNOWN_BAND"));
  EXPECT_THAT(Check(InBands({"PROMOTER"}, "csi")), ElementsAre("q.questionId NO_BANDS"));
  EXPECT_THAT(Check(InBands({"PROMOTER"}, "one")), ElementsAre("q.questionId NO_BANDS"));
}

TEST(ConditionTest, EachPartSaysOneThing) {
  EXPECT_THAT(Check(About("nps")), ElementsAre("q CONDITION_EMPTY"));
  ShowIf two = Compare(Op::kEq, 1);
  two.bands = {"PROMOTER"};
  EXPECT_THAT(Check(two), ElementsAre("q CONDITION_MIXED"));
  two = Answered(true, "nps");
  two.max = 6;
  EXPECT_THAT(Check(two), ElementsAre("q CONDITION_MIXED"));
  two = All({Range(0, 6)});
  two.question_id = "nps";
  EXPECT_THAT(Check(two), ElementsAre("q CONDITION_MIXED"));
  two = All({Range(0, 6)});
  two.any = {Range(0, 6)};
  EXPECT_THAT(Check(two), ElementsAre("q CONDITION_MIXED"));
}

TEST(ConditionTest, FourDeepAndTwentyPartsAreTheMost) {
  ShowIf deep = Range(0, 6);
  for (int i = 1; i < kMaxConditionDepth; ++i) deep = All({deep});
  EXPECT_THAT(Check(deep), IsEmpty());
  EXPECT_THAT(Check(Any({deep})), ElementsAre("q.any[0].all[0].all[0].all[0] CONDITION_TOO_DEEP"));
  std::vector<ShowIf> parts(kMaxConditionParts - 1, Range(0, 6));
  EXPECT_THAT(Check(Any(parts)), IsEmpty());
  parts.push_back(Range(0, 6));
  EXPECT_THAT(Check(Any(parts)), ElementsAre("q CONDITION_TOO_LARGE"));
}

TEST(ConditionTest, AMistakeInAListSaysWhere) {
  EXPECT_THAT(Check(All({Range(0, 6), Any({Chosen({"a"}), Chosen({"z"})})})),
              ElementsAre("q.all[1].any[1].choices[0] UNKNOWN_CHOICE"));
}

bool HoldsFor(const ShowIf& c, const std::vector<Answer>& answers) { return Holds(Survey(c), c, answers); }
Answer Score(int n) { return {"nps", static_cast<double>(n), {}, std::nullopt}; }
Answer Choice(const std::string& o) { return {"one", std::nullopt, {o}, std::nullopt}; }

TEST(HoldsTest, ComparisonsHoldAsNumbersDoOnTheWholeGrid) {
  for (int value = 0; value <= 10; ++value) {
    for (int n = 0; n <= 10; ++n) {
      const std::vector<Answer> a = {Score(n)};
      EXPECT_EQ(HoldsFor(Compare(Op::kEq, value), a), n == value);
      EXPECT_EQ(HoldsFor(Compare(Op::kNe, value), a), n != value);
      EXPECT_EQ(HoldsFor(Compare(Op::kLt, value), a), n < value);
      EXPECT_EQ(HoldsFor(Compare(Op::kLe, value), a), n <= value);
      EXPECT_EQ(HoldsFor(Compare(Op::kGt, value), a), n > value);
      EXPECT_EQ(HoldsFor(Compare(Op::kGe, value), a), n >= value);
      EXPECT_EQ(HoldsFor(Range(0, value), a), n <= value);
    }
  }
}

TEST(HoldsTest, OneEndOfARangeIsEnough) {
  ShowIf at_least = About("nps"), at_most = About("nps");
  at_least.min = 9;
  at_most.max = 0;
  EXPECT_THAT(Check(at_least), IsEmpty());
  EXPECT_THAT(Check(at_most), IsEmpty());
  for (int score = 0; score <= 10; ++score) {
    EXPECT_EQ(HoldsFor(at_least, {Score(score)}), score >= 9) << score;
    EXPECT_EQ(HoldsFor(at_most, {Score(score)}), score == 0) << score;
  }
}

TEST(HoldsTest, BandsAreThoseOfTheMetric) {
  for (int n = 0; n <= 10; ++n) {
    EXPECT_EQ(HoldsFor(InBands({"DETRACTOR"}), {Score(n)}), n <= 6) << n;
    EXPECT_EQ(HoldsFor(InBands({"PASSIVE", "PROMOTER"}), {Score(n)}), n >= 7) << n;
  }
}

TEST(HoldsTest, WhatWasNotAnsweredIsOnlyNotAnswered) {
  EXPECT_FALSE(HoldsFor(Compare(Op::kNe, 3), {}));
  EXPECT_FALSE(HoldsFor(Range(0, 10), {}));
  EXPECT_FALSE(HoldsFor(Chosen({"a"}), {}));
  EXPECT_TRUE(HoldsFor(Answered(false, "words"), {}));
  EXPECT_FALSE(HoldsFor(Answered(true, "words"), {{"words", std::nullopt, {}, ""}})) << "nothing was said";
  EXPECT_TRUE(HoldsFor(Answered(true, "words"), {{"words", std::nullopt, {}, "x"}}));
}

TEST(HoldsTest, ListsAreAndAndOr) {
  for (int n : {3, 9}) {
    for (const char* o : {"a", "b"}) {
      const std::vector<Answer> answers = {Score(n), Choice(o)};
      const bool low = n == 3, a = std::string(o) == "a";
      EXPECT_EQ(HoldsFor(All({Range(0, 6), Chosen({"a"})}), answers), low && a);
      EXPECT_EQ(HoldsFor(Any({Range(0, 6), Chosen({"a"})}), answers), low || a);
    }
  }
}

TEST(HoldsTest, WhatHoldsCouldHoldAndOpenQuestionsMayDecide) {
  const ShowIf c = All({Range(0, 6), Chosen({"a"})});
  const auto could = [&](const std::vector<Answer>& answers, const std::vector<std::string>& open) {
    return CouldHold(Survey(c), c, answers, open);
  };
  EXPECT_TRUE(could({}, {"nps", "one"}));
  EXPECT_TRUE(could({Score(3)}, {"one"}));
  EXPECT_FALSE(could({Score(9)}, {"one"})) << "the score has decided";
  EXPECT_FALSE(could({Score(3)}, {})) << "nobody will be asked for the other";
  EXPECT_TRUE(could({Score(3), Choice("a")}, {}));
}

}  // namespace
}  // namespace hoiam::survey
