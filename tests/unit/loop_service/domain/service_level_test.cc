#include "loop_service/domain/service_level.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loop_service/domain/case_command.h"
#include "loop_service/limits.h"

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

}  // namespace
}  // namespace hoiam::loop
