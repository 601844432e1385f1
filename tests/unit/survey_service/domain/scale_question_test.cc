// Questions on the scale of a metric of the tenant's own.
#include <gmock/gmock.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "survey_service/domain/questionnaire.h"

namespace hoiam::survey {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// 0–4: 0–1 unhappy, 2 indifferent, 3–4 happy.
MetricPtr Taste(int version = 1) {
  Metric m;
  m.id = "TASTE";
  m.scale = {0, 4};
  m.version = version;
  m.parts = {{"bad", Mood::kUnhappy, 0, 1, -1, "UNHAPPY"},
             {"fair", Mood::kIndifferent, 2, 2, 0, "INDIFFERENT"},
             {"good", Mood::kHappy, 3, 4, 1, "HAPPY"}};
  if (version == 2) m.parts = {{m.parts[0]}, {"fair", Mood::kIndifferent, 2, 3, 0, "INDIFFERENT"}, m.parts[2]};
  if (version == 2) m.parts[2].low = 4;
  return std::make_shared<const Metric>(std::move(m));
}

Question Make(const std::string& id, QuestionKind kind) {
  Question q;
  q.id = id;
  q.kind = kind;
  q.text = {"Câu hỏi", "Question"};
  return q;
}

Question Scale(const std::string& id, MetricPtr metric = Taste()) {
  Question q = Make(id, QuestionKind::kScale);
  q.metric_id = "TASTE";
  q.metric = std::move(metric);
  return q;
}

Answer Number(const std::string& id, double n) { return {id, n, {}, std::nullopt}; }

std::vector<std::string> Show(const std::vector<Problem>& problems) {
  std::vector<std::string> out;
  for (const Problem& p : problems) out.push_back(absl::StrCat(p.path, " ", p.reason));
  return out;
}

std::vector<std::string> Check(const std::vector<Question>& questions) {
  return Show(CheckQuestions(questions, *Taste()));
}

TEST(ScaleQuestionTest, ASurveyOfAMetricOfOnesOwnHasOneQuestionOfIt) {
  EXPECT_THAT(Check({Scale("taste")}), IsEmpty());
  EXPECT_THAT(Check({Make("nps", QuestionKind::kNps)}), ElementsAre(" METRIC_QUESTION_MISSING"));
  EXPECT_THAT(Check({Scale("taste"), Scale("again")}), ElementsAre("[1].type METRIC_QUESTION_TWICE"));
  EXPECT_THAT(Show(CheckQuestions({Make("nps", QuestionKind::kNps), Scale("taste"), Scale("again")},
                                  *FindBuiltInMetric("NPS"))),
              IsEmpty())
      << "beside another metric there may be several";
}

TEST(ScaleQuestionTest, ItNamesAMetricThatThereIs) {
  Question unknown = Scale("q", nullptr);
  EXPECT_THAT(Check({Scale("taste"), unknown}),
              ElementsAre("[1].metric UNKNOWN_METRIC", "[1].type METRIC_QUESTION_TWICE"));
  unknown.metric_id = "";
  EXPECT_THAT(Check({Scale("taste"), unknown}), ElementsAre("[1].metric REQUIRED"));
  unknown.metric_id = "CSAT";
  unknown.metric = FindBuiltInMetric("CSAT");
  EXPECT_THAT(Check({Scale("taste"), unknown}), ElementsAre("[1].metric BUILT_IN_METRIC"));
  Question text = Make("t", QuestionKind::kText);
  text.metric_id = "TASTE";
  EXPECT_THAT(Check({Scale("taste"), text}), ElementsAre("[1].metric NOT_A_SCALE"));
}

TEST(ScaleQuestionTest, ItIsAnsweredOnTheScaleOfItsMetric) {
  for (int n = 0; n <= 4; ++n) EXPECT_THAT(Show(CheckAnswers({Scale("taste")}, {Number("taste", n)})), IsEmpty()) << n;
  for (double n : {-1.0, 5.0, 2.5})
    EXPECT_THAT(Show(CheckAnswers({Scale("taste")}, {Number("taste", n)})),
                ElementsAre("[0].number SCORE_OUT_OF_RANGE"))
        << n;
  EXPECT_EQ(ScoreIn({Scale("taste")}, *Taste(), {Number("taste", 0)}), 0);
  EXPECT_EQ(UnansweredMetric({Scale("taste")}, *Taste(), {}), "taste");
  EXPECT_EQ(UnansweredMetric({Scale("taste")}, *Taste(), {Number("taste", 0)}), std::nullopt);
}

TEST(ScaleQuestionTest, StarsNeedAScaleThatBeginsWithOneAndFacesAreForCsat) {
  Question q = Scale("taste");
  q.style = ScaleStyle::kNumbers;
  q.low_label = {"dở", "bad"};
  EXPECT_THAT(Check({q}), IsEmpty());
  q.style = ScaleStyle::kStars;
  EXPECT_THAT(Check({q}), ElementsAre("[0].style STYLE_NOT_POSSIBLE"));
  q.style = ScaleStyle::kFaces;
  EXPECT_THAT(Check({q}), ElementsAre("[0].style STYLE_NOT_POSSIBLE"));
}

TEST(ScaleQuestionTest, ItsBandsAreTheMoodsOfItsPartsInTheVersionAtHand) {
  Question why = Make("why", QuestionKind::kText);
  why.show_if = ShowIf{"taste"};
  why.show_if->bands = {"HAPPY"};
  EXPECT_THAT(Check({Scale("taste"), why}), IsEmpty());
  for (int n = 0; n <= 4; ++n) {
    EXPECT_EQ(IsShown({Scale("taste"), why}, why, {Number("taste", n)}), n >= 3) << n;
    EXPECT_EQ(IsShown({Scale("taste", Taste(2)), why}, why, {Number("taste", n)}), n == 4) << n;
  }
  why.show_if->bands = {"PROMOTER"};
  EXPECT_THAT(Check({Scale("taste"), why}), ElementsAre("[1].showIf.bands[0] UNKNOWN_BAND"));
}

}  // namespace
}  // namespace hoiam::survey
