// How the loop is closed, over cases as they are stored; and what the database makes of the statement.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "loop_service/limits.h"
#include "loop_service/store/fact_rows.h"
#include "tests/store/loop_service/suite.h"
#include "tests/support/fake_clock.h"

namespace hoiam::loop::testing {
namespace {

using absl::StatusCode;
using ::testing::HasSubstr;
using ::testing::Not;

class LoopRateStoreTest : public LoopTest {
 protected:
  std::vector<pb::LoopRateRow> Rows(const pb::GetLoopRateRequest& q = {}) {
    const auto r = loop_.Call(&Stub::GetLoopRate, q);
    EXPECT_THAT(r, IsOk());
    if (!r.ok()) return {};
    return {r->rows().begin(), r->rows().end()};
  }
};

TEST_F(LoopRateStoreTest, NoCaseIsOneRowOfNothingAndNoGroup) {
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].needed(), 0);
  EXPECT_FALSE(rows[0].has_loop_rate());
  pb::GetLoopRateRequest by_team;
  by_team.add_group_by("team");
  EXPECT_TRUE(Rows(by_team).empty());
}

TEST_F(LoopRateStoreTest, FiguresFollowEveryChangeOfACase) {
  const pb::Case one = OpenCaseOf("c1");
  OpenCaseOf("c2");
  Answer({DetractorAnswer("more", "c1")});
  auto row = Rows().at(0);
  EXPECT_EQ(row.needed(), 3);
  EXPECT_EQ(row.pending(), 3);
  EXPECT_FALSE(row.has_loop_rate());
  EXPECT_EQ(row.orphans(), 3);
  EXPECT_EQ(row.open(), 2);

  Contact(Acknowledge(one));
  row = Rows().at(0);
  EXPECT_EQ(row.in_time(), 2);
  EXPECT_EQ(row.pending(), 1);
  EXPECT_EQ(row.loop_rate(), 100);
  EXPECT_EQ(row.orphans(), 1);
  EXPECT_EQ(row.acknowledge().count(), 1);
  EXPECT_EQ(row.contact().count(), 1);

  Resolve(one);
  pb::GetLoopRateRequest by_cause;
  by_cause.add_group_by("cause");
  const auto causes = Rows(by_cause);
  ASSERT_EQ(causes.size(), 2u);
  EXPECT_EQ(causes[0].group(), "") << "equal in number, by name: not known yet";
  EXPECT_EQ(causes[1].group(), "delivery_late_partner");
  EXPECT_EQ(causes[1].resolve().count(), 1);
  EXPECT_EQ(causes[1].open(), 0);

  pb::CancelCaseRequest cancel;
  cancel.set_case_id(Cases("customer = c2").at(0).case_id());
  cancel.set_reason("spam");
  ASSERT_THAT(loop_.Call(&Stub::CancelCase, cancel), IsOk());
  EXPECT_EQ(Rows().at(0).cases(), 1);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM case_fact"), 2);
}

TEST_F(LoopRateStoreTest, WhatNobodyContactedInTimeIsMissed) {
  OpenCaseOf("c1");
  hoiam::testing::FakeClock clock(SystemClock().Now() + absl::Hours(30 * 24));
  Replica later(db_, survey_.Channel(), clock);
  const auto r = later.Call(&Stub::GetLoopRate, pb::GetLoopRateRequest());
  ASSERT_THAT(r, IsOk());
  EXPECT_EQ(r->rows(0).needed(), 1);
  EXPECT_EQ(r->rows(0).pending(), 0);
  EXPECT_TRUE(r->rows(0).has_loop_rate());
  EXPECT_EQ(r->rows(0).loop_rate(), 0);
}

