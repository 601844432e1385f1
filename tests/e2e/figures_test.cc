// What the answers mean, asked over REST and in the terminal, and held against figures counted by hand.
#include "tests/e2e/figures_shop.h"

namespace hoiam::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using FiguresTest = FiguresShop;

// --- metrics
// ----------------------------------------------------------------------------------------------------------

TEST_F(FiguresTest, AScoreHasItsNumberIntervalMethodPartsAndTheAnswersBehindIt) {
  const Json row = Row("metric=NPS&scope=RELATIONSHIP" + Recent());
  EXPECT_EQ(row.Int("responses"), 40);
  EXPECT_DOUBLE_EQ(row.Number("score"), 25);
  EXPECT_EQ(row.String("interval/method"), "ADJUSTED_WALD");
  EXPECT_LT(row.Number("interval/low"), 25);
  EXPECT_GT(row.Number("interval/high"), 25);
  EXPECT_TRUE(row.Bool("enoughData"));
  EXPECT_EQ(row.String("formula"), "NET");
  EXPECT_EQ(row.Dump("formulaVersions"), "[1]");
  EXPECT_EQ(row.Int("shares/0/count"), 10);
  EXPECT_EQ(row.Int("shares/2/count"), 20);
  ExpectVerbatims(row);
}

TEST_F(FiguresTest, NoAnswersAreNoScore) {
  const Json row = Row("metric=CES");
  EXPECT_FALSE(row.Has("score"));
  EXPECT_FALSE(row.Has("interval"));
  EXPECT_FALSE(row.Bool("enoughData"));
}

TEST_F(FiguresTest, ScopesStandApartAndAreNeverAveraged) {
  const Json both = Get("/v1/scores?metric=NPS" + Recent());
  ASSERT_EQ(both.Size("rows"), 2u) << both.Dump();
  EXPECT_EQ(both.String("rows/0/scope"), "RELATIONSHIP");
  EXPECT_EQ(both.Int("rows/0/responses"), 40);
  EXPECT_EQ(both.String("rows/1/scope"), "SERVICE");
  EXPECT_DOUBLE_EQ(both.Number("rows/1/score"), 100);
  ExpectVerbatims(both.At("rows/1"));
  EXPECT_THAT(Refused("/v1/scores:compare?metric=NPS" + Recent()),
              IsRefused(400, "INVALID_ARGUMENT", "SCOPE_NEEDED", ""));
}

TEST_F(FiguresTest, SolicitedUnsolicitedAndIncentivisedAreNeverMixed) {
  const Json unasked = Row("metric=NPS&solicited=false" + Recent()),
             given = Row("metric=NPS&incentivised=true" + Recent());
  EXPECT_EQ(unasked.Int("responses"), 7);
  EXPECT_DOUBLE_EQ(unasked.Number("score"), -100);
  EXPECT_EQ(given.Int("responses"), 9);
  EXPECT_DOUBLE_EQ(given.Number("score"), 100);
  ExpectVerbatims(unasked);
  ExpectVerbatims(given);
}

TEST_F(FiguresTest, ACsiIsWeightedByWhatPeopleChose) {
  const Json row = Row("metric=CSI");
  EXPECT_EQ(row.Int("responses"), 5);
  EXPECT_EQ(row.String("weights"), "CHOSEN");
  EXPECT_NEAR(row.Number("score"), 10 * (0.8 * 8 + 0.2 * 6), 0.001);
  EXPECT_FALSE(row.Bool("enoughData"));
  ASSERT_EQ(row.Size("attributes"), 2u) << row.Dump();
  EXPECT_NEAR(row.Number("attributes/0/weight"), 0.8, 0.001);
  ASSERT_EQ(row.Size("objects"), 2u) << row.Dump();
  EXPECT_NEAR(row.Number("objects/0/score"), 80, 0.001);
  EXPECT_NEAR(Row("metric=CSI&formula=RESCALED").Number("score"), 100 * (7.6 - 1) / 9, 0.001);
  ExpectVerbatims(row);
}

