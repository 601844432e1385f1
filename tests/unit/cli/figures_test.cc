// What the figures' commands print of answers as the API gives them.
#include <gmock/gmock.h>

#include "cli/api/json.h"
#include "cli/figures/tables.h"
#include "cli/figures/words.h"

namespace hoiam::cli {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

const Say kEn(Lang::kEn, absl::UTCTimeZone()), kVi(Lang::kVi, absl::UTCTimeZone());

template <class Answer>
Answer Read(const std::string& json) {
  Answer answer;
  const absl::Status read = FromJson(json, answer);
  EXPECT_TRUE(read.ok()) << read;
  return answer;
}

constexpr char kNpsRow[] = R"("scope":"RELATIONSHIP","formula":"NET","responses":40,"score":25,"enoughData":true,
  "interval":{"low":1.5,"high":48.5,"level":0.95,"method":"ADJUSTED_WALD"},
  "shares":[{"name":"detractors","count":10,"percent":25},{"name":"passives","count":10,"percent":25},
            {"name":"promoters","count":20,"percent":50}])";

std::string Row(const std::string& more = "") { return absl::StrCat("{", kNpsRow, more, "}"); }

TEST(ScoresTextTest, AFigureComesWithItsIntervalItsPartsAndWhereItsAnswersAre) {
  const auto scores = Read<scoring::v1::GetScoresResponse>(
      absl::StrCat(R"({"rows":[)", Row(R"(,"target":40,"verbatims":{"path":"/v1/responses?filter=x"})"), "]}"));
  EXPECT_THAT(ScoresText(kEn, "NPS", {}, false, scores),
              AllOf(HasSubstr("NPS – Net Promoter Score"), HasSubstr("25.0"), HasSubstr("[1.5; 48.5]"), HasSubstr("●"),
                    HasSubstr("¦ target"), HasSubstr("25.0%"), HasSubstr("GET /v1/responses?filter=x"),
                    Not(HasSubstr("not enough"))));
  EXPECT_THAT(ScoresText(kVi, "NPS", {}, false, scores),
              AllOf(HasSubstr("Chỉ số khách hàng thiện cảm"), HasSubstr("25,0"), HasSubstr("Phản đối"),
                    HasSubstr("Ý kiến nguyên văn")));
}

TEST(ScoresTextTest, NoAnswersAreNoScoreAndFewSayWhy) {
  const auto scores = Read<scoring::v1::GetScoresResponse>(
      R"({"rows":[{"group":{"team":"a"},"scope":"RELATIONSHIP"},
                  {"group":{"team":"b"},"scope":"RELATIONSHIP","responses":12,"score":50,"formula":"NET",
                   "interval":{"low":10,"high":80}},
                  {"group":{"team":"c"},"scope":"RELATIONSHIP","withheld":"SMALL_GROUP"}]})");
  const std::string text = ScoresText(kEn, "NPS", {"team"}, false, scores);
  EXPECT_THAT(text, AllOf(ContainsRegex("a .*–.*no answers"), ContainsRegex("b .*50.0.*not enough data: 12 < 30"),
                          ContainsRegex("c .*withheld: fewer than 5 answers")));
  EXPECT_THAT(ScoresText(kVi, "NPS", {"team"}, false, scores),
              AllOf(HasSubstr("Bộ phận"), HasSubstr("chưa đủ dữ liệu: 12 < 30"), HasSubstr("nhóm nhỏ hơn 5")));
}

TEST(ScoresTextTest, ScopesStandApartAndATrendHasALineForEach) {
  const auto scores = Read<scoring::v1::GetScoresResponse>(R"({"rows":[
    {"scope":"RELATIONSHIP","startTime":"2026-01-01T00:00:00Z","responses":40,"score":10,"formula":"NET"},
    {"scope":"RELATIONSHIP","startTime":"2026-02-01T00:00:00Z","responses":40,"score":30,"formula":"NET"},
    {"scope":"SERVICE","startTime":"2026-01-01T00:00:00Z","responses":40,"score":60,"formula":"NET"},
    {"scope":"SERVICE","startTime":"2026-02-01T00:00:00Z"}]})");
  EXPECT_THAT(ScoresText(kEn, "NPS", {}, true, scores),
              AllOf(HasSubstr("2026-01-01"), HasSubstr("Trend relationship  ▁█"), HasSubstr("Trend service  ▄·")));
}

