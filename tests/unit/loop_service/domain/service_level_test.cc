#include "loop_service/domain/service_level.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loop_service/domain/case_command.h"
#include "loop_service/limits.h"
#include "tests/unit/loop_service/domain/legal_history.h"

namespace hoiam::loop {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kOpened = absl::FromUnixSeconds(1'793'000'000);
constexpr absl::Duration kTick = absl::Nanoseconds(1);

Case Opened() {
  Answer a;
  a.response_id = "r1";
  a.metric = "NPS";
  a.score = 3;
  return OpenCase(std::string(16, 'x'), a, "cskh", kOpened);
}
void Do(Case& c, const CaseCommand& command, absl::Duration after) {
  ASSERT_EQ(Apply(c, command, "lan", kOpened + after), Refusal::kNone);
}
const Contact kCall{"phone", "", ContactOutcome::kReached};
const Resolve kSolved{"x", "y", "z", "ok", std::nullopt};

TEST(ServiceLevelTest, ADeadlineIsMissedOneTickAfterItAndNotOnIt) {
  const Case c = Opened();
  EXPECT_THAT(MissedDeadlines(c, kOpened), IsEmpty());
  EXPECT_THAT(MissedDeadlines(c, kOpened + kAcknowledgeWithin), IsEmpty());
  EXPECT_THAT(MissedDeadlines(c, kOpened + kAcknowledgeWithin + kTick), ElementsAre(Deadline::kAcknowledge));
  EXPECT_THAT(MissedDeadlines(c, kOpened + kContactWithin), ElementsAre(Deadline::kAcknowledge));
  EXPECT_THAT(MissedDeadlines(c, kOpened + kContactWithin + kTick),
              ElementsAre(Deadline::kAcknowledge, Deadline::kContact));
  EXPECT_THAT(MissedDeadlines(c, kOpened + kResolveWithin + kTick),
              ElementsAre(Deadline::kAcknowledge, Deadline::kContact, Deadline::kResolve));
}

TEST(ServiceLevelTest, WhatWasDoneInTimeIsNeverMissed) {
  Case c = Opened();
  Do(c, Acknowledge{}, kAcknowledgeWithin);
  Do(c, kCall, kContactWithin);
  Do(c, kSolved, kResolveWithin);
  EXPECT_THAT(MissedDeadlines(c, kOpened + absl::Hours(100'000)), IsEmpty());
}

TEST(ServiceLevelTest, WhatWasDoneLateStaysMissed) {
  Case c = Opened();
  Do(c, Acknowledge{}, kAcknowledgeWithin + kTick);
  EXPECT_THAT(MissedDeadlines(c, kOpened + kAcknowledgeWithin + kTick), ElementsAre(Deadline::kAcknowledge));
}

TEST(ServiceLevelTest, ContactingAtOnceIsAcknowledgingToo) {
  Case c = Opened();
  Do(c, kCall, absl::Hours(1));
  EXPECT_THAT(MissedDeadlines(c, kOpened + kContactWithin + kTick), IsEmpty());
}

TEST(ServiceLevelTest, NotesAndAssignmentsMeetNoDeadline) {
  Case c = Opened();
  Do(c, AddNote{"n", "x"}, absl::Hours(1));
  Do(c, Assign{"hoa", "", ""}, absl::Hours(1));
  EXPECT_THAT(MissedDeadlines(c, kOpened + kAcknowledgeWithin + kTick), ElementsAre(Deadline::kAcknowledge));
}

TEST(ServiceLevelTest, ACancelledCaseMissesNothingMore) {
  Case c = Opened();
  Do(c, Cancel{"spam"}, absl::Hours(30));
  EXPECT_THAT(MissedDeadlines(c, kOpened + absl::Hours(100'000)), ElementsAre(Deadline::kAcknowledge));
}

TEST(ServiceLevelTest, AReopenedCaseIsMeasuredAnew) {
  Case c = Opened();
  Do(c, kCall, absl::Hours(40));  // acknowledged late
  Do(c, kSolved, absl::Hours(50));
  EXPECT_THAT(MissedDeadlines(c, kOpened + absl::Hours(60)), ElementsAre(Deadline::kAcknowledge));
  Do(c, Reopen{"again"}, absl::Hours(500));
  EXPECT_THAT(MissedDeadlines(c, kOpened + absl::Hours(524)), IsEmpty());
  EXPECT_THAT(MissedDeadlines(c, kOpened + absl::Hours(524) + kTick), ElementsAre(Deadline::kAcknowledge));
}

// --- the clock

// What a clock would do that looks now: marks what is missed, and says when to look again.
std::vector<Deadline> Look(Case& c, absl::Time now) {
  const std::vector<Deadline> missed = UnmarkedDeadlines(c, now);
  for (Deadline d : missed) MarkOverdue(c, d, now);
  return missed;
}

TEST(DeadlineClockTest, EachDeadlineIsMarkedOnceWhenItHasPassed) {
  Case c = Opened();
  EXPECT_EQ(NextDeadline(c), kOpened + kAcknowledgeWithin);
  EXPECT_THAT(Look(c, kOpened + kAcknowledgeWithin), IsEmpty());
  EXPECT_THAT(Look(c, kOpened + kAcknowledgeWithin + kTick), ElementsAre(Deadline::kAcknowledge));
  EXPECT_THAT(Look(c, kOpened + kAcknowledgeWithin + kTick), IsEmpty());
  EXPECT_EQ(NextDeadline(c), kOpened + kContactWithin);
  EXPECT_THAT(Look(c, kOpened + absl::Hours(1000)), ElementsAre(Deadline::kContact, Deadline::kResolve));
  EXPECT_EQ(NextDeadline(c), std::nullopt);
  EXPECT_THAT(Look(c, kOpened + absl::Hours(100'000)), IsEmpty());
  testing::ExpectLegalHistory(c);
  EXPECT_EQ(c.state, CaseState::kNew);
  EXPECT_EQ(c.version, 4);
  EXPECT_EQ(c.history[1].action, "overdue");
  EXPECT_EQ(c.history[1].actor, "system");
  EXPECT_EQ(c.history[1].note, "ACKNOWLEDGE");
}

TEST(DeadlineClockTest, MarkingChangesNothingOfWhatIsMissed) {
  Case c = Opened();
  Look(c, kOpened + kAcknowledgeWithin + kTick);
  EXPECT_THAT(MissedDeadlines(c, kOpened + kAcknowledgeWithin + kTick), ElementsAre(Deadline::kAcknowledge));
  Do(c, kCall, kContactWithin);
  EXPECT_THAT(MissedDeadlines(c, kOpened + kContactWithin + kTick), ElementsAre(Deadline::kAcknowledge));
  EXPECT_EQ(NextDeadline(c), kOpened + kResolveWithin);
}

TEST(DeadlineClockTest, WhatIsMetIsNotWaitedForAndWhatWasMetLateIsStillMarked) {
  Case c = Opened();
  Do(c, kCall, absl::Hours(1));
  EXPECT_EQ(NextDeadline(c), kOpened + kResolveWithin);
  Case late = Opened();
  Do(late, kCall, kAcknowledgeWithin + kTick);  // before the clock looked
  EXPECT_EQ(NextDeadline(late), kOpened + kAcknowledgeWithin);
  EXPECT_THAT(Look(late, kOpened + absl::Hours(25)), ElementsAre(Deadline::kAcknowledge));
}

TEST(DeadlineClockTest, ACaseThatIsNotOpenWaitsForNothing) {
  Case c = Opened();
  Do(c, kCall, absl::Hours(1));
  Do(c, kSolved, absl::Hours(2));
  EXPECT_EQ(NextDeadline(c), std::nullopt);
  EXPECT_THAT(UnmarkedDeadlines(c, kOpened + absl::Hours(1000)), IsEmpty());
  Do(c, Reopen{"again"}, absl::Hours(500));
  EXPECT_EQ(NextDeadline(c), kOpened + absl::Hours(500) + kAcknowledgeWithin);
  EXPECT_THAT(Look(c, kOpened + absl::Hours(525)), ElementsAre(Deadline::kAcknowledge)) << "once more";
  Do(c, Cancel{"spam"}, absl::Hours(526));
  EXPECT_EQ(NextDeadline(c), std::nullopt);
}

TEST(DeadlineClockTest, TheNextDeadlineIsTheMomentAfterWhichOneIsFound) {
  for (int hours = 0; hours < 400; hours += 7) {
    Case c = Opened();
    Look(c, kOpened + absl::Hours(hours));
    const auto next = NextDeadline(c);
    if (!next) continue;
    EXPECT_THAT(UnmarkedDeadlines(c, *next), IsEmpty()) << hours;
    EXPECT_FALSE(UnmarkedDeadlines(c, *next + kTick).empty()) << hours;
  }
}

}  // namespace
}  // namespace hoiam::loop