TEST_F(FiguresTest, ExpectationAndIdealGapAreSharesOfThoseAsked) {
  const Json hoped = Row("metric=EXPECTATION");
  EXPECT_EQ(hoped.Int("responses"), 6);
  EXPECT_EQ(hoped.Int("shares/0/count"), 1);
  EXPECT_EQ(hoped.Int("shares/1/count"), 2);
  EXPECT_EQ(hoped.Int("shares/2/count"), 3);
  EXPECT_NEAR(hoped.Number("score"), 83.333, 0.001);
  const Json gap = Row("metric=IDEAL_GAP");
  EXPECT_EQ(gap.Int("responses"), 5);
  EXPECT_NEAR(gap.Number("score"), 40, 0.001);
}

TEST_F(FiguresTest, AMetricOfOnesOwnKeepsTheFormulaThatItsAnswersCameUnder) {
  const Json first = Row("metric=MOOD");
  EXPECT_NEAR(first.Number("score"), 100.0 * (4 - 2) / 6, 0.001);
  api_.Patch("/v1/metrics/MOOD?updateMask=parts", R"({"parts":[
    {"name":"sad","mood":"UNHAPPY","low":1,"high":1,"weight":-1},
    {"name":"so","mood":"INDIFFERENT","low":2,"high":2,"weight":0},
    {"name":"glad","mood":"HAPPY","low":3,"high":3,"weight":0.5}]})");
  std::vector<std::string> more;
  for (int i = 0; i < 6; ++i)
    more.push_back(AnswerOf(absl::StrCat("later-", i), absl::StrCat("e", i), 3, R"("metric":"MOOD","score":3)"));
  ImportAll(api_, more);
  token_ = api_.token();
  const Json now = Row("metric=MOOD");
  EXPECT_EQ(now.Int("responses"), 12);
  EXPECT_NEAR(now.Number("score"), 100.0 * (4 - 2 + 6 * 0.5) / 12, 0.001);
  EXPECT_EQ(now.Dump("formulaVersions"), "[1,2]");
  EXPECT_NEAR(Row("metric=MOOD&formulaVersion=1").Number("score"), 100.0 * (10 - 2) / 12, 0.001);
}

TEST_F(FiguresTest, AMeanIsGivenOnlyWhenItIsAskedForByName) {
  EXPECT_NEAR(Row("metric=NPS&scope=RELATIONSHIP&formula=MEAN" + Recent()).Number("score"),
              (10 * 3 + 10 * 8 + 20 * 9) / 40.0, 0.001);
  EXPECT_THAT(Refused("/v1/scores?metric=NPS&formula=RESCALED"),
              IsRefused(400, "INVALID_ARGUMENT", "FORMULA_NOT_OF_METRIC", "formula"));
}

// --- cuts and money
// ---------------------------------------------------------------------------------------------------

TEST_F(FiguresTest, EveryRowOfACutLinksToItsOwnAnswers) {
  for (const char* by : {"segment", "touchpoint", "channel", "survey", "stage"}) {
    const Json table = Get(absl::StrCat("/v1/scores?metric=CSAT&groupBy=", by));
    EXPECT_GE(table.Size("rows"), 1u) << by;
    for (const Json& row : table.Items("rows")) ExpectVerbatims(row);
  }
  const Json below = Row("metric=CSAT&filter=" + Escape(R"(touchpoint = "store.*")"));
  EXPECT_EQ(below.Int("responses"), 30);
  ExpectVerbatims(below);
}