TEST(ScoresTextTest, ACsiIsFollowedByItsAttributesAndEachObjectByItself) {
  const auto scores = Read<scoring::v1::GetScoresResponse>(R"({"rows":[{"scope":"RELATIONSHIP","formula":"WEIGHTED",
    "weights":"CHOSEN","responses":31,"score":80,"enoughData":true,"interval":{"low":75,"high":85},
    "attributes":[{"object":"SERVICE","questionId":"speed","responses":31,"score":8.25,"weight":0.75},
                  {"object":"BRAND","questionId":"trust","responses":30,"score":7,"weight":0.25}],
    "objects":[{"object":"SERVICE","responses":31,"score":82.5,"interval":{"low":78,"high":87}}]}]})");
  EXPECT_THAT(ScoresText(kEn, "CSI", {}, false, scores),
              AllOf(HasSubstr("weighted by how many chose it"), ContainsRegex("Service +speed +31 +8.25 +75.0%"),
                    ContainsRegex("Service +31 +82.5 +\\[78.0; 87.0\\]")));
}

TEST(MetricTitleTest, AMeanIsNeverTakenForAPercentage) {
  EXPECT_EQ(MetricTitle(kEn, "CES", scoring::v1::Formula::TOP_BOX), "CES – % of 5–7");
  EXPECT_EQ(MetricTitle(kEn, "CES", scoring::v1::Formula::MEAN), "CES – mean of the scores");
  EXPECT_THAT(MetricTitle(kVi, "CES", scoring::v1::Formula::INDEX), HasSubstr("trừ"));
  EXPECT_EQ(MetricTitle(kEn, "vui", scoring::v1::Formula::OWN), "vui");
}

TEST(DifferenceTextTest, SaysWhetherItMayBeChance) {
  const auto text = [](const std::string& json) {
    return DifferenceText(kEn, Read<scoring::v1::ScoreComparison>(json));
  };
  EXPECT_EQ(text(R"({"difference":12.5,"interval":{"low":2,"high":23},"z":2.3,"pValue":0.021,"significant":true,
                     "enoughData":true})"),
            "Difference +12.5 [2.0; 23.0] · p = 0.021 · not by chance");
  EXPECT_THAT(text(R"({"difference":-1,"pValue":0.8,"enoughData":true})"), HasSubstr("may well be chance"));
  EXPECT_THAT(text(R"({"difference":-1,"pValue":0.8})"), HasSubstr("not enough data"));
  EXPECT_THAT(text("{}"), HasSubstr("one side has no answers"));
}

TEST(ComparisonTextTest, ShowsBothSidesWithTheirDays) {
  const auto comparison = Read<scoring::v1::ScoreComparison>(
      absl::StrCat(R"({"current":)", Row(R"(,"startTime":"2026-02-01T00:00:00Z")"), R"(,"base":)",
                   Row(R"(,"startTime":"2026-01-01T00:00:00Z")"), R"(,"difference":0,"pValue":1,"enoughData":true})"));
  EXPECT_THAT(
      ComparisonText(kEn, "NPS", comparison),
      AllOf(ContainsRegex("Now +2026-02-01"), ContainsRegex("Against +2026-01-01"), HasSubstr("Difference 0.0")));
}

TEST(DriversTextTest, TheLineAt80PercentComesAfterTheVitalFew) {
  const auto drivers = Read<scoring::v1::GetDriversResponse>(
      absl::StrCat(R"({"total":)", Row(), R"(,"drivers":[
    {"driver":"why/late","row":)",
                   Row(), R"(,"impact":-8,"unhappy":80,"percent":80,"cumulativePercent":80,"vital":true},
    {"driver":"why/price","row":)",
                   Row(), R"(,"impact":2,"unhappy":20,"percent":20,"cumulativePercent":100}]})"));
  const std::string text = DriversText(kEn, "NPS", "reason", drivers);
  EXPECT_THAT(text, AllOf(ContainsRegex("why/late +40 .* -8.0 +████████│"), HasSubstr("┄┄┄ 80% ┄┄┄"),
                          ContainsRegex("why/price .* \\+2.0 +│██"), HasSubstr("▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒████")));
  EXPECT_LT(text.find("why/late"), text.find("80% ┄"));
  EXPECT_LT(text.find("80% ┄"), text.find("why/price"));
}

TEST(DriversTextTest, WithoutReasonsThatIsSaid) {
  EXPECT_THAT(DriversText(kEn, "NPS", "reason", {}),
              AllOf(HasSubstr("no answers"), HasSubstr("nobody chose a reason")));
}

