// Alarm rules, assignment, recovery answers and what is said twice, through the real feed and a real database.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/store/loop_service/suite.h"

namespace hoiam::loop::testing {
namespace {

using survey::v1::Response;
using ::testing::Contains;
using ::testing::ElementsAre;

constexpr char kCause[] = "delivery_late_partner";

class AlarmRulesTest : public LoopTest {
 protected:
  using PlaybookStub = pb::PlaybookService::Stub;

  void SetRule(pb::AlarmRule rule) {
    pb::UpdateAlarmRuleRequest q;
    *q.mutable_alarm_rule() = std::move(rule);
    q.set_allow_missing(true);
    ASSERT_THAT(loop_.Call(&PlaybookStub::UpdateAlarmRule, q), IsOk());
  }
  static pb::AlarmRule Rule(const std::string& id, int rank, pb::Priority::Code priority = pb::Priority::P2) {
    pb::AlarmRule rule;
    rule.set_rule_id(id);
    rule.mutable_display_name()->set_vi(id);
    rule.set_rank(rank);
    rule.set_priority(priority);
    return rule;
  }
  void SetMember(const std::string& id, const std::string& team) {
    pb::UpdateMemberRequest q;
    q.mutable_member()->set_member_id(id);
    q.mutable_member()->add_teams(team);
    q.set_allow_missing(true);
    ASSERT_THAT(loop_.Call(&PlaybookStub::UpdateMember, q), IsOk());
  }
  void Buys(const std::string& customer, const std::string& id, const std::string& amount, absl::Time at,
            bool voided = false) {
    event::v1::Event e;
    e.set_tenant_id("t");
    e.set_subject(customer);
    auto& bought = *e.mutable_interaction()->mutable_interaction();
    bought.set_interaction_id(id);
    bought.set_customer_id(customer);
    bought.set_amount(amount);
    bought.set_currency("VND");
    bought.set_voided(voided);
    bought.mutable_occurred_at()->set_seconds(absl::ToUnixSeconds(at));
    survey_.TellEvent(e);
  }
  int64_t LoadOf(const std::string& owner) {
    return db_.Count(absl::StrCat("SELECT COALESCE(SUM(open_cases), 0) FROM owner_load WHERE owner = '", owner, "'"));
  }
  pb::Case CaseOf(const std::string& response) {
    for (const pb::Case& c : Cases())
      for (const pb::CaseAnswer& a : c.answers())
        if (a.response_id() == response) return c;
    ADD_FAILURE() << response << " is in no case";
    return {};
  }
  absl::StatusOr<pb::CaseChangeResponse> Diagnose(const pb::Case& c, const std::string& lot = "") {
    pb::DiagnoseCaseRequest q;
    q.set_case_id(c.case_id());
    q.set_root_cause(kCause);
    q.set_lot(lot);
    return loop_.Call(&Stub::DiagnoseCase, q);
  }
};

Response Said(Response r, const std::string& comment, int64_t revision = 1) {
  r.set_comment(comment);
  r.set_revision(revision);
  return r;
}

Response Recovery(const pb::Case& c, const std::string& id, int score) {
  Response r = DetractorAnswer(id, c.customer_id(), score);
  r.set_case_id(c.case_id());
  return r;
}

TEST_F(AlarmRulesTest, AWordOfDangerUnderATenOpensAnUrgentCase) {
  Answer(
      {Said(DetractorAnswer("r1", "lan", 10), "10 điểm cho nhân viên, nhưng ổ cắm bị rò điện, shop qua xem giúp em")});
  const pb::Case c = OnlyCase();
  EXPECT_EQ(c.kind(), pb::CaseKind::PROMOTER);
  EXPECT_EQ(c.priority(), pb::Priority::P1);
  EXPECT_EQ(c.rule(), "safety");
  EXPECT_THAT(c.answers(0).reasons(), ElementsAre("“rò điện”"));
}

TEST_F(AlarmRulesTest, ACommentThatComesLaterOpensACaseOrRaisesOneAndNeverASecondOne) {
  Answer({DetractorAnswer("r1", "lan", 10), DetractorAnswer("r2", "minh", 5)});
  EXPECT_EQ(OnlyCase().priority(), pb::Priority::P3);
  Answer({Said(DetractorAnswer("r1", "lan", 10), "máy bốc khói", 2)});
  Answer({Said(DetractorAnswer("r2", "minh", 5), "may boc khoi", 2)});
  ASSERT_EQ(Cases().size(), 2u);
  EXPECT_EQ(CaseOf("r1").priority(), pb::Priority::P1);
  const pb::Case raised = CaseOf("r2");
  EXPECT_EQ(raised.priority(), pb::Priority::P1);
  EXPECT_EQ(raised.rule(), "detractor");
  EXPECT_EQ(raised.answers(0).rule(), "safety");
  EXPECT_LT(raised.acknowledge_by().seconds() - raised.create_time().seconds(), 24 * 3600) << "it hurries";
  ExpectGapFree(raised);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM case_answer"), 2);
}

TEST_F(AlarmRulesTest, DangerInAHappyAnswerJoinsTheCaseAboutWhatMadeThePersonUnhappy) {
  Answer({DetractorAnswer("r1", "lan", 5)});
  Answer({Said(DetractorAnswer("r2", "lan", 9), "ổ cắm rò điện")});
  const pb::Case c = OnlyCase();
  EXPECT_EQ(c.kind(), pb::CaseKind::DETRACTOR);
  EXPECT_EQ(c.priority(), pb::Priority::P1);
  EXPECT_EQ(c.answers_size(), 2);
}

TEST_F(AlarmRulesTest, ATenantsRuleOpensACaseOfItsKindBesideTheOtherOne) {
  pb::AlarmRule passive = Rule("vip-passive", 10);
  passive.mutable_condition()->add_segments("VIP");
  SetRule(passive);
  Answer({DetractorAnswer("r1", "lan", 5)});
  Response r = DetractorAnswer("r2", "lan", 8);
  r.set_segment("VIP");
  Answer({r});
  ASSERT_EQ(Cases().size(), 2u);
  EXPECT_EQ(CaseOf("r2").kind(), pb::CaseKind::PASSIVE);
  EXPECT_EQ(CaseOf("r2").rule(), "vip-passive");
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM open_case"), 2);
  r.set_response_id("r3");
  Answer({r});
  EXPECT_EQ(CaseOf("r3").case_id(), CaseOf("r2").case_id());
}

TEST_F(AlarmRulesTest, WhatACustomerSpentWithinAYearCountsAndWhatWasTakenBackDoesNot) {
  pb::AlarmRule rich = Rule("spent", 10, pb::Priority::P1);
  pb::SpendCondition* spend = rich.mutable_condition()->add_spend();
  spend->set_amount("20000000");
  spend->set_currency("VND");
  SetRule(rich);
  const absl::Time now = SystemClock().Now();
  Buys("lan", "i1", "15000000", now - absl::Hours(24 * 300));
  Buys("lan", "i2", "5000000", now - absl::Hours(1));
  Buys("lan", "i2", "5000000", now - absl::Hours(1));  // told twice
  Buys("minh", "i3", "15000000", now - absl::Hours(24 * 366));
  Buys("minh", "i4", "5000000", now - absl::Hours(1));
  Buys("thu", "i5", "25000000", now - absl::Hours(1));
  Buys("thu", "i5", "25000000", now - absl::Hours(1), true);
  Answer({DetractorAnswer("r1", "lan", 9), DetractorAnswer("r2", "minh", 5), DetractorAnswer("r3", "thu", 5)});
  EXPECT_EQ(CaseOf("r1").rule(), "spent");
  EXPECT_THAT(CaseOf("r1").answers(0).reasons(), ElementsAre("≥ 20000000 VND"));
  EXPECT_EQ(CaseOf("r2").rule(), "detractor");
  EXPECT_EQ(CaseOf("r3").rule(), "detractor");
  Buys("tuan", "i6", "90000000", now - absl::Hours(24 * 500));
  Answer({DetractorAnswer("r4", "tuan", 5)});
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM purchase"), 5) << "what cannot count any more is not kept";
}

// Customers live in all partitions, fixes and loads in none: what one partition writes another one reads.
TEST(AlarmRulesPartitionsTest, WhatIsSaidTwiceAndWhoHasHowMuchIsTheSameInEveryPartition) {
  constexpr uint32_t kPartitions = 8;
  Survey survey(kPartitions);
  TestDatabase db("loop", Migrations(), kPartitions);
  Replica loop(db, survey.Channel(), SystemClock(), kPartitions);
  const auto answer = [&](const Response& r) {
    const auto position = survey.Tell({r});
    const auto session = db.Session();
    ASSERT_THAT(loop.consumer().WaitFor({position}, SystemClock().Now() + absl::Seconds(20),
                                        ::hoiam::testing::TenantOn(*session, "t")),
                IsOk());
  };
  std::string failed;
  for (int i = 0; i < 12; ++i) {
    answer(DetractorAnswer(absl::StrCat("r", i), absl::StrCat("c", i), 5));
    const auto newest = loop.Call(&pb::CaseService::Stub::ListCases, pb::ListCasesRequest());
    ASSERT_THAT(newest, IsOk());
    const pb::Case& c = newest->cases(0);
    EXPECT_EQ(c.answers(0).response_id(), absl::StrCat("r", i));
    pb::AcknowledgeCaseRequest take;
    take.set_case_id(c.case_id());
    ASSERT_THAT(loop.Call(&pb::CaseService::Stub::AcknowledgeCase, take), IsOk());
    EXPECT_EQ(db.Count("SELECT SUM(open_cases) FROM owner_load"), 1);
    pb::ContactCustomerRequest contact;
    contact.set_case_id(c.case_id());
    contact.set_channel("phone");
    ASSERT_THAT(loop.Call(&pb::CaseService::Stub::ContactCustomer, contact), IsOk());
    const auto resolved = loop.Call(&pb::CaseService::Stub::ResolveCase, ResolveRequest(c));
    ASSERT_THAT(resolved, IsOk());
    EXPECT_EQ(resolved->case_().has_said_twice(), i > 0) << i;
    EXPECT_EQ(resolved->case_().said_twice().case_id(), failed);
    failed = c.case_id();
    EXPECT_EQ(db.Count("SELECT SUM(open_cases) FROM owner_load"), 0);
  }
}

TEST_F(AlarmRulesTest, TheTouchpointsTeamGetsTheCaseElseTheCustomers) {
  Response r = DetractorAnswer("r1", "lan");
  r.set_touchpoint_team("delivery");
  r.set_owner_team("ha-dong");
  Answer({r});
  EXPECT_EQ(CaseOf("r1").team(), "delivery");
  Response s = DetractorAnswer("r2", "minh");
  s.set_owner_team("ha-dong");
  Answer({s});
  EXPECT_EQ(CaseOf("r2").team(), "ha-dong");
}

TEST_F(AlarmRulesTest, TheLeastLoadedOfTheTeamGetsTheCaseAndLoadsFollowWhatBecomesOfCases) {
  SetMember("an", "cskh");
  SetMember("binh", "cskh");
  pb::AlarmRule rule = Rule("all", 10);
  rule.mutable_condition()->set_detractor(true);
  rule.set_assign_person(pb::AssignPerson::LEAST_LOADED);
  SetRule(rule);
  Answer({DetractorAnswer("r1", "c1"), DetractorAnswer("r2", "c2"), DetractorAnswer("r3", "c3")});
  EXPECT_EQ(CaseOf("r1").owner(), "an");
  EXPECT_EQ(CaseOf("r2").owner(), "binh");
  EXPECT_EQ(CaseOf("r3").owner(), "an");
  EXPECT_EQ(LoadOf("an"), 2);
  EXPECT_EQ(LoadOf("binh"), 1);

  Resolve(Contact(CaseOf("r1")));
  EXPECT_EQ(LoadOf("an"), 1);
  pb::AssignCaseRequest hand;
  hand.set_case_id(CaseOf("r3").case_id());
  hand.set_owner("binh");
  ASSERT_THAT(loop_.Call(&Stub::AssignCase, hand), IsOk());
  EXPECT_EQ(LoadOf("an"), 0);
  EXPECT_EQ(LoadOf("binh"), 2);
  EXPECT_EQ(CaseOf("r1").owner(), "an") << "who had it when it was resolved is not lost";
  pb::ReopenCaseRequest again;
  again.set_case_id(CaseOf("r1").case_id());
  again.set_reason("khách gọi lại");
  ASSERT_THAT(loop_.Call(&Stub::ReopenCase, again), IsOk());
  EXPECT_EQ(LoadOf("an"), 1);
  Answer({DetractorAnswer("r4", "c4")});
  EXPECT_EQ(CaseOf("r4").owner(), "an");
}

TEST_F(AlarmRulesTest, WhoeverAcknowledgesACaseOfNobodyHasOneMore) {
  const pb::Case c = OpenCaseOf("lan");
  EXPECT_EQ(LoadOf("lan"), 0);
  Acknowledge(c);
  EXPECT_EQ(LoadOf("lan"), 1) << "the caller of the tests";
}

TEST_F(AlarmRulesTest, AHappierRecoveryAnswerVerifiesByTheScore) {
  const pb::Case resolved = Resolve(Contact(OpenCaseOf("lan")));
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM resolved_case"), 1);
  Answer({Recovery(resolved, "r2", 9)});
  const pb::Case c = OnlyCase();
  EXPECT_EQ(c.state(), pb::CaseState::VERIFIED);
  EXPECT_EQ(c.verification(), pb::Verification::SCORE);
  EXPECT_FALSE(c.has_verify_at());
  ASSERT_EQ(c.answers_size(), 2);
  EXPECT_TRUE(c.answers(1).recovery());
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM resolved_case"), 0);
  ExpectGapFree(c);
  Answer({Recovery(resolved, "r2", 9)});
  EXPECT_EQ(OnlyCase().version(), c.version()) << "told again";
}

TEST_F(AlarmRulesTest, AnUnhappyRecoveryAnswerReopensTheCaseWithItsHistoryAndOpensNoOther) {
  const pb::Case resolved = Resolve(Contact(OpenCaseOf("lan")));
  Answer({Recovery(resolved, "r2", 2)});
  const pb::Case c = OnlyCase();
  EXPECT_EQ(c.state(), pb::CaseState::REOPENED);
  EXPECT_EQ(c.answers_size(), 2);
  EXPECT_FALSE(c.has_resolve_time());
  EXPECT_GT(c.acknowledge_by().seconds(), resolved.acknowledge_by().seconds() - 1);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM open_case"), 1);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM case_answer"), 2);
  ExpectGapFree(c);
}