TEST_F(FiguresTest, AGroupUnderFiveByTeamIsWithheldEverywhere) {
  const Json by_team = Get("/v1/scores?metric=NPS&scope=RELATIONSHIP&groupBy=team" + Recent());
  std::vector<std::string> held;
  for (const Json& row : by_team.Items("rows")) {
    if (!row.Has("withheld")) continue;
    held.push_back(row.String("group/team"));
    EXPECT_EQ(row.String("withheld"), "SMALL_GROUP");
    for (const char* field : {"score", "interval"}) EXPECT_FALSE(row.Has(field)) << field << " " << row.Dump();
    for (const char* field : {"shares", "distribution"}) EXPECT_EQ(row.Size(field), 0u) << field << " " << row.Dump();
    EXPECT_EQ(row.Int("verbatims/suppressed"), 3) << "suppressed, and shown as a count";
    EXPECT_EQ(row.String("verbatims/path"), "") << row.Dump();
  }
  EXPECT_THAT(held, ElementsAre("south"));
  const std::string south = "&filter=" + Escape(R"(team = "south")");
  EXPECT_EQ(Row("metric=NPS&scope=RELATIONSHIP" + south + Recent()).String("withheld"), "SMALL_GROUP");
  const Json compared = Get("/v1/scores:compare?metric=NPS&scope=RELATIONSHIP" + south + Recent());
  EXPECT_EQ(compared.String("current/withheld"), "SMALL_GROUP");
  EXPECT_FALSE(compared.Has("difference"));
  const Json drivers = Get("/v1/drivers?metric=NPS&scope=RELATIONSHIP&by=team" + Recent());
  for (const Json& driver : drivers.Items("drivers"))
    if (driver.String("driver") == "south") {
      EXPECT_EQ(driver.String("row/withheld"), "SMALL_GROUP");
      EXPECT_FALSE(driver.Has("impact")) << driver.Dump();
    }
  const Json weighted =
      api_.Post("/v1/scores:weighted", R"({"metric":"NPS","scope":"RELATIONSHIP","by":"team","strata":[
      {"value":"north","population":100},{"value":"south","population":100}],"startTime":")" +
                                           Rfc3339(DaysAgo(30)) + "\"}");
  for (const Json& stratum : weighted.Items("strata"))
    if (stratum.String("value") == "south") EXPECT_EQ(stratum.String("row/withheld"), "SMALL_GROUP");
  for (const Json& sheet : Get("/v1/overview?filter=" + Escape(R"(team = "south")") + Recent()).Items("metrics"))
    EXPECT_TRUE(sheet.Has("row/withheld") || !sheet.Has("row/score")) << sheet.Dump();
}

TEST_F(FiguresTest, MoneyStandsBehindASharePerCurrencyAndIsNeverAdded) {
  const Json row = Row("metric=NPS&scope=RELATIONSHIP" + Recent());
  const Json passives = row.At("shares/1");
  ASSERT_EQ(passives.Size("revenue"), 2u) << passives.Dump();
  EXPECT_EQ(passives.String("revenue/0/currency"), "USD");
  EXPECT_EQ(passives.String("revenue/0/amount"), "20.5");
  EXPECT_EQ(passives.String("revenue/1/amount"), "1000000");
  EXPECT_EQ(passives.String("cost/0/currency"), "VND");
  EXPECT_EQ(passives.String("cost/0/amount"), "50000");
  EXPECT_EQ(Row("metric=NPS&scope=RELATIONSHIP&population=400" + Recent()).Int("shares/2/people/estimate"), 200);
}

TEST_F(FiguresTest, ATargetStandsBesideItsFigure) {
  api_.Patch("/v1/targets/all?allowMissing=true", R"({"metric":"NPS","score":40})");
  EXPECT_DOUBLE_EQ(Row("metric=NPS&scope=RELATIONSHIP" + Recent()).Number("target"), 40);
  EXPECT_EQ(api_.Get("/v1/targets").Size("targets"), 1u);
  EXPECT_EQ(api_.http().Send("DELETE", "/v1/targets/all", "", {}).code, 200);
  EXPECT_FALSE(Row("metric=NPS&scope=RELATIONSHIP" + Recent()).Has("target"));
}

// --- change and weights
// -----------------------------------------------------------------------------------------------

