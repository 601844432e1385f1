#include "scoring_service/convert/score_query.h"

#include <gmock/gmock.h>

#include <set>

#include "scoring_service/convert/compare.h"
#include "scoring_service/convert/settings.h"
#include "scoring_service/convert/weighted.h"
#include "tests/support/matchers.h"

namespace hoiam::scoring {
namespace {

namespace pb = hoiam::scoring::v1;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

std::multiset<std::string> FieldsAndReasons(const Violations& v) {
  std::multiset<std::string> out;
  if (const auto detail = DetailOf(v.ToStatus()))
    for (const Violation& one : detail->violations) out.insert(one.field + " " + one.reason);
  return out;
}

pb::GetScoresRequest Ask(const std::string& metric) {
  pb::GetScoresRequest q;
  q.set_metric(metric);
  return q;
}

std::multiset<std::string> Wrong(const pb::GetScoresRequest& q) {
  Violations v;
  ReadScoreQuery(q, absl::UTCTimeZone(), v);
  return FieldsAndReasons(v);
}

MetricView ViewOf(const char* id) {
  static const auto* book = new MetricBook();
  return {book->Versions(id), DefaultFormula(id), 0};
}

TEST(ScoreQueryTest, WhatIsNotSaidIsEverythingSolicitedInOneRowOfTheReportingZone) {
  Violations v;
  const ScoreQuery q = ReadScoreQuery(Ask("NPS"), absl::FixedTimeZone(3600), v);
  EXPECT_THAT(FieldsAndReasons(v), IsEmpty());
  EXPECT_EQ(q.interval, Interval::kAll);
  EXPECT_EQ(q.start, absl::InfinitePast());
  EXPECT_EQ(q.end, absl::InfiniteFuture());
  EXPECT_EQ(q.kind, AnswerKind::kSolicited);
  EXPECT_EQ(q.scope, std::nullopt);
  EXPECT_FALSE(q.last_per_person);
  EXPECT_EQ(q.zone, absl::FixedTimeZone(3600));
}

TEST(ScoreQueryTest, EveryBadFieldIsToldAtOnce) {
  pb::GetScoresRequest q = Ask("nps");
  q.mutable_start_time()->set_seconds(2000);
  q.mutable_end_time()->set_seconds(1000);
  q.set_interval(static_cast<pb::Interval::Code>(42));
  for (const char* d : {"touchpoint", "colour", "touchpoint"}) q.add_group_by(d);
  q.set_filter("touchpoint != delivery AND colour = red");
  q.set_answers(static_cast<pb::AnswerSelection::Code>(7));
  q.set_time_zone("Mars/Olympus");
  q.set_scope(static_cast<hoiam::survey::v1::Scope::Code>(9));
  q.set_population(-1);
  EXPECT_THAT(Wrong(q),
              UnorderedElementsAre("metric UNKNOWN_METRIC", "endTime END_BEFORE_START", "interval UNKNOWN_INTERVAL",
                                   "groupBy[1] UNKNOWN_DIMENSION", "groupBy[2] REPEATED_DIMENSION",
                                   "filter INVALID_FILTER", "filter INVALID_FILTER", "answers UNKNOWN_ANSWER_SELECTION",
                                   "timeZone UNKNOWN_TIME_ZONE", "scope UNKNOWN_SCOPE", "population NOT_POSITIVE"));
}

TEST(ScoreQueryTest, ATimeWithBadNanosecondsIsNoTime) {
  pb::GetScoresRequest q = Ask("NPS");
  q.mutable_start_time()->set_nanos(-1);
  EXPECT_THAT(Wrong(q), ElementsAre("startTime INVALID_TIME"));
}

TEST(ScoreQueryTest, FiltersAreEqualitiesJoinedByAnd) {
  Violations v;
  EXPECT_THAT(ReadFilter("segment = \"Khách mới\" AND collectedBy = STAFF AND touchpoint = \"store.*\"", "filter", v),
              UnorderedElementsAre(Pair(Dimension::kSegment, "Khách mới"), Pair(Dimension::kCollectedBy, "STAFF"),
                                   Pair(Dimension::kTouchpoint, "store.*")));
  EXPECT_TRUE(v.empty());
  ReadFilter("segment = a OR segment = b", "baseFilter", v);
  EXPECT_THAT(FieldsAndReasons(v), ElementsAre("baseFilter INVALID_FILTER"));
}

TEST(ScoreQueryTest, NamedPersonsAreNotRanked) {
  for (const char* person : {"owner", "staff", "employee", "customer", "customerId", "user"}) {
    pb::GetScoresRequest q = Ask("NPS");
    q.add_group_by(person);
    EXPECT_THAT(Wrong(q), ElementsAre("groupBy[0] PERSONS_NOT_RANKED")) << person;
  }
  pb::GetScoresRequest q = Ask("NPS");
  q.set_filter("customer_id = c1 AND owner = lan");
  EXPECT_THAT(Wrong(q), ElementsAre("filter PERSONS_NOT_RANKED", "filter PERSONS_NOT_RANKED"));
}

TEST(ScoreQueryTest, PopulationIsOfEverybodyAndSubtreesAreOfTouchpoints) {
  pb::GetScoresRequest q = Ask("NPS");
  q.set_population(10);
  q.set_subtree(true);
  q.add_group_by("segment");
  EXPECT_THAT(Wrong(q), UnorderedElementsAre("population POPULATION_OF_GROUPS", "subtree SUBTREE_OF_NOTHING"));
}

TEST(ScoreQueryTest, IncentivisedIsAKindOfItsOwnWhetherAskedForOrNot) {
  EXPECT_EQ(ReadKind(false, false, false), AnswerKind::kSolicited);
  EXPECT_EQ(ReadKind(true, true, false), AnswerKind::kSolicited);
  EXPECT_EQ(ReadKind(true, false, false), AnswerKind::kUnsolicited);
  EXPECT_EQ(ReadKind(true, false, true), AnswerKind::kIncentivised);
  EXPECT_EQ(ReadKind(false, false, true), AnswerKind::kIncentivised);
}

TEST(ScoreQueryTest, AMetricHasItsFormulasAndVersionsOnly) {
  const MetricBook book;
  const auto wrong = [&](const char* metric, pb::Formula::Code formula, int version) {
    Violations v;
    ReadMetric(metric, formula, version, book, v);
    return FieldsAndReasons(v);
  };
  EXPECT_THAT(wrong("CES", pb::Formula::INDEX, 0), IsEmpty());
  EXPECT_THAT(wrong("CSI", pb::Formula::RESCALED, 1), IsEmpty());
  EXPECT_THAT(wrong("NPS", pb::Formula::INDEX, 0), ElementsAre("formula FORMULA_NOT_OF_METRIC"));
  EXPECT_THAT(wrong("EXPECTATION", pb::Formula::MEAN, 0), ElementsAre("formula FORMULA_NOT_OF_METRIC"));
  EXPECT_THAT(wrong("NPS", static_cast<pb::Formula::Code>(99), 0), ElementsAre("formula UNKNOWN_FORMULA"));
  EXPECT_THAT(wrong("NPS", pb::Formula::UNSPECIFIED, 2), ElementsAre("formulaVersion UNKNOWN_FORMULA_VERSION"));
  EXPECT_THAT(wrong("TASTE", pb::Formula::UNSPECIFIED, 0), ElementsAre("metric UNKNOWN_METRIC"));
  EXPECT_THAT(wrong("CSI_IMPORTANCE", pb::Formula::UNSPECIFIED, 0), ElementsAre("metric UNKNOWN_METRIC"));
}

// --- comparing
// ---------------------------------------------------------------------------------------------------------

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

CompareQuery Compare(const pb::CompareScoresRequest& q, Violations& v) {
  return ReadCompareQuery(q, absl::UTCTimeZone(), kNow, v);
}

TEST(CompareQueryTest, WithoutABaseItIsThePeriodJustBefore) {
  pb::CompareScoresRequest q;
  q.set_metric("NPS");
  q.set_filter("segment = VIP");
  q.mutable_start_time()->set_seconds(86400 * 100);
  q.mutable_end_time()->set_seconds(86400 * 107);
  Violations v;
  const CompareQuery c = Compare(q, v);
  EXPECT_TRUE(v.empty());
  EXPECT_EQ(c.base.start, absl::FromUnixSeconds(86400 * 93));
  EXPECT_EQ(c.base.end, c.current.start);
  EXPECT_EQ(c.base.filters, c.current.filters);
}

TEST(CompareQueryTest, GroupAgainstGroupIsOfTheSamePeriod) {
  pb::CompareScoresRequest q;
  q.set_metric("NPS");
  q.set_filter("segment = VIP");
  q.set_base_filter("segment = new");
  Violations v;
  const CompareQuery c = Compare(q, v);
  EXPECT_TRUE(v.empty());
  EXPECT_EQ(c.current.start, absl::InfinitePast());
  EXPECT_EQ(c.base.start, absl::InfinitePast());
  EXPECT_THAT(c.base.filters, ElementsAre(Pair(Dimension::kSegment, "new")));
}

TEST(CompareQueryTest, PeriodsThatEndBeforeTheyStartAndPeriodsThatAreMissingAreRefused) {
  pb::CompareScoresRequest q;
  q.set_metric("NPS");
  Violations missing;
  Compare(q, missing);
  EXPECT_THAT(FieldsAndReasons(missing), ElementsAre("startTime REQUIRED"));
  q.mutable_start_time()->set_seconds(2000);
  q.mutable_end_time()->set_seconds(1000);
  Violations turned;
  Compare(q, turned);
  EXPECT_THAT(FieldsAndReasons(turned), ElementsAre("endTime END_BEFORE_START"));
  q.mutable_end_time()->set_seconds(3000);
  q.mutable_base_start_time()->set_seconds(1000);
  q.mutable_base_end_time()->set_seconds(500);
  Violations base;
  Compare(q, base);
  EXPECT_THAT(FieldsAndReasons(base), ElementsAre("baseEndTime END_BEFORE_START"));
}

TEST(CompareTest, TellsTheDifferenceAsShownWithTheIntervalAndTestOfAdjustedValues) {
  const auto counts = [](int64_t p, int64_t s, int64_t d) {
    RowCounts c;
    Tally t;
    t.counts[10] = p, t.counts[8] = s, t.counts[0] = d;
    c.tallies[1] = t;
    return c;
  };
  RowFrame frame;
  frame.metric = ViewOf(kNps);
  const pb::ScoreComparison c = ToComparison(frame, counts(500, 300, 200), frame, counts(440, 320, 240));
  EXPECT_EQ(c.difference(), 10);
  EXPECT_EQ(c.interval().low(), 3.052);  // 9.970 ± 6.918
  EXPECT_EQ(c.interval().high(), 16.888);
  EXPECT_NEAR(c.z(), 2.8246, 0.00005);
  EXPECT_NEAR(c.p_value(), 0.00473, 0.000005);
  EXPECT_TRUE(c.significant());
  EXPECT_EQ(VerdictOf(c, kNps), pb::ImprovementVerdict::BETTER);
  EXPECT_EQ(VerdictOf(c, kIdealGap), pb::ImprovementVerdict::WORSE) << "more people who miss something";
  const pb::ScoreComparison few = ToComparison(frame, counts(20, 0, 0), frame, counts(0, 0, 20));
  EXPECT_FALSE(few.significant());
  EXPECT_FALSE(few.enough_data());
  EXPECT_LT(few.p_value(), 0.05);
  EXPECT_EQ(VerdictOf(few, kNps), pb::ImprovementVerdict::NOT_ENOUGH_DATA);
  const pb::ScoreComparison same = ToComparison(frame, counts(20, 20, 20), frame, counts(20, 20, 20));
  EXPECT_EQ(VerdictOf(same, kNps), pb::ImprovementVerdict::NO_CHANGE_SHOWN);
  const pb::ScoreComparison none = ToComparison(frame, counts(20, 20, 20), frame, counts(0, 0, 0));
  EXPECT_FALSE(none.has_difference());
  EXPECT_FALSE(none.has_p_value());
  EXPECT_EQ(VerdictOf(none, kNps), pb::ImprovementVerdict::NOT_ENOUGH_DATA);
}

TEST(CompareTest, WhatIsWithheldCannotBeLearntFromAComparison) {
  RowFrame frame;
  frame.metric = ViewOf(kNps);
  frame.filters = {{Dimension::kTeam, "hue"}};
  RowCounts four, many;
  four.tallies[1].counts[9] = 4;
  many.tallies[1].counts[9] = 40;
  const pb::ScoreComparison c = ToComparison(frame, four, frame, many);
  EXPECT_TRUE(c.current().has_withheld());
  EXPECT_FALSE(c.has_difference());
  EXPECT_FALSE(c.has_interval());
  EXPECT_FALSE(c.has_z());
}

// --- weights and sample sizes
// ------------------------------------------------------------------------------------------

TEST(WeightedQueryTest, StrataHavePeopleAndAreSaidOnce) {
  pb::GetWeightedScoresRequest q;
  q.set_metric("NPS");
  const auto add = [&](const char* value, int people) {
    auto* s = q.add_strata();
    s->set_value(value);
    s->set_population(people);
  };
  add("VIP", 10);
  add("new", 0);
  add("old", -5);
  add("VIP", 3);
  Violations v;
  ReadWeightedQuery(q, absl::UTCTimeZone(), v);
  EXPECT_THAT(FieldsAndReasons(v),
              UnorderedElementsAre("strata[1].population NOT_POSITIVE", "strata[2].population NOT_POSITIVE",
                                   "strata[3].value REPEATED_DIMENSION"));
}

TEST(WeightedQueryTest, TheCustomerBaseKnowsSegmentTeamAndFitOnly) {
  pb::GetWeightedScoresRequest q;
  q.set_metric("NPS");
  for (const char* by : {"", "segment", "team", "icpFit", "channel", "owner"}) {
    q.set_by(by);
    Violations v;
    ReadWeightedQuery(q, absl::UTCTimeZone(), v);
    const std::string name = by;
    if (name == "channel")
      EXPECT_THAT(FieldsAndReasons(v), ElementsAre("strata STRATA_NEEDED"));
    else if (name == "owner")
      EXPECT_THAT(FieldsAndReasons(v), ElementsAre("by PERSONS_NOT_RANKED"));
    else
      EXPECT_TRUE(v.empty()) << by;
  }
}

TEST(WeightedTest, ASmallTeamCannotBeLearntFromTheScoreOfItsStrata) {
  RowFrame frame;
  frame.metric = ViewOf(kNps);
  frame.group_by = {Dimension::kTeam};
  RowCounts small, large;
  small.key = {"hue"}, large.key = {"vinh"};
  small.tallies[1].counts[0] = 4;
  large.tallies[1].counts[10] = 40;
  pb::GetWeightedScoresResponse out;
  FillWeighted(frame, {{"hue", 1000}, {"vinh", 1000}}, {{"hue", small}, {"vinh", large}}, out);
  EXPECT_EQ(out.score(), 100);
  EXPECT_THAT(out.silent_strata(), ElementsAre("hue"));
  EXPECT_TRUE(out.strata(0).row().has_withheld());
  pb::GetWeightedScoresResponse alone;
  FillWeighted(frame, {{"hue", 1000}}, {{"hue", small}}, alone);
  EXPECT_FALSE(alone.has_score());
}

TEST(SampleSizeQueryTest, WorstCaseIsOneForNpsAndAQuarterForAPercentage) {
  pb::GetSampleSizeRequest q;
  q.set_margin_of_error(10);
  Violations v;
  EXPECT_EQ(ReadSampleSizeQuery(q, ViewOf(kNps), v).variance, 1);
  EXPECT_EQ(ReadSampleSizeQuery(q, ViewOf(kCsat), v).variance, 0.25);
  EXPECT_TRUE(v.empty());
}

TEST(SampleSizeQueryTest, WhatCannotBeIsRefused) {
  const auto wrong = [](double margin, std::optional<double> variance, std::optional<double> rate, int population) {
    pb::GetSampleSizeRequest q;
    q.set_margin_of_error(margin);
    if (variance) q.set_variance(*variance);
    if (rate) q.set_response_rate_percent(*rate);
    q.set_population(population);
    Violations v;
    ReadSampleSizeQuery(q, ViewOf(kNps), v);
    return FieldsAndReasons(v);
  };
  EXPECT_THAT(wrong(0, {}, {}, 0), ElementsAre("marginOfError OUT_OF_RANGE"));
  EXPECT_THAT(wrong(std::nan(""), {}, {}, 0), ElementsAre("marginOfError OUT_OF_RANGE"));
  EXPECT_THAT(wrong(10, 0.0, {}, 0), ElementsAre("variance NOT_POSITIVE"));
  EXPECT_THAT(wrong(10, 1.1, {}, 0), ElementsAre("variance OUT_OF_RANGE"));
  EXPECT_THAT(wrong(10, {}, 0.0, 0), ElementsAre("responseRatePercent NOT_POSITIVE"));
  EXPECT_THAT(wrong(10, {}, 100.5, 0), ElementsAre("responseRatePercent OUT_OF_RANGE"));
  EXPECT_THAT(wrong(0.1, {}, 0.00001, 0), ElementsAre("responseRatePercent OUT_OF_RANGE"))
      << "no number of invitations";
  EXPECT_THAT(wrong(10, {}, {}, -1), ElementsAre("population NOT_POSITIVE"));
  EXPECT_THAT(wrong(10, 0.7, 25, 2000), IsEmpty());
}

// --- settings
// ----------------------------------------------------------------------------------------------------------

pb::Target Aim(const char* metric, double score) {
  pb::Target t;
  t.set_target_id("t");
  t.set_metric(metric);
  t.set_score(score);
  return t;
}

std::multiset<std::string> Wrong(const pb::Target& t) {
  Violations v;
  CheckSetting(t, MetricBook(), v);
  return FieldsAndReasons(v);
}

TEST(SettingsTest, ATargetIsAScoreThatTheMetricCanHave) {
  EXPECT_THAT(Wrong(Aim("NPS", -100)), IsEmpty());
  EXPECT_THAT(Wrong(Aim("NPS", 100.5)), ElementsAre("score OUT_OF_RANGE"));
  EXPECT_THAT(Wrong(Aim("CSAT", -1)), ElementsAre("score OUT_OF_RANGE"));
  EXPECT_THAT(Wrong(Aim("CSI", 5)), ElementsAre("score OUT_OF_RANGE"));
  EXPECT_THAT(Wrong(Aim("NPS", std::nan(""))), ElementsAre("score OUT_OF_RANGE"));
  EXPECT_THAT(Wrong(Aim("nps", 1)), ElementsAre("metric UNKNOWN_METRIC"));
}

TEST(SettingsTest, ATargetIsForEverybodyOrForAValueOfADimension) {
  pb::Target t = Aim("NPS", 50);
  t.set_value("VIP");
  EXPECT_THAT(Wrong(t), ElementsAre("dimension REQUIRED"));
  t.set_dimension("segment");
  EXPECT_THAT(Wrong(t), IsEmpty());
  t.set_dimension("owner");
  EXPECT_THAT(Wrong(t), ElementsAre("dimension PERSONS_NOT_RANKED"));
}

TEST(SettingsTest, ADueDayIsADay) {
  pb::Target t = Aim("NPS", 50);
  for (const char* day : {"", "2026-12-31", "2028-02-29"}) {
    t.set_due_day(day);
    EXPECT_THAT(Wrong(t), IsEmpty()) << day;
  }
  for (const char* day : {"2026-02-30", "2026-1-1", "31/12/2026", "soon"}) {
    t.set_due_day(day);
    EXPECT_THAT(Wrong(t), ElementsAre("dueDay INVALID_DAY")) << day;
  }
}

TEST(SettingsTest, AnImprovementHasANameAMetricAndAStart) {
  pb::Improvement i;
  i.set_improvement_id("i");
  Violations v;
  CheckSetting(i, MetricBook(), v);
  EXPECT_THAT(FieldsAndReasons(v),
              UnorderedElementsAre("displayName REQUIRED", "metric UNKNOWN_METRIC", "startTime REQUIRED"));
}

}  // namespace
}  // namespace hoiam::scoring
