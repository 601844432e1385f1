#include "loop_service/convert/loop_rate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loop_service/convert/case_filter.h"
#include "tests/support/matchers.h"

namespace hoiam::loop {
namespace {

using hoiam::testing::IsOk;
using hoiam::testing::StatusIs;
using ::testing::UnorderedElementsAre;

const absl::Time kNow = absl::FromUnixSeconds(1'793'000'000);

std::vector<std::string> BadFields(const pb::GetLoopRateRequest& q) {
  std::vector<std::string> out;
  if (const auto detail = DetailOf(ParseLoopRate(q, kNow).status()))
    for (const Violation& v : detail->violations) out.push_back(v.field + " " + v.reason);
  return out;
}

TEST(LoopRateTest, NothingSaidIsEverythingUpToThisMoment) {
  const auto query = ParseLoopRate({}, kNow);
  ASSERT_THAT(query, IsOk());
  EXPECT_LE(query->start, absl::UnixEpoch());
  EXPECT_GT(query->end, kNow);
  EXPECT_EQ(query->by, LoopRateQuery::By::kAll);
}

TEST(LoopRateTest, EveryBadFieldIsToldAtOnce) {
  pb::GetLoopRateRequest q;
  q.mutable_start_time()->set_seconds(100);
  q.mutable_end_time()->set_seconds(100);
  q.add_group_by("team");
  q.add_group_by("weather");
  q.set_filter("comment = x");
  EXPECT_THAT(BadFields(q), UnorderedElementsAre("endTime END_BEFORE_START", "groupBy TOO_MANY_VALUES",
                                                 "groupBy UNKNOWN_DIMENSION", "filter INVALID_FILTER"));
}

TEST(LoopRateTest, NobodyIsMeasured) {
  for (const char* person : {"owner", "customer", "actor"}) {
    pb::GetLoopRateRequest q;
    q.add_group_by(person);
    q.set_filter(std::string("open = true AND (team = a OR ") + person + " = lan)");
    EXPECT_THAT(BadFields(q), UnorderedElementsAre("groupBy NOT_BY_PERSON", "filter NOT_BY_PERSON")) << person;
  }
}

TEST(LoopRateTest, AFilterIsAskedOfFigures) {
  CaseFact fact;
  fact.create_time = kNow;
  fact.kind = "DETRACTOR";
  fact.state = CaseState::kInProgress;
  fact.priority = "P2";
  fact.origin = "REACTIVE";
  fact.team = "cskh";
  fact.root_cause = "late";
  fact.touchpoint = "delivery.hanoi";
  const auto matches = [&](const char* text) {
    pb::GetLoopRateRequest q;
    q.set_filter(text);
    const auto query = ParseLoopRate(q, kNow);
    EXPECT_THAT(query, IsOk()) << text;
    return query.ok() && Matches(query->filter, fact);
  };
  for (const char* yes :
       {"", "state = IN_PROGRESS", "kind = DETRACTOR AND priority = P2", "origin = REACTIVE", "team = cskh",
        "cause = late", "touchpoint = \"delivery.*\"", "open = true", "createTime > 2020-01-01T00:00:00Z"})
    EXPECT_TRUE(matches(yes)) << yes;
  for (const char* no : {"state = NEW", "team = cx", "cause != late", "touchpoint = delivery", "open = false"})
    EXPECT_FALSE(matches(no)) << no;
}

TEST(LoopRateTest, FiguresThatAreNotThereAreNotSaid) {
  pb::LoopRateRow row;
  ToProto(LoopRate(), row);
  EXPECT_FALSE(row.has_loop_rate());
  EXPECT_FALSE(row.contact().has_p50_seconds());
  LoopRate rate;
  rate.rate = 0;
  rate.contact = {1, 5, 5, 5};
  ToProto(rate, row);
  EXPECT_TRUE(row.has_loop_rate()) << "none in time is a figure";
  EXPECT_EQ(row.contact().p95_seconds(), 5);
}

}  // namespace
}  // namespace hoiam::loop