TEST_F(LoopRateStoreTest, TimeAndFilterCutTheCases) {
  const pb::Case one = OpenCaseOf("c1");
  pb::CreateCaseRequest create;
  create.set_customer_id("c2");
  create.set_reason("late parcel");
  create.set_team("cx");
  const auto two = loop_.Call(&Stub::CreateCase, create);
  ASSERT_THAT(two, IsOk());
  pb::GetLoopRateRequest q;
  *q.mutable_start_time() = two->case_().create_time();
  EXPECT_EQ(Rows(q).at(0).cases(), 1);
  EXPECT_EQ(Rows(q).at(0).proactive(), 1);
  EXPECT_EQ(Rows(q).at(0).needed(), 0) << "no answer asked for it";
  q.Clear();
  *q.mutable_end_time() = two->case_().create_time();
  EXPECT_EQ(Rows(q).at(0).reactive(), 1);
  q.Clear();
  q.set_filter("team = cx AND open = true");
  EXPECT_EQ(Rows(q).at(0).cases(), 1);
  q.set_filter("state = NEW");
  EXPECT_EQ(Rows(q).at(0).cases(), 2);
}

TEST_F(LoopRateStoreTest, NobodyIsMeasured) {
  pb::GetLoopRateRequest q;
  q.add_group_by("owner");
  EXPECT_THAT(loop_.Call(&Stub::GetLoopRate, q), StatusIs(StatusCode::kInvalidArgument, "NOT_BY_PERSON"));
}

// 262,144 cases within a second and a quarter.
TEST_F(LoopRateStoreTest, MoreCasesThanAreCountedAtOnceAreRefusedAndAShorterTimeIsNot) {
  OpenCaseOf("c1");
  const auto session = db_.Session();
  const std::string columns = absl::StrJoin(CaseFactRow::Table().columns, ", ");
  for (int i = 0; i < 18; ++i) {
    const int step = 5 << i;
    HOIAM_ASSERT_OK(session->Run(
        absl::StrCat("INSERT INTO case_fact (", columns, ") SELECT ",
                     absl::StrReplaceAll(
                         columns, {{"create_time", absl::StrCat("create_time + INTERVAL ", step, " MICROSECOND")}}),
                     " FROM case_fact"),
        {}));
  }
  ASSERT_GT(db_.Count("SELECT COUNT(*) FROM case_fact"), static_cast<int64_t>(kMaxLoopRateCases));
  hoiam::testing::FakeClock clock(SystemClock().Now() + absl::Hours(1));
  Replica later(db_, survey_.Channel(), clock);
  EXPECT_THAT(later.Call(&Stub::GetLoopRate, pb::GetLoopRateRequest()),
              StatusIs(StatusCode::kInvalidArgument, "CUT_NOT_KEPT"));
  pb::GetLoopRateRequest q;
  *q.mutable_end_time() = OnlyCase().create_time();
  const int64_t half = 5 * 131'072;  // microseconds
  const int64_t end = q.end_time().seconds() * 1'000'000 + q.end_time().nanos() / 1000 + half;
  q.mutable_end_time()->set_seconds(end / 1'000'000);
  q.mutable_end_time()->set_nanos(static_cast<int32_t>(end % 1'000'000 * 1000));
  const auto r = later.Call(&Stub::GetLoopRate, q);
  ASSERT_THAT(r, IsOk());
  EXPECT_EQ(r->rows(0).cases(), 131'072);

  std::string plan;
  HOIAM_ASSERT_OK(session->Query("ANALYZE TABLE case_fact", {}, [](const db::Row&) {}));
  const absl::Time from = absl::FromUnixMicros(end - half);
  HOIAM_ASSERT_OK(session->Query("EXPLAIN FORMAT=JSON " + ReadFactsSql(),
                                 {std::string("t"), from, from + absl::Milliseconds(50), int64_t{200'001}},
                                 [&](const db::Row& row) { plan += row.Bytes(0); }));
  EXPECT_THAT(plan, HasSubstr("\"access_type\": \"range\""));
  EXPECT_THAT(plan, Not(HasSubstr("filesort")));
}

}  // namespace
}  // namespace hoiam::loop::testing