TEST_F(AlarmRulesTest, WhoHasAnotherCaseOpenIsHeardThere) {
  const pb::Case resolved = Resolve(Contact(OpenCaseOf("lan")));
  Answer({DetractorAnswer("new", "lan", 4)});
  Answer({Recovery(resolved, "r2", 2)});
  EXPECT_EQ(Cases().size(), 2u);
  EXPECT_EQ(CaseOf("r2").case_id(), CaseOf("new").case_id());
  const pb::Case first = Get(resolved.case_id());
  EXPECT_EQ(first.state(), pb::CaseState::RESOLVED);
  EXPECT_FALSE(first.has_verify_at()) << "who answered was not silent";
  ExpectGapFree(first);
}

TEST_F(AlarmRulesTest, ALaterBetterAnswerOfTheSameMetricVerifiesTooAndAnotherMetricDoesNot) {
  Resolve(Contact(OpenCaseOf("lan")));
  Response csat = DetractorAnswer("csat", "lan", 5);
  csat.set_metric("CSAT");
  Answer({csat});
  EXPECT_EQ(OnlyCase().state(), pb::CaseState::RESOLVED);
  Answer({DetractorAnswer("better", "lan", 8)});
  const pb::Case c = OnlyCase();
  EXPECT_EQ(c.state(), pb::CaseState::VERIFIED);
  EXPECT_EQ(c.verification(), pb::Verification::SCORE);
  EXPECT_EQ(c.answers_size(), 1);
}

