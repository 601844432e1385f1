#include "loop_service/domain/service_level.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loop_service/domain/catalogue.h"
#include "loop_service/limits.h"
#include "tests/unit/loop_service/domain/case_life.h"

namespace hoiam::loop {
namespace {

using testing::CaseLife;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kOpened = absl::FromUnixSeconds(1'793'000'000);
constexpr absl::Duration kTick = absl::Nanoseconds(1);
const Contact kCall{"phone", "", ContactOutcome::kReached};
const Contact kAsk{"phone", "", ContactOutcome::kAwaitingReply};

Resolve Solved() {
  Resolve r;
  r.root_cause = "x";
  r.originator_team = "y";
  r.resolution = "z";
  r.customer_reply = "ok";
  return r;
}

// Customer care works every day, all day long: working time is time.
CaseLife Opened(Priority priority = Priority::kP3) { return {BuiltInPlaybook(), "cskh", priority, kOpened}; }

TEST(ServiceLevelTest, EachPriorityHasItsDeadlines) {
  const CaseLife p1 = Opened(Priority::kP1), p2 = Opened(Priority::kP2), p3 = Opened(Priority::kP3);
  EXPECT_EQ(p1.c.acknowledge_by, kOpened + absl::Hours(2));
  EXPECT_EQ(p2.c.acknowledge_by, kOpened + absl::Hours(8));
  EXPECT_EQ(p3.c.acknowledge_by, kOpened + absl::Hours(24));
  for (const Case* c : {&p1.c, &p2.c, &p3.c}) {
    EXPECT_EQ(c->contact_by, kOpened + absl::Hours(48));
    EXPECT_EQ(c->resolve_by, kOpened + absl::Hours(7 * 24));
  }
}

TEST(ServiceLevelTest, ADeadlineIsMissedOneTickAfterItAndNotOnIt) {
  const Case c = Opened().c;
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
  CaseLife life = Opened();
  life.Do(Acknowledge{}, kOpened + kAcknowledgeWithin);
  life.Do(kCall, kOpened + kContactWithin);
  life.Do(Solved(), kOpened + kResolveWithin);
  EXPECT_THAT(MissedDeadlines(life.c, kOpened + absl::Hours(100'000)), IsEmpty());
  EXPECT_EQ(life.c.acknowledged_at, kOpened + kAcknowledgeWithin);
  EXPECT_EQ(life.c.contacted_at, kOpened + kContactWithin);
  EXPECT_EQ(life.c.resolved_at, kOpened + kResolveWithin);
}

TEST(ServiceLevelTest, WhatWasDoneLateStaysMissed) {
  CaseLife life = Opened();
  life.Do(Acknowledge{}, kOpened + kAcknowledgeWithin + kTick);
  EXPECT_THAT(MissedDeadlines(life.c, kOpened + kAcknowledgeWithin + kTick), ElementsAre(Deadline::kAcknowledge));
}

TEST(ServiceLevelTest, ContactingAtOnceIsAcknowledgingToo) {
  CaseLife life = Opened();
  life.Do(kCall, kOpened + absl::Hours(1));
  EXPECT_THAT(MissedDeadlines(life.c, kOpened + kContactWithin + kTick), IsEmpty());
}

TEST(ServiceLevelTest, NotesAndAssignmentsMeetNoDeadline) {
  CaseLife life = Opened();
  life.Do(AddNote{"n", "x"}, kOpened + absl::Hours(1));
  life.Do(Assign{"hoa", "", ""}, kOpened + absl::Hours(1));
  EXPECT_THAT(MissedDeadlines(life.c, kOpened + kAcknowledgeWithin + kTick), ElementsAre(Deadline::kAcknowledge));
}

TEST(ServiceLevelTest, ACancelledCaseMissesNothingMore) {
  CaseLife life = Opened();
  life.Do(Cancel{"spam"}, kOpened + absl::Hours(30));
  EXPECT_THAT(MissedDeadlines(life.c, kOpened + absl::Hours(100'000)), ElementsAre(Deadline::kAcknowledge));
}

TEST(ServiceLevelTest, AReopenedCaseIsMeasuredAnew) {
  CaseLife life = Opened();
  life.Do(kCall, kOpened + absl::Hours(40));  // acknowledged late
  life.Do(Solved(), kOpened + absl::Hours(50));
  EXPECT_THAT(MissedDeadlines(life.c, kOpened + absl::Hours(60)), ElementsAre(Deadline::kAcknowledge));
  life.Do(Reopen{"again"}, kOpened + absl::Hours(500));
  EXPECT_EQ(life.c.acknowledged_at, std::nullopt);
  EXPECT_EQ(life.c.contacted_at, std::nullopt);
  EXPECT_EQ(life.c.resolved_at, std::nullopt);
  EXPECT_THAT(MissedDeadlines(life.c, kOpened + absl::Hours(524)), IsEmpty());
  EXPECT_THAT(MissedDeadlines(life.c, kOpened + absl::Hours(524) + kTick), ElementsAre(Deadline::kAcknowledge));
}

TEST(ServiceLevelTest, ADayAtTheEndOfAFridayIsTheEndOfMonday) {
  Playbook::Parts parts = BuiltInParts();
  parts.teams["cskh"].calendar_id = "office";
  const Playbook playbook(std::move(parts));
  const absl::TimeZone zone = playbook.CalendarOf("cskh").zone;
  const absl::Time friday = absl::FromCivil(absl::CivilSecond(2026, 11, 27, 17, 0, 0), zone);
  const CaseLife life(playbook, "cskh", Priority::kP3, friday);
  EXPECT_EQ(life.c.acknowledge_by, absl::FromCivil(absl::CivilSecond(2026, 11, 30, 17, 0, 0), zone));
  EXPECT_EQ(life.c.contact_by, absl::FromCivil(absl::CivilSecond(2026, 12, 1, 17, 0, 0), zone));
  const CaseLife urgent(playbook, "cskh", Priority::kP1, friday);
  EXPECT_EQ(urgent.c.acknowledge_by, absl::FromCivil(absl::CivilSecond(2026, 11, 30, 9, 30, 0), zone));
}

// --- waiting for the customer

TEST(WaitingTest, WhatIsStillToComeStandsStillAndComesLaterByTheTimeWaited) {
  CaseLife life = Opened();
  life.Do(kAsk, kOpened + absl::Hours(10));
  EXPECT_THAT(MissedDeadlines(life.c, kOpened + absl::Hours(1000)), IsEmpty()) << "while it waits";
  life.Do(kCall, kOpened + absl::Hours(110));
  EXPECT_EQ(life.c.resolve_by, kOpened + kResolveWithin + absl::Hours(100));
  EXPECT_EQ(life.c.contact_by, kOpened + kContactWithin) << "contact was made before";
  EXPECT_EQ(life.c.paused, absl::Hours(100));
  EXPECT_THAT(MissedDeadlines(life.c, life.c.resolve_by), IsEmpty());
  EXPECT_THAT(MissedDeadlines(life.c, life.c.resolve_by + kTick), ElementsAre(Deadline::kResolve));
}

TEST(WaitingTest, WhatWasMissedBeforeStaysMissed) {
  CaseLife life = Opened();
  life.Do(kAsk, kOpened + kResolveWithin + absl::Hours(1));
  EXPECT_THAT(MissedDeadlines(life.c, kOpened + absl::Hours(1000)),
              ElementsAre(Deadline::kAcknowledge, Deadline::kContact, Deadline::kResolve));
  life.Do(kCall, kOpened + kResolveWithin + absl::Hours(50));
  EXPECT_EQ(life.c.resolve_by, kOpened + kResolveWithin);
}

TEST(WaitingTest, ResolvedWhileWaitingIsInTimeAsItStoodThen) {
  CaseLife life = Opened();
  life.Do(kAsk, kOpened + kResolveWithin - absl::Hours(1));
  life.Do(Solved(), kOpened + kResolveWithin + absl::Hours(100));
  EXPECT_THAT(MissedDeadlines(life.c, kOpened + absl::Hours(1000)),
              ElementsAre(Deadline::kAcknowledge, Deadline::kContact));
}

TEST(WaitingTest, TwoWaitsAddUpAndOnlyWorkingTimeCounts) {
  Playbook::Parts parts = BuiltInParts();
  parts.teams["cskh"].calendar_id = "office";
  const Playbook playbook(std::move(parts));
  const auto at = [&](int day, int hour) {
    return absl::FromCivil(absl::CivilSecond(2026, 11, day, hour, 0, 0), playbook.CalendarOf("cskh").zone);
  };
  CaseLife life(playbook, "cskh", Priority::kP3, at(23, 9));  // a Monday
  EXPECT_EQ(life.c.resolve_by, at(32, 9));
  life.Do(kAsk, at(25, 15));
  life.Do(kCall, at(26, 9));  // 2.5 h of Wednesday, 1 h of Thursday
  EXPECT_EQ(life.c.paused, absl::Minutes(210));
  life.Do(kAsk, at(27, 17));
  life.Do(kCall, at(30, 9));  // 0.5 h of Friday, 1 h of Monday
  EXPECT_EQ(life.c.paused, absl::Hours(5));
  EXPECT_EQ(life.c.resolve_by, at(32, 15) + absl::Minutes(30));  // lunch is not worked
}

// --- more urgent

TEST(HurryTest, AMoreUrgentCaseHurriesFromThenOnAndNothingMovesAway) {
  CaseLife life = Opened(Priority::kP3);
  life.Raise(Priority::kP1, kOpened + absl::Hours(1));
  EXPECT_EQ(life.c.acknowledge_by, kOpened + absl::Hours(3));
  EXPECT_EQ(life.c.contact_by, kOpened + kContactWithin) << "the same for every priority";

  CaseLife late = Opened(Priority::kP3);
  late.Raise(Priority::kP1, kOpened + absl::Hours(23));
  EXPECT_EQ(late.c.acknowledge_by, kOpened + kAcknowledgeWithin);

  CaseLife done = Opened(Priority::kP3);
  done.Do(Acknowledge{}, kOpened + absl::Hours(4));
  done.Raise(Priority::kP1, kOpened + absl::Hours(5));
  EXPECT_THAT(MissedDeadlines(done.c, kOpened + absl::Hours(10)), IsEmpty());
}

}  // namespace
}  // namespace hoiam::loop