TEST_F(FiguresTest, APeriodIsHeldAgainstTheOneBeforeAndAGroupAgainstAnother) {
  const Json change = Get("/v1/scores:compare?metric=NPS&scope=RELATIONSHIP" + Recent());
  EXPECT_DOUBLE_EQ(change.Number("difference"), 50);
  EXPECT_DOUBLE_EQ(change.Number("base/score"), -25);
  EXPECT_TRUE(change.Bool("significant"));
  EXPECT_LT(change.Number("pValue"), 0.05);
  EXPECT_LT(change.Number("interval/low"), 50);
  const Json groups = Get("/v1/scores:compare?metric=NPS&scope=RELATIONSHIP&filter=" + Escape(R"(segment = "VIP")") +
                          "&baseFilter=" + Escape(R"(segment = "new")") + Recent());
  EXPECT_DOUBLE_EQ(groups.Number("difference"), -150);
  EXPECT_FALSE(groups.Bool("enoughData")) << "twenty on either side";
  EXPECT_FALSE(groups.Bool("significant"));
  ExpectVerbatims(groups.At("current"));
}

TEST_F(FiguresTest, PeopleWhoMovedAreCountedFromPartToPartAndStepByStep) {
  const Json moved =
      Get(absl::StrCat("/v1/scores:migration?metric=NPS&scope=RELATIONSHIP&startTime=", Rfc3339(DaysAgo(30)),
                       "&endTime=", Rfc3339(Today())));
  EXPECT_EQ(moved.Int("people"), 40);
  std::map<std::string, int64_t> moves;
  for (const Json& m : moved.Items("moves"))
    if (m.Has("people") && m.Int("people") > 0)
      moves[absl::StrCat(m.Has("from") ? m.String("from") : "", ">", m.String("to"))] = m.Int("people");
  EXPECT_THAT(moves, (std::map<std::string, int64_t>{{"detractors>detractors", 10},
                                                     {"detractors>passives", 10},
                                                     {"passives>promoters", 10},
                                                     {"promoters>promoters", 10}}));
  EXPECT_DOUBLE_EQ(moved.Number("recoveryPercent"), 50);
  for (const Json& step : moved.Items("ladder"))
    if (step.Int("from") == 3) {
      EXPECT_EQ(step.Int("people"), 20);
      EXPECT_EQ(step.Int("up"), 10);
      EXPECT_EQ(step.Int("same"), 10);
    }
}

TEST_F(FiguresTest, AScoreIsWeightedAsTheCustomerBaseIs) {
  const auto weighted = [&](int vip, int fresh) {
    return api_.Post(
        "/v1/scores:weighted",
        absl::StrCat(R"({"metric":"NPS","scope":"RELATIONSHIP","by":"segment",
      "startTime":")",
                     Rfc3339(DaysAgo(30)), R"(","strata":[{"value":"VIP","population":)", vip,
                     R"(},{"value":"new","population":)", fresh, R"(},{"value":"ghosts","population":50}]})"));
  };
  const Json skewed = weighted(100, 300), even = weighted(200, 200);
  EXPECT_NEAR(skewed.Number("score"), 0.25 * -50 + 0.75 * 100, 0.001);
  EXPECT_NEAR(even.Number("score"), 25, 0.001) << "equal weights equal unweighted";
  EXPECT_NEAR(even.Number("effectiveResponses"), 40, 0.001);
  EXPECT_LT(skewed.Number("effectiveResponses"), 40);
  EXPECT_EQ(skewed.Dump("silentStrata"), R"(["ghosts"])");
  EXPECT_EQ(skewed.Size("byRevenue"), 2u) << "a score per currency";
  for (const char* bad : {"0", "-1"})
    EXPECT_THAT(api_.http().Post("/v1/scores:weighted",
                                 absl::StrCat(R"({"metric":"NPS","scope":"RELATIONSHIP","by":"segment","strata":[
                                   {"value":"VIP","population":)",
                                              bad, "}]}")),
                IsRefused(400, "INVALID_ARGUMENT", "NOT_POSITIVE", "strata[0].population"));
}

TEST_F(FiguresTest, AMarginOfErrorTakesSoManyAnswers) {
  EXPECT_EQ(api_.Get("/v1/sampleSize?marginOfError=5").Int("responses"), 1537);
  EXPECT_EQ(
      api_.Get("/v1/sampleSize?marginOfError=5&metric=CSAT&population=1000&responseRatePercent=20").Int("responses"),
      278);
  EXPECT_EQ(
      api_.Get("/v1/sampleSize?marginOfError=5&metric=CSAT&population=1000&responseRatePercent=20").Int("invitations"),
      1390);
}

TEST_F(FiguresTest, AnImprovementIsJudgedByWhatCameAfterIt) {
  api_.Patch(
      "/v1/improvements/fix?allowMissing=true",
      R"({"displayName":{"vi":"Đổi đối tác giao hàng"},"metric":"NPS","startTime":")" + Rfc3339(DaysAgo(30)) + "\"}");
  const Json effect = Get("/v1/improvements/fix:effect?days=30&scope=RELATIONSHIP");
  EXPECT_EQ(effect.String("verdict"), "BETTER");
  EXPECT_DOUBLE_EQ(effect.Number("comparison/difference"), 50);
  EXPECT_EQ(api_.Get("/v1/improvements").Size("improvements"), 1u);
}