TEST_F(AlarmRulesTest, WhoIsUnhappyAgainAfterASolvedCaseIsUrgent) {
  Resolve(Contact(OpenCaseOf("lan")));
  Answer({DetractorAnswer("again", "lan", 6)});
  EXPECT_EQ(CaseOf("again").rule(), "repeated");
  EXPECT_EQ(CaseOf("again").priority(), pb::Priority::P2);
}

TEST_F(AlarmRulesTest, WhatAnotherCustomerSaysAtTheSamePlaceAfterAFixShowsThatItFailed) {
  const pb::Case fixed = Resolve(Contact(OpenCaseOf("lan")));
  EXPECT_TRUE(fixed.cause_removed());
  Answer({DetractorAnswer("r2", "minh", 5)});
  const auto told = Diagnose(CaseOf("r2"));
  ASSERT_THAT(told, IsOk());
  const pb::Case& later = told->case_();
  EXPECT_EQ(later.said_twice().case_id(), fixed.case_id());
  EXPECT_EQ(later.said_twice().relation(), pb::Relation::SAME_TOUCHPOINT);
  EXPECT_EQ(later.said_twice().root_cause(), kCause);
  EXPECT_EQ(later.priority(), pb::Priority::P2) << "one more urgent than P3";
  ExpectGapFree(later);
  const pb::Case earlier = Get(fixed.case_id());
  EXPECT_EQ(earlier.fix_failed().case_id(), later.case_id());
  EXPECT_EQ(earlier.state(), pb::CaseState::RESOLVED);
  EXPECT_EQ(earlier.history(earlier.history_size() - 1).action(), "fix_failed");
  ExpectGapFree(earlier);
  const auto again = Diagnose(later);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->case_().priority(), pb::Priority::P2) << "said once";
  EXPECT_EQ(Get(fixed.case_id()).version(), earlier.version());

  pb::AlarmRule rule = Rule("fix-failed", 10, pb::Priority::P1);
  rule.mutable_condition()->set_repeated_cause(true);
  SetRule(rule);
  Answer({DetractorAnswer("r3", "thu", 9)});
  EXPECT_EQ(CaseOf("r3").rule(), "fix-failed");
  Response elsewhere = DetractorAnswer("r4", "tuan", 5);
  elsewhere.set_touchpoint("return");
  Answer({elsewhere});
  EXPECT_EQ(CaseOf("r4").rule(), "detractor");
}

