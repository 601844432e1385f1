#include "loop_service/domain/fix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "loop_service/domain/purchase.h"
#include "loop_service/limits.h"
#include "tests/unit/loop_service/domain/legal_history.h"

namespace hoiam::loop {
namespace {

using ::testing::ElementsAre;
using testing::ExpectLegalHistory;

const absl::Time kNow = absl::FromUnixSeconds(1'793'000'000);
constexpr absl::Duration kWithin = absl::Hours(180 * 24);

Case Opened(char id, absl::Time said, std::string customer = "lan") {
  Case c;
  c.case_id = std::string(16, id);
  c.customer_id = std::move(customer);
  c.touchpoint = "delivery";
  c.create_time = said + absl::Minutes(1);
  CaseAnswer a;
  a.responded_at = said;
  c.answers = {a};
  Record(c, kSystemActor, kActionOpen, CaseState::kNew, "", c.create_time);
  return c;
}

TEST(FixTest, AFixLiesWhereItsCaseDoes) {
  Case c = Opened('a', kNow);
  c.shop = "ha-dong";
  c.lot = "L2409";
  const auto kinds = [](const Case& c) {
    std::vector<std::string> out;
    for (const FixScope& s : ScopesOf(c)) out.push_back(absl::StrCat(ScopeKind(s.relation), " ", s.id));
    return out;
  };
  EXPECT_THAT(kinds(c), ElementsAre("PERSON lan", "LOT L2409", "TOUCHPOINT delivery", "SHOP ha-dong"));
  EXPECT_THAT(kinds(Opened('b', kNow, "")), ElementsAre("TOUCHPOINT delivery"));
}

TEST(FixTest, WhatIsSaidAfterAFixBreaksItAndWhatIsSaidBeforeDoesNot) {
  FixList fixes;
  AddFix(fixes, Opened('a', kNow - absl::Hours(9)), kNow);
  EXPECT_EQ(BrokenFix(fixes, Opened('b', kNow), kWithin), nullptr) << "said in the very moment";
  EXPECT_EQ(BrokenFix(fixes, Opened('b', kNow - absl::Hours(1)), kWithin), nullptr);
  ASSERT_NE(BrokenFix(fixes, Opened('b', kNow + absl::Microseconds(1)), kWithin), nullptr);
  EXPECT_EQ(BrokenFix(fixes, Opened('b', kNow + absl::Hours(1)), kWithin)->case_id, std::string(16, 'a'));
  EXPECT_NE(BrokenFix(fixes, Opened('b', kNow + kWithin), kWithin), nullptr);
  EXPECT_EQ(BrokenFix(fixes, Opened('b', kNow + kWithin + absl::Microseconds(1)), kWithin), nullptr);
  EXPECT_EQ(BrokenFix(fixes, Opened('a', kNow + absl::Hours(1)), kWithin), nullptr) << "a case is not its own fix";
}

TEST(FixTest, ACaseWithoutAnAnswerWasSaidWhenItWasOpened) {
  Case c = Opened('a', kNow);
  c.answers.clear();
  EXPECT_EQ(SaidAt(c), c.create_time);
  EXPECT_EQ(SaidAt(Opened('a', kNow)), kNow);
}

TEST(FixTest, TheLatestFixIsTheOneThatFailed) {
  FixList fixes;
  AddFix(fixes, Opened('a', kNow), kNow);
  AddFix(fixes, Opened('b', kNow), kNow + absl::Hours(1));
  AddFix(fixes, Opened('c', kNow), kNow + absl::Hours(3));
  EXPECT_EQ(BrokenFix(fixes, Opened('d', kNow + absl::Hours(2)), kWithin)->case_id, std::string(16, 'b'));
  AddFix(fixes, Opened('a', kNow), kNow + absl::Hours(4));
  EXPECT_EQ(fixes.size(), 3u) << "a case that was resolved again is one fix";
  EXPECT_EQ(fixes.back().case_id, std::string(16, 'a'));
}

TEST(FixTest, OnlyTheLastFixesAreKept) {
  FixList fixes;
  for (size_t i = 0; i < 3 * kMaxFixes; ++i) {
    Case c = Opened('a', kNow);
    c.case_id = absl::StrCat("case ", 10'000'000'000 + i);
    AddFix(fixes, c, kNow + absl::Hours(i));
  }
  EXPECT_EQ(fixes.size(), kMaxFixes);
  EXPECT_EQ(fixes.back().resolved_at, kNow + absl::Hours(3 * kMaxFixes - 1));
}

TEST(FixTest, AFixFailsOnce) {
  FixList fixes;
  AddFix(fixes, Opened('a', kNow), kNow);
  EXPECT_FALSE(MarkFailed(fixes, std::string(16, 'b')));
  EXPECT_TRUE(MarkFailed(fixes, std::string(16, 'a')));
  EXPECT_TRUE(fixes[0].failed);
  EXPECT_FALSE(MarkFailed(fixes, std::string(16, 'a')));
}

TEST(FixTest, TheLaterCaseIsMoreUrgentAndNamesTheEarlierWhoseFixFailed) {
  Case earlier = Opened('a', kNow - absl::Hours(99)), later = Opened('b', kNow);
  for (const auto& [before, after] : {std::pair(Priority::kP3, Priority::kP2), std::pair(Priority::kP2, Priority::kP1),
                                      std::pair(Priority::kP1, Priority::kP1)}) {
    Case c = later;
    c.priority = before;
    SayTwice(c, earlier, Relation::kSameTouchpoint, "delivery_late_partner", kNow + absl::Hours(1));
    EXPECT_EQ(c.priority, after);
    EXPECT_EQ(c.said_twice->case_id, earlier.case_id);
    EXPECT_EQ(c.said_twice->relation, Relation::kSameTouchpoint);
    EXPECT_EQ(c.state, later.state);
    EXPECT_EQ(c.history.back().action, "said_twice");
    ExpectLegalHistory(c);
    SayTwice(c, earlier, Relation::kSamePerson, "delivery_late_partner", kNow + absl::Hours(1));
    EXPECT_EQ(c.version, later.version + 1) << "said once";
  }
  EXPECT_TRUE(FailFix(earlier, later, Relation::kSameTouchpoint, "delivery_late_partner", kNow + absl::Hours(1)));
  EXPECT_EQ(earlier.fix_failed->case_id, later.case_id);
  EXPECT_EQ(earlier.history.back().action, "fix_failed");
  ExpectLegalHistory(earlier);
  EXPECT_FALSE(FailFix(earlier, later, Relation::kSameTouchpoint, "delivery_late_partner", kNow + absl::Hours(1)));
}

TEST(PurchaseTest, AYearBackIsExactAndLiesInTheMonthsThatAreRead) {
  const absl::Time at = absl::FromCivil(absl::CivilSecond(2026, 3, 1, 0, 30, 0), absl::UTCTimeZone());
  EXPECT_TRUE(CountsAsSpent(at, at));
  EXPECT_FALSE(CountsAsSpent(at + absl::Microseconds(1), at));
  EXPECT_FALSE(CountsAsSpent(at - absl::Hours(365 * 24), at));
  const absl::Time first = at - absl::Hours(365 * 24) + absl::Microseconds(1);
  EXPECT_TRUE(CountsAsSpent(first, at));
  const std::vector<int64_t> months = MonthsBefore(at);
  EXPECT_EQ(months.front(), MonthOf(first));
  EXPECT_EQ(months.back(), MonthOf(at));
  EXPECT_EQ(months.size(), 13u);
  EXPECT_EQ(MonthOf(at), 2026 * 12 + 2);
}

}  // namespace
}  // namespace hoiam::loop