// --- drivers and maps
// -------------------------------------------------------------------------------------------------

TEST_F(FiguresTest, ADriverIsWhatTheScoreWouldBeWithoutIt) {
  const Json drivers = Get("/v1/drivers?metric=NPS&scope=RELATIONSHIP" + Recent());
  ASSERT_EQ(drivers.Size("drivers"), 2u) << drivers.Dump();
  EXPECT_EQ(drivers.String("drivers/0/driver"), "why/late");
  EXPECT_DOUBLE_EQ(drivers.Number("drivers/0/row/score"), -60);
  EXPECT_NEAR(drivers.Number("drivers/0/impact"), 25 - 100.0 * (18 - 2) / 30, 0.001);
  EXPECT_EQ(drivers.Int("drivers/0/unhappy"), 8);
  EXPECT_DOUBLE_EQ(drivers.Number("drivers/0/percent"), 80);
  EXPECT_TRUE(drivers.Bool("drivers/0/vital"));
  EXPECT_EQ(drivers.String("drivers/1/driver"), "why/price");
  EXPECT_DOUBLE_EQ(drivers.Number("drivers/1/cumulativePercent"), 100);
  EXPECT_FALSE(drivers.Bool("drivers/1/vital"));
  ExpectVerbatims(drivers.At("drivers/0/row"));
  ExpectVerbatims(drivers.At("total"));
  EXPECT_EQ(
      Get("/v1/drivers?metric=NPS&scope=RELATIONSHIP&pareto=COST&currency=VND" + Recent()).String("drivers/0/driver"),
      "why/late");
}

TEST_F(FiguresTest, TheWeakestLinkOfTheJourneyIsNamed) {
  const Json journey = Get("/v1/journey?metric=CSAT");
  EXPECT_EQ(journey.String("weakestLink"), "delivery");
  EXPECT_EQ(journey.Int("expectation/responses"), 6);
  bool seen = false;
  for (const Json& stage : journey.Items("stages"))
    for (const Json& link : stage.Items("links")) {
      if (link.String("touchpoint") != "delivery") continue;
      seen = true;
      EXPECT_EQ(stage.String("stage"), "AFTER");
      EXPECT_TRUE(link.Bool("weak"));
      EXPECT_NEAR(link.Number("row/score"), 33.333, 0.001);
      ExpectVerbatims(link.At("row"));
    }
  EXPECT_TRUE(seen) << journey.Dump();
}

TEST_F(FiguresTest, AHeatMapHasACellForEveryWeekAndTheWorstFirst) {
  const Json map = Get("/v1/heatMap?metric=CSAT");
  EXPECT_GE(map.Size("weeks"), 12u);
  ASSERT_EQ(map.Size("lines"), 2u) << map.Dump();
  EXPECT_EQ(map.String("lines/0/touchpoint"), "delivery");
  for (const Json& line : map.Items("lines")) {
    EXPECT_EQ(line.Size("cells"), map.Size("weeks"));
    int64_t answers = 0;
    for (const Json& cell : line.Items("cells"))
      if (cell.Has("responses") && cell.Int("responses") > 0) {
        answers += cell.Int("responses");
        ExpectVerbatims(cell);
      }
    EXPECT_EQ(answers, line.Int("total/responses"));
  }
}