TEST_F(AlarmRulesTest, AFixThatHelpedOneCustomerOnlyIsBrokenByThatCustomerAlone) {
  pb::ResolveCaseRequest q = ResolveRequest(Contact(OpenCaseOf("lan")));
  q.set_cause_removed(false);
  ASSERT_THAT(loop_.Call(&Stub::ResolveCase, q), IsOk());
  Answer({DetractorAnswer("r2", "minh", 5), DetractorAnswer("r3", "lan", 5)});
  const auto other = Diagnose(CaseOf("r2"));
  ASSERT_THAT(other, IsOk());
  EXPECT_FALSE(other->case_().has_said_twice());
  const pb::Case same = Resolve(Contact(CaseOf("r3")));
  EXPECT_EQ(same.said_twice().relation(), pb::Relation::SAME_PERSON) << "resolving names the cause too";
}

TEST_F(AlarmRulesTest, TheSameLotIsAStrongerTieThanTheSameTouchpoint) {
  Response r = DetractorAnswer("r1", "lan", 5);
  r.set_lot("L2409");
  Answer({r});
  const pb::Case fixed = Resolve(Contact(CaseOf("r1")));
  Response elsewhere = DetractorAnswer("r2", "minh", 5);
  elsewhere.set_touchpoint("usage");
  Answer({elsewhere});
  const auto told = Diagnose(CaseOf("r2"), "L2409");
  ASSERT_THAT(told, IsOk());
  EXPECT_EQ(told->case_().said_twice().case_id(), fixed.case_id());
  EXPECT_EQ(told->case_().said_twice().relation(), pb::Relation::SAME_LOT);
}

}  // namespace
}  // namespace hoiam::loop::testing
