#include "loop_service/domain/timers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "loop_service/domain/catalogue.h"
#include "loop_service/domain/service_level.h"
#include "loop_service/limits.h"
#include "tests/unit/loop_service/domain/case_life.h"
#include "tests/unit/loop_service/domain/legal_history.h"

namespace hoiam::loop {
namespace {

using testing::CaseLife;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const absl::Time kOpened = absl::FromUnixSeconds(1'793'000'000);
constexpr absl::Duration kTick = absl::Microseconds(1);  // what a column can hold
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

// A shop below a region below the head, all at work all the time.
Playbook ThreeTeams(absl::Duration escalate_every = absl::Hours(1)) {
  Playbook::Parts parts = BuiltInParts();
  parts.policy.escalate_every = escalate_every;
  for (const auto& [id, parent] : {std::pair{"head", ""}, {"region", "head"}, {"shop", "region"}}) {
    Team team;
    team.id = id;
    team.parent = parent;
    parts.teams[id] = team;
  }
  return Playbook(std::move(parts));
}
const Playbook& Book() {
  static const auto* book = new Playbook(ThreeTeams());
  return *book;
}

CaseLife Opened(absl::string_view team = "cskh", Priority priority = Priority::kP3) {
  return {Book(), team, priority, kOpened};
}

TEST(TimersTest, ACaseThatNobodyTouchesIsWarnedOfAndToldOverdueOncePerDeadline) {
  CaseLife life = Opened();
  EXPECT_THAT(life.Look(kOpened), IsEmpty());
  EXPECT_EQ(life.c.warn_at, kOpened + absl::Hours(18)) << "three quarters of a day";
  EXPECT_THAT(life.Look(kOpened + absl::Hours(18) - kTick), IsEmpty());
  EXPECT_THAT(life.Look(kOpened + absl::Hours(18)), ElementsAre("due ACKNOWLEDGE"));
  EXPECT_THAT(life.Look(kOpened + absl::Hours(24)), IsEmpty()) << "exactly on time is in time";
  EXPECT_THAT(life.Look(kOpened + absl::Hours(24) + kTick), ElementsAre("overdue ACKNOWLEDGE"));
  EXPECT_THAT(life.Look(kOpened + absl::Hours(36)), ElementsAre("due CONTACT"));
  EXPECT_THAT(life.Look(kOpened + absl::Hours(48) + kTick), ElementsAre("overdue CONTACT"));
  EXPECT_THAT(life.Look(kOpened + absl::Hours(126)), ElementsAre("due RESOLVE"));
  EXPECT_EQ(life.c.warn_at, std::nullopt);
  EXPECT_THAT(life.Look(kOpened + absl::Hours(168) + kTick), ElementsAre("overdue RESOLVE"));
  EXPECT_EQ(NextMoment(life.c), std::nullopt) << "nothing more can ring";
  EXPECT_THAT(life.Look(kOpened + absl::Hours(100'000)), IsEmpty());
  testing::ExpectLegalHistory(life.c);
  EXPECT_EQ(life.c.state, CaseState::kNew);
  EXPECT_EQ(life.c.history.back().actor, "system");
}

TEST(TimersTest, WhoeverLooksLateTellsWhatWasMissedAndWarnsOfNothingThatIsOver) {
  CaseLife life = Opened();
  EXPECT_THAT(life.Look(kOpened + absl::Hours(1000)),
              ElementsAre("overdue ACKNOWLEDGE", "overdue CONTACT", "overdue RESOLVE"));
  CaseLife half = Opened();
  EXPECT_THAT(half.Look(kOpened + absl::Hours(40)), ElementsAre("overdue ACKNOWLEDGE", "due CONTACT"));
}

TEST(TimersTest, WhatIsDoneInTimeNeverRings) {
  CaseLife life = Opened();
  life.Do(kCall, kOpened + absl::Hours(1));
  EXPECT_EQ(NextMoment(life.c), kOpened + absl::Hours(126)) << "resolve comes near";
  life.Do(Solved(), kOpened + absl::Hours(2));
  EXPECT_EQ(life.c.warn_at, std::nullopt);
  EXPECT_THAT(life.Look(kOpened + kResolveWithin + absl::Hours(1)), IsEmpty());
}

TEST(TimersTest, WhatWasDoneLateBeforeTheClockLookedIsStillTold) {
  CaseLife life = Opened();
  life.Do(kCall, kOpened + absl::Hours(24) + kTick);
  EXPECT_THAT(life.Look(kOpened + absl::Hours(25)), ElementsAre("overdue ACKNOWLEDGE"));
}

TEST(TimersTest, AReopenedCaseRingsAnew) {
  CaseLife life = Opened();
  EXPECT_THAT(life.Look(kOpened + absl::Hours(25)), ElementsAre("overdue ACKNOWLEDGE"));
  life.Do(kCall, kOpened + absl::Hours(26));
  life.Do(Solved(), kOpened + absl::Hours(27));
  life.Do(Reopen{"again"}, kOpened + absl::Hours(500));
  EXPECT_EQ(life.c.verify_at, std::nullopt);
  EXPECT_THAT(life.Look(kOpened + absl::Hours(518)), ElementsAre("due ACKNOWLEDGE"));
  EXPECT_THAT(life.Look(kOpened + absl::Hours(525)), ElementsAre("overdue ACKNOWLEDGE"));
  life.Do(Cancel{"spam"}, kOpened + absl::Hours(526));
  EXPECT_EQ(NextMoment(life.c), std::nullopt);
}

TEST(TimersTest, NoWarningsWhereThePolicyWantsNone) {
  Playbook::Parts parts = BuiltInParts();
  parts.policy.warn_at_percent = 0;
  const Playbook playbook(std::move(parts));
  CaseLife life(playbook, "cskh", Priority::kP3, kOpened);
  EXPECT_EQ(life.c.warn_at, std::nullopt);
  EXPECT_THAT(life.Look(kOpened + absl::Hours(24)), IsEmpty());
}

TEST(TimersTest, WarningsCountWorkingTime) {
  Playbook::Parts parts = BuiltInParts();
  parts.teams["cskh"].calendar_id = "office";
  const Playbook playbook(std::move(parts));
  const auto at = [&](int day, int hour, int minute) {
    return absl::FromCivil(absl::CivilSecond(2026, 11, day, hour, minute, 0), playbook.CalendarOf("cskh").zone);
  };
  CaseLife life(playbook, "cskh", Priority::kP2, at(27, 16, 0));  // Friday: 8 h are till Monday 16:00
  EXPECT_EQ(life.c.acknowledge_by, at(30, 16, 0));
  EXPECT_EQ(life.c.warn_at, at(30, 14, 0)) << "6 of 8 hours: 1.5 on Friday, 4 before and 0.5 after lunch on Monday";
}

// --- escalation

TEST(EscalationTest, GoesUpTheChainUntilSomebodyAcknowledges) {
  CaseLife life = Opened("shop", Priority::kP1);
  EXPECT_EQ(life.c.escalate_at, kOpened + absl::Hours(2));
  life.Look(kOpened + absl::Hours(2));  // the warning
  EXPECT_THAT(life.Look(kOpened + absl::Hours(2) + kTick), ElementsAre("overdue ACKNOWLEDGE", "escalate region"));
  EXPECT_THAT(life.c.escalated_to, ElementsAre("region"));
  EXPECT_EQ(life.c.escalate_at, kOpened + absl::Hours(3) + kTick);
  EXPECT_THAT(life.Look(*life.c.escalate_at), IsEmpty());
  EXPECT_THAT(life.Look(*life.c.escalate_at + kTick), ElementsAre("escalate head"));
  EXPECT_EQ(life.c.escalate_at, std::nullopt) << "the chain ends here";
  EXPECT_THAT(life.Look(kOpened + absl::Hours(10)), IsEmpty());
  EXPECT_THAT(life.c.escalated_to, ElementsAre("region", "head"));

  CaseLife taken = Opened("shop", Priority::kP1);
  taken.Look(kOpened + absl::Hours(2) + kTick);
  taken.Do(Acknowledge{}, kOpened + absl::Hours(2) + absl::Minutes(30));
  EXPECT_EQ(taken.c.escalate_at, std::nullopt);
  EXPECT_THAT(taken.Look(kOpened + absl::Hours(30)), IsEmpty());
  EXPECT_THAT(taken.c.escalated_to, ElementsAre("region")) << "who was told stays said";
}

TEST(EscalationTest, InTimeNobodyIsToldAndWithoutAChainThereIsNobodyToTell) {
  CaseLife life = Opened("shop");
  life.Do(Acknowledge{}, kOpened + absl::Hours(24));
  EXPECT_EQ(life.c.escalate_at, std::nullopt);
  EXPECT_EQ(Opened("head").c.escalate_at, std::nullopt);
}

TEST(EscalationTest, AfterAStandstillEachTeamStillHasItsTime) {
  CaseLife life = Opened("shop", Priority::kP1);
  EXPECT_THAT(life.Look(kOpened + absl::Hours(40)),
              ElementsAre("overdue ACKNOWLEDGE", "escalate region", "due CONTACT"));
  EXPECT_THAT(life.Look(kOpened + absl::Hours(41) + kTick), ElementsAre("escalate head"));
}

TEST(EscalationTest, AnotherTeamsChainIsFollowedFromWhereItIs) {
  CaseLife life = Opened("shop", Priority::kP1);
  life.Look(kOpened + absl::Hours(3));
  life.Do(Assign{"", "region", ""}, kOpened + absl::Hours(3));
  EXPECT_THAT(life.Look(kOpened + absl::Hours(5)), ElementsAre("escalate head"));
}

TEST(EscalationTest, AReopenedCaseClimbsAgain) {
  CaseLife life = Opened("shop", Priority::kP1);
  life.Look(kOpened + absl::Hours(3));
  life.Do(kCall, kOpened + absl::Hours(3));
  life.Do(Solved(), kOpened + absl::Hours(4));
  life.Do(Reopen{"again"}, kOpened + absl::Hours(10));
  EXPECT_THAT(life.c.escalated_to, IsEmpty());
  EXPECT_EQ(life.c.escalate_at, kOpened + absl::Hours(12));
  EXPECT_THAT(life.Look(kOpened + absl::Hours(13)), ElementsAre("overdue ACKNOWLEDGE", "escalate region"));
}

// --- waiting for the customer

TEST(WaitBoundTest, ACaseThatWaitedLongEnoughGoesOnByItselfAndItsDeadlinesWithIt) {
  CaseLife life = Opened();
  life.Do(kAsk, kOpened + absl::Hours(10));
  const absl::Time until = kOpened + absl::Hours(10) + kMaxWait;
  EXPECT_EQ(life.c.wait_until, until);
  EXPECT_EQ(NextMoment(life.c), until) << "deadlines stand still";
  EXPECT_THAT(life.Look(until - kTick), IsEmpty());
  EXPECT_THAT(life.Look(until), ElementsAre("resume"));
  EXPECT_EQ(life.c.state, CaseState::kInProgress);
  EXPECT_EQ(life.c.wait_until, std::nullopt);
  EXPECT_EQ(life.c.resolve_by, kOpened + kResolveWithin + kMaxWait);
  EXPECT_EQ(life.c.warn_at, kOpened + absl::Hours(126) + kMaxWait);
  EXPECT_THAT(life.Look(until + absl::Hours(1)), IsEmpty());
  testing::ExpectLegalHistory(life.c);
}

TEST(WaitBoundTest, AskingAgainDoesNotWaitForEverAndAReplyEndsTheWait) {
  CaseLife life = Opened();
  life.Do(kAsk, kOpened + absl::Hours(10));
  life.Do(kAsk, kOpened + absl::Hours(100));
  EXPECT_EQ(life.c.wait_until, kOpened + absl::Hours(10) + kMaxWait);
  life.Move("customer_message", CaseState::kInProgress, kOpened + absl::Hours(110));
  EXPECT_EQ(life.c.wait_until, std::nullopt);
  EXPECT_EQ(life.c.paused, absl::Hours(100));
  EXPECT_THAT(life.Look(kOpened + absl::Hours(10) + kMaxWait), IsEmpty());
  life.Do(kAsk, kOpened + absl::Hours(200));
  EXPECT_EQ(life.c.wait_until, kOpened + absl::Hours(200) + kMaxWait) << "a wait of its own";
}

// --- silence

TEST(SilenceTest, AResolvedCaseThatNobodyContradictsIsVerifiedBySilence) {
  CaseLife life = Opened();
  life.Do(kCall, kOpened + absl::Hours(1));
  life.Do(Solved(), kOpened + absl::Hours(2));
  const absl::Time at = kOpened + absl::Hours(2) + kVerifyAfter;
  EXPECT_EQ(life.c.verify_at, at);
  EXPECT_EQ(NextMoment(life.c), at);
  EXPECT_THAT(life.Look(at - kTick), IsEmpty());
  EXPECT_THAT(life.Look(at), ElementsAre("verify SILENCE"));
  EXPECT_EQ(life.c.state, CaseState::kVerified);
  EXPECT_EQ(life.c.verification, Verification::kSilence);
  EXPECT_EQ(life.c.verify_at, std::nullopt);
  EXPECT_EQ(NextMoment(life.c), std::nullopt);
  testing::ExpectLegalHistory(life.c);
}

TEST(SilenceTest, AWordBeforeIsBetterEvidence) {
  CaseLife life = Opened();
  life.Do(kCall, kOpened + absl::Hours(1));
  life.Do(Solved(), kOpened + absl::Hours(2));
  life.Do(Verify{Verification::kCustomerWord, ""}, kOpened + absl::Hours(3));
  EXPECT_EQ(life.c.verify_at, std::nullopt);
  EXPECT_THAT(life.Look(kOpened + absl::Hours(5000)), IsEmpty());
  EXPECT_EQ(life.c.verification, Verification::kCustomerWord);
}

// --- laws

TEST(TimersLawTest, ItRingsAtTheNextMomentAndNotATickBefore) {
  for (const auto& [team, priority] : {std::pair{"cskh", Priority::kP3}, {"shop", Priority::kP1}}) {
    CaseLife life = Opened(team, priority);
    int rang = 0;
    while (const auto next = NextMoment(life.c)) {
      ASSERT_LT(++rang, 20);
      EXPECT_THAT(life.Look(*next - kTick), IsEmpty());
      EXPECT_FALSE(life.Look(*next).empty());
    }
  }
}

// Whatever people do and whenever the clock looks: it rings once per cause, never for ever, and the history stays
// legal.
TEST(TimersLawTest, WhateverHappensEachThingRingsOnce) {
  std::mt19937 random(7);
  const auto roll = [&](int n) { return static_cast<int>(random() % n); };
  for (int round = 0; round < 300; ++round) {
    CaseLife life = Opened(roll(2) ? "shop" : "cskh", static_cast<Priority>(1 + roll(3)));
    absl::Time now = kOpened;
    for (int step = 0; step < 40; ++step) {
      now += absl::Minutes(roll(60 * 40));
      const std::vector<CaseCommand> commands = {Acknowledge{},
                                                 Assign{"hoa", "region", ""},
                                                 kCall,
                                                 kAsk,
                                                 Solved(),
                                                 Reopen{"again"},
                                                 Close{},
                                                 Verify{Verification::kScore, ""},
                                                 Assign{"", "shop", ""}};
      const CaseCommand& command = commands[roll(static_cast<int>(commands.size()))];
      if (roll(3) == 0 && NextState(life.c.state, VerbOf(command)))
        life.Do(command, now);
      else
        life.Look(now);
      if (const auto next = NextMoment(life.c); next && roll(4) == 0) now = std::max(now, *next);
    }
    testing::ExpectLegalHistory(life.c);
    std::set<std::string> told;
    for (const HistoryLine& line : life.c.history) {
      if (line.action == Name(CaseVerb::kReopen)) told.clear();
      if (line.action != kActionDue && line.action != kActionOverdue && line.action != kActionEscalate) continue;
      EXPECT_TRUE(told.insert(absl::StrCat(line.action, line.note)).second) << line.action << " " << line.note;
    }
  }
}

}  // namespace
}  // namespace hoiam::loop