TEST(JourneyTextTest, StagesHoldTheirTouchpointsAndTheWeakestLinkIsNamed) {
  const auto journey = Read<scoring::v1::GetJourneyResponse>(
      absl::StrCat(R"({"weakestLink":"delivery","stages":[{"stage":"AFTER","row":)", Row(), R"(,"links":[
        {"touchpoint":"delivery","row":)",
                   Row(), R"(,"weak":true,"expectation":{"responses":4,"score":50,
          "shares":[{"name":"below","count":2,"percent":50},{"name":"at","count":1,"percent":25},
                    {"name":"above","count":1,"percent":25}]}},
        {"touchpoint":"warranty","row":{}}]}]})"));
  EXPECT_THAT(JourneyText(kEn, "CSAT", journey),
              AllOf(HasSubstr("After the purchase"), ContainsRegex("· delivery .*50/25/25%.*⚠ weak link"),
                    ContainsRegex("· warranty .*no answers"), HasSubstr("Weakest link: delivery")));
  EXPECT_THAT(JourneyText(kVi, "CSAT", {}), HasSubstr("chưa đủ dữ liệu ở điểm chạm nào"));
}

TEST(HeatMapTextTest, ACellIsDarkerTheWorseAndSaysWhenItIsNotToBeTrusted) {
  const auto map = Read<scoring::v1::GetHeatMapResponse>(R"({"weeks":["2026-01-05T00:00:00Z","2026-01-12T00:00:00Z"],
    "lines":[{"touchpoint":"delivery","total":{"responses":70,"score":40,"enoughData":true,"formula":"TOP_BOX"},
      "cells":[{"responses":60,"score":10,"enoughData":true,"formula":"TOP_BOX"},
               {"responses":10,"score":90,"formula":"TOP_BOX"}]},
     {"touchpoint":"store","total":{},"cells":[{},{"withheld":"SMALL_GROUP"}]}]})");
  EXPECT_THAT(
      HeatMapText(kEn, "CSAT", map),
      AllOf(HasSubstr("01-05"), ContainsRegex("delivery +█10 +\\(90\\) +▒40 +70"), ContainsRegex("store +· +×")));
  EXPECT_THAT(HeatMapText(kEn, "CSAT", {}), HasSubstr("no answers"));
}

TEST(OverviewTextTest, LeadingIndicatorsComeFirstAndRatesSayOfHowMany) {
  const auto overview = Read<scoring::v1::GetOverviewResponse>(
      absl::StrCat(R"({"leading":[{"metric":"EXPECTATION","row":)", Row(), R"(}],"metrics":[{"metric":"NPS","row":)",
                   Row(R"(,"target":40)"), R"(,"trend":[)", Row(), ",", Row(),
                   R"(]}],"repeatIssues":{"count":1,"of":8,"percent":12.5,
      "interval":{"low":2,"high":47}},"loyal":{"count":0,"of":0},"icp":[{"icpFit":"FIT","customers":9,"cases":2}]})"));
  const std::string text = OverviewText(kEn, overview);
  EXPECT_LT(text.find("EXPECTATION"), text.find("NPS"));
  EXPECT_THAT(text, AllOf(HasSubstr("12.5% [2.0; 47.0] · 1/8"), HasSubstr("Loyal customers: nobody yet"),
                          ContainsRegex("fits +9 +0 +2"), HasSubstr("▄▄"), HasSubstr("¦ target")));
}

TEST(PassivesTextTest, CurrenciesAreNeverAdded) {
  const auto passives = Read<scoring::v1::ListPassivesResponse>(R"({"total":2,
    "revenueAtRisk":[{"currency":"USD","amount":"20.5"},{"currency":"VND","amount":"1250000"}],
    "passives":[{"customerId":"lan","nps":8,"csat":5,"icpFit":"FIT","segment":"VIP","stepsToPromoter":1,
                 "npsRespondedAt":"2026-01-05T00:00:00Z"}]})");
  EXPECT_THAT(PassivesText(kEn, passives), AllOf(HasSubstr("Passives: 2 · revenue at risk: 20.5 USD · 1,250,000"),
                                                 ContainsRegex("lan +8 +2026-01-05 +5 +fits +VIP .* 1")));
}

TEST(SampleSizeTextTest, SaysHowManyToAsk) {
  EXPECT_EQ(SampleSizeText(kEn, Read<scoring::v1::GetSampleSizeResponse>(
                                    R"({"responses":1076,"invitations":5380,"variance":0.7})")),
            "Needs 1,076 answers, asking 5,380 people (variance 0.70)\n");
}

}  // namespace
}  // namespace hoiam::cli
