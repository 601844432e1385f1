// Figures that cannot be had: the answer says which field and why, and nothing has changed.
#include <array>

#include "tests/e2e/figures_shop.h"

namespace hoiam::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using FiguresRefusedTest = FiguresShop;

TEST_F(FiguresRefusedTest, WhatCannotBeAskedIsRefusedWithFieldAndReason) {
  const std::string late = Rfc3339(Today()), early = Rfc3339(DaysAgo(5));
  const std::vector<std::array<std::string, 3>> bad = {
      {"/v1/scores?metric=NPS&startTime=" + late + "&endTime=" + early, "endTime", "END_BEFORE_START"},
      {"/v1/scores?metric=XYZ", "metric", "UNKNOWN_METRIC"},
      {"/v1/scores?metric=", "metric", "UNKNOWN_METRIC"},
      {"/v1/scores?metric=NPS&groupBy=moon", "groupBy[0]", "UNKNOWN_DIMENSION"},
      {"/v1/scores?metric=NPS&groupBy=agent", "groupBy[0]", "PERSONS_NOT_RANKED"},
      {"/v1/scores?metric=NPS&groupBy=customerId", "groupBy[0]", "PERSONS_NOT_RANKED"},
      {"/v1/scores?metric=NPS&filter=" + Escape(R"(owner = "x")"), "filter", "PERSONS_NOT_RANKED"},
      {"/v1/scores?metric=NPS&timeZone=Mars/Olympus", "timeZone", "UNKNOWN_TIME_ZONE"},
      {"/v1/scores?metric=NPS&formulaVersion=9", "formulaVersion", "UNKNOWN_FORMULA_VERSION"},
      {"/v1/scores?metric=NPS&population=-1", "population", "NOT_POSITIVE"},
      {"/v1/scores:compare?metric=NPS", "startTime", "REQUIRED"},
      {"/v1/scores:migration?metric=CSI", "metric", "NO_SCORE_PER_ANSWER"},
      {"/v1/drivers?metric=NPS&by=moon", "by", "UNKNOWN_DIMENSION"},
      {"/v1/drivers?metric=NPS&pareto=COST", "currency", "REQUIRED"},
      {"/v1/heatMap?metric=CSAT&startTime=" + late + "&endTime=" + early, "endTime", "END_BEFORE_START"},
      {"/v1/journey?metric=XYZ", "metric", "UNKNOWN_METRIC"},
      {"/v1/overview?startTime=" + late + "&endTime=" + early, "endTime", "END_BEFORE_START"},
      {"/v1/passives?nps=6", "nps", "OUT_OF_RANGE"},
      {"/v1/sampleSize", "marginOfError", "OUT_OF_RANGE"},
      {"/v1/sampleSize?marginOfError=-1", "marginOfError", "OUT_OF_RANGE"},
      {"/v1/sampleSize?marginOfError=5&variance=0", "variance", "NOT_POSITIVE"}};
  for (const auto& [path, field, reason] : bad)
    EXPECT_THAT(Refused(path), IsRefused(400, "INVALID_ARGUMENT", reason, field)) << path;
  EXPECT_THAT(Refused("/v1/scores?metric=NPS&interval=DAY&startTime=1990-01-01T00:00:00Z&endTime=2026-01-01T00:00:00Z"),
              IsRefused(400, "INVALID_ARGUMENT", "TOO_MANY_ROWS", ""));
  const std::vector<std::pair<std::string, std::string>> settings = {
      {"/v1/targets/x?allowMissing=true", R"({"metric":"XYZ","score":1})"},
      {"/v1/targets/x?allowMissing=true", R"({"metric":"NPS","score":101})"},
      {"/v1/targets/x?allowMissing=true", R"({"metric":"NPS","score":1,"dimension":"agent","value":"a"})"},
      {"/v1/improvements/x?allowMissing=true", R"({"displayName":{"vi":"x"},"metric":"NPS"})"},
      {"/v1/metrics/NPS?allowMissing=true", R"({"min":0,"max":3})"},
      {"/v1/metrics/HOLES?allowMissing=true", R"({"displayName":{"vi":"x"},"min":1,"max":5,"parts":[
        {"name":"a","mood":"UNHAPPY","low":1,"high":2,"weight":-1},{"name":"b","mood":"HAPPY","low":4,"high":5,"weight":1}]})"}};
  for (const auto& [path, body] : settings) EXPECT_EQ(api_.http().Patch(path, body).code, 400) << path << body;
  EXPECT_EQ(api_.Get("/v1/targets").Size("targets"), 0u) << "what is refused changes nothing";
  EXPECT_THAT(api_.Get("/v1/metrics").Dump(), Not(HasSubstr("HOLES")));
}

TEST_F(FiguresRefusedTest, AZoneWithoutMidnightHasItsDaysAllTheSame) {
  // Clocks in Santiago go from 23:59 to 01:00 in September.
  const Json days = Get("/v1/scores?metric=NPS&scope=RELATIONSHIP&interval=DAY&timeZone=America/Santiago&startTime=" +
                        Rfc3339(DaysAgo(90)) + "&endTime=" + Rfc3339(Today()));
  int64_t counted = 0;
  absl::Time end = DaysAgo(90);
  for (const Json& row : days.Items("rows")) {
    EXPECT_EQ(row.Time("startTime"), end) << "no gap, no overlap";
    end = row.Time("endTime");
    counted += row.Has("responses") ? row.Int("responses") : 0;
  }
  EXPECT_EQ(counted, 80);
}

}  // namespace
}  // namespace hoiam::testing