TEST_F(FiguresTest, TheOverviewHasLeadingIndicatorsFirstAndMetricsSideBySide) {
  const Json overview = Get("/v1/overview?interval=MONTH" + Recent());
  std::vector<std::string> leading, metrics;
  for (const Json& sheet : overview.Items("leading")) leading.push_back(sheet.String("metric"));
  for (const Json& sheet : overview.Items("metrics")) {
    metrics.push_back(sheet.String("metric") + " " + sheet.String("row/scope"));
    EXPECT_GE(sheet.Size("trend"), 1u) << sheet.Dump();
  }
  EXPECT_THAT(leading, AllOf(Contains("EXPECTATION"), Contains("IDEAL_GAP")));
  EXPECT_THAT(metrics, AllOf(Contains("NPS RELATIONSHIP"), Contains("NPS SERVICE"), Contains("CSAT TOUCHPOINT"),
                             Contains("CSI RELATIONSHIP"), Contains("MOOD TOUCHPOINT")));
}

TEST_F(FiguresTest, HiddenPassivesAreListedWithTheMoneyAtRisk) {
  const Json all = Get("/v1/passives"), hidden = Get("/v1/passives?hidden=true&nps=8");
  EXPECT_EQ(all.Int("total"), 10);
  EXPECT_EQ(hidden.Int("total"), 10) << "c10 to c19: content with the shop, NPS 8";
  EXPECT_EQ(hidden.Int("passives/0/stepsToPromoter"), 1);
  EXPECT_EQ(hidden.String("revenueAtRisk/0/currency"), "USD");
  EXPECT_EQ(hidden.String("revenueAtRisk/1/amount"), "1000000");
}

// --- in the terminal
// --------------------------------------------------------------------------------------------------

TEST_F(FiguresTest, TheTerminalShowsTheSameFigures) {
  const auto run = [&](std::vector<std::string> args) {
    const Finished done = suite_->Cli(std::move(args));
    EXPECT_EQ(done.status, 0) << done.output;
    return done.output;
  };
  const std::string from = absl::FormatTime("%Y-%m-%d", DaysAgo(30), absl::FixedTimeZone(7 * 3600));
  EXPECT_THAT(run({"scores", "--metric", "nps", "--scope", "relationship", "--from", from, "--compare"}),
              AllOf(HasSubstr("25.0"), HasSubstr("●"), HasSubstr("Difference +50.0"), HasSubstr("not by chance"),
                    HasSubstr("/v1/responses?filter=")));
  EXPECT_THAT(run({"scores", "--metric", "NPS", "--scope", "RELATIONSHIP", "--by", "team", "--from", from}),
              HasSubstr("withheld: fewer than 5 answers"));
  EXPECT_THAT(run({"drivers", "--scope", "RELATIONSHIP", "--from", from}),
              AllOf(HasSubstr("why/late"), HasSubstr("┄┄┄ 80% ┄┄┄"), HasSubstr("-28.3")));
  EXPECT_THAT(run({"journey"}), AllOf(HasSubstr("Weakest link: delivery"), HasSubstr("⚠ weak link")));
  EXPECT_THAT(run({"heatmap"}), AllOf(HasSubstr("delivery"), HasSubstr("The darker the worse")));
  EXPECT_THAT(run({"overview"}), AllOf(HasSubstr("Leading indicators"), HasSubstr("never merged")));
  EXPECT_THAT(run({"passives", "--hidden"}), AllOf(HasSubstr("Passives: 10"), HasSubstr("20.5 USD · 1,000,000 ₫")));
  EXPECT_THAT(run({"samplesize", "--margin", "5", "--variance", "0.7"}), HasSubstr("Needs 1,076 answers"));
  EXPECT_EQ(suite_->Cli({"compare", "--metric", "XYZ", "--from", from}).status, 1);
  EXPECT_EQ(suite_->Cli({"samplesize"}).status, 2);
}

}  // namespace
}  // namespace hoiam::testing
