// From survey's answers to cases, through the real feed and a real database.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/store/loop_service/suite.h"

namespace hoiam::loop::testing {
namespace {

using survey::v1::Effects;
using survey::v1::Response;
using ::testing::IsEmpty;

Response Amended(Response r, int64_t revision) {
  r.set_revision(revision);
  return r;
}

TEST_F(LoopTest, ADetractorOpensOneCaseWithAllThatStaffNeed) {
  Response r = DetractorAnswer("r1", "c1", 2);
  r.set_comment("Đặt giao trong 4h mà 2 ngày sau mới tới");
  r.set_owner_team("ha-dong");
  Answer({r});
  const pb::Case c = OnlyCase();
  EXPECT_EQ(c.kind(), pb::CaseKind::DETRACTOR);
  EXPECT_EQ(c.state(), pb::CaseState::NEW);
  EXPECT_EQ(c.priority(), pb::Priority::P2);
  EXPECT_EQ(c.customer_id(), "c1");
  EXPECT_EQ(c.team(), "ha-dong");
  ASSERT_EQ(c.answers_size(), 1);
  EXPECT_EQ(c.answers(0).response_id(), "r1");
  EXPECT_EQ(c.answers(0).role(), pb::AnswerRole::OPENED);
  EXPECT_EQ(c.answers(0).comment(), r.comment());
  EXPECT_EQ(c.resolve_by().seconds() - c.create_time().seconds(), 7 * 24 * 3600);
  ExpectGapFree(c);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM case_answer WHERE role = 'OPENED'"), 1);
}

TEST_F(LoopTest, AnUnknownOwnerTeamFallsBackToCustomerCare) {
  Response r = DetractorAnswer("r1");
  r.set_owner_team("a team of the CRM");
  Answer({r});
  EXPECT_EQ(OnlyCase().team(), "cskh");
}

TEST_F(LoopTest, OnlyDetractorsWithFullEffectsOpenCases) {
  int id = 0;
  std::vector<Response> answers;
  for (auto [metric, low, high] : {std::tuple("NPS", 0, 10), std::tuple("CSAT", 1, 5), std::tuple("CES", 1, 7)}) {
    for (int score = low; score <= high; ++score) {
      for (auto effects : {Effects::FULL, Effects::SCORES_ONLY}) {
        const std::string n = std::to_string(++id);
        Response r = DetractorAnswer("r" + n, "c" + n, score);
        r.set_metric(metric);
        r.set_effects(effects);
        answers.push_back(r);
      }
    }
  }
  Response skipped = DetractorAnswer("skipped", "c-skipped");
  skipped.clear_score();
  Response voided = DetractorAnswer("voided", "c-voided");
  voided.set_voided(true);
  answers.push_back(skipped);
  answers.push_back(voided);
  for (const Response& r : answers) survey_.Tell({r});
  Answer({DetractorAnswer("last", "c-last", 10)});
  EXPECT_EQ(Cases().size(), 7u + 2u + 3u);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM case_answer"), 12);
}

TEST_F(LoopTest, FeedbackThatNobodyAskedForOpensACaseByItsScoreAndNotByWordsAlone) {
  Response words = DetractorAnswer("f1");
  words.set_solicited(false);
  words.clear_metric();
  words.clear_score();
  words.set_comment("Bãi xe khó tìm quá ạ");
  Answer({words});
  EXPECT_EQ(Cases().size(), 0u);
  Response feedback = DetractorAnswer("f2", "c1", 0);
  feedback.set_solicited(false);
  Answer({feedback});
  EXPECT_EQ(OnlyCase().answers(0).response_id(), "f2");
}

TEST_F(LoopTest, TheSameEventTwiceOpensOneCase) {
  const Response r = DetractorAnswer("r1");
  Answer({r, r});  // in one envelope
  Answer({r});     // and again
  const pb::Case c = OnlyCase();
  EXPECT_EQ(c.version(), 1);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM case_answer"), 1);
}

TEST_F(LoopTest, FurtherAnswersJoinTheOpenCase) {
  Answer({DetractorAnswer("r1", "c1", 5)});
  Answer({DetractorAnswer("r2", "c1", 6), DetractorAnswer("r3", "c1", 0)});
  Answer({DetractorAnswer("r4", "c2", 5)});
  const auto cases = Cases("customer = c1");
  ASSERT_EQ(cases.size(), 1u);
  const pb::Case& c = cases[0];
  EXPECT_EQ(c.answers_size(), 3);
  EXPECT_EQ(c.answers(2).role(), pb::AnswerRole::ATTACHED);
  EXPECT_EQ(c.priority(), pb::Priority::P2);
  ExpectGapFree(c);
  EXPECT_EQ(Cases().size(), 2u);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM case_answer WHERE role = 'ATTACHED'"), 2);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM open_case"), 2);
}

TEST_F(LoopTest, AfterACaseHasEndedTheNextDetractorOpensANewOne) {
  const pb::Case first = Resolve(Contact(OpenCaseOf("c1")));
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM open_case"), 0);
  Answer({DetractorAnswer("r2", "c1")});
  EXPECT_EQ(Cases("customer = c1").size(), 2u);
  EXPECT_EQ(Get(first.case_id()).version(), first.version());
}

TEST_F(LoopTest, ALaterCommentEnrichesTheSameCase) {
  Answer({DetractorAnswer("r1")});
  Response r = Amended(DetractorAnswer("r1"), 2);
  r.set_comment("nhan vien thai do");
  Answer({r, r});
  const pb::Case c = OnlyCase();
  EXPECT_EQ(c.answers(0).comment(), "nhan vien thai do");
  EXPECT_EQ(c.history(1).action(), "amend");
  ExpectGapFree(c);
  EXPECT_EQ(c.version(), 2);
}

TEST_F(LoopTest, AScoreAmendedIntoTheRangeOpensACaseAndOutOfItLeavesIt) {
  Answer({DetractorAnswer("r1", "c1", 8)});
  EXPECT_THAT(Cases(), IsEmpty());
  Answer({Amended(DetractorAnswer("r1", "c1", 4), 2)});
  EXPECT_EQ(OnlyCase().answers(0).score(), 4);
  Answer({Amended(DetractorAnswer("r1", "c1", 9), 3)});
  const pb::Case c = OnlyCase();
  EXPECT_EQ(c.state(), pb::CaseState::NEW);
  EXPECT_EQ(c.answers(0).score(), 9);
  ExpectGapFree(c);
  EXPECT_EQ(c.version(), 2);
}

TEST_F(LoopTest, AVoidedAnswerAddsALineAndChangesNoState) {
  Answer({DetractorAnswer("r1")});
  Response r = Amended(DetractorAnswer("r1"), 2);
  r.set_voided(true);
  r.set_void_reason("wrong person");
  Answer({r});
  const pb::Case c = OnlyCase();
  EXPECT_EQ(c.state(), pb::CaseState::NEW);
  EXPECT_EQ(c.history(1).note(), "answer voided: wrong person");
}

TEST_F(LoopTest, AnAmendmentAfterTheEndIsRecordedInTheEndedCase) {
  const pb::Case ended = Resolve(Contact(OpenCaseOf("c1")));
  Response r = Amended(DetractorAnswer("r-c1", "c1", 1), 2);
  Answer({r});
  const pb::Case c = OnlyCase();
  EXPECT_EQ(c.state(), pb::CaseState::RESOLVED);
  EXPECT_EQ(c.version(), ended.version() + 1);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM open_case"), 0);
}

TEST_F(LoopTest, AnonymousAnswersOpenCasesOfTheirOwnEvenWhenTheirIdIsSomebodysCustomerId) {
  Answer({DetractorAnswer("r1", "c1")});
  Answer({DetractorAnswer("c1", ""), DetractorAnswer("r3", "")});
  EXPECT_EQ(Cases().size(), 3u);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM open_case"), 1);
  const auto cases = Cases("customer = \"\"");
  ASSERT_EQ(cases.size(), 2u);
  for (const pb::Case& c : cases) EXPECT_EQ(Resolve(Contact(Acknowledge(c))).state(), pb::CaseState::RESOLVED);
}

TEST_F(LoopTest, ACaseOfAnAnonymousAnswerBecomesItsCustomersWhenItIsClaimedAndNoSecondOneIsOpened) {
  Response r = DetractorAnswer("r1", "");
  Answer({r});
  const pb::Case before = OnlyCase();
  r = Amended(r, 2);
  r.set_customer_id("lan");
  Answer({r});
  const pb::Case claimed = OnlyCase();
  EXPECT_EQ(claimed.case_id(), before.case_id());
  EXPECT_EQ(claimed.customer_id(), "lan");
  EXPECT_EQ(Cases("customer = lan").size(), 1u);
  Answer({DetractorAnswer("r2", "lan")});
  EXPECT_EQ(OnlyCase().answers_size(), 2) << "it is the customer's open case: a further answer joins it";
  EXPECT_EQ(Resolve(Contact(Acknowledge(OnlyCase()))).state(), pb::CaseState::RESOLVED);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM open_case"), 0);
}

TEST_F(LoopTest, AClaimThatOvertakesItsAnonymousAnswerOpensOneCase) {
  Response r = DetractorAnswer("r1", "");
  Response claimed = Amended(r, 2);
  claimed.set_customer_id("lan");
  Answer({claimed});
  Answer({r});
  EXPECT_EQ(OnlyCase().customer_id(), "lan");
}

TEST_F(LoopTest, WhoHadAnOpenCaseWhenTheyClaimAnAnswerHasBothAndNoThirdOne) {
  OpenCaseOf("lan");
  Response r = DetractorAnswer("r1", "");
  Answer({r});
  r = Amended(r, 2);
  r.set_customer_id("lan");
  Answer({r});
  EXPECT_EQ(Cases("customer = lan").size(), 2u);
  Answer({DetractorAnswer("r2", "lan")});
  EXPECT_EQ(Cases().size(), 2u);
  for (const pb::Case& c : Cases()) EXPECT_EQ(Resolve(Contact(Acknowledge(c))).state(), pb::CaseState::RESOLVED);
  EXPECT_EQ(db_.Count("SELECT COUNT(*) FROM open_case"), 0);
}

TEST_F(LoopTest, TenantsDoNotSeeEachOther) {
  const pb::Case c = OpenCaseOf("c1");
  pb::GetCaseRequest get;
  get.set_case_id(c.case_id());
  EXPECT_THAT(loop_.Call(&Stub::GetCase, get, {.tenant = "other"}),
              StatusIs(absl::StatusCode::kNotFound, "CASE_NOT_FOUND"));
  pb::AcknowledgeCaseRequest take;
  take.set_case_id(c.case_id());
  EXPECT_THAT(loop_.Call(&Stub::AcknowledgeCase, take, {.tenant = "other"}),
              StatusIs(absl::StatusCode::kNotFound, "CASE_NOT_FOUND"));
  EXPECT_EQ(loop_.Call(&Stub::ListCases, pb::ListCasesRequest(), {.tenant = "other"})->cases_size(), 0);
  EXPECT_EQ(Get(c.case_id()).version(), 1);
}

TEST_F(LoopTest, EventsOfOtherKindsPassAndAnUnknownKindStops) {
  event::v1::Event e;
  e.set_tenant_id("t");
  e.set_subject("c1");
  e.mutable_customer()->set_customer_id("c1");
  survey_.TellEvent(e);
  e.mutable_interaction();
  survey_.TellEvent(e);
  e.mutable_usage();
  survey_.TellEvent(e);
  Answer({DetractorAnswer("r1")});
  EXPECT_THAT(loop_.consumer().health(), IsOk());
  event::v1::Event unknown;
  unknown.set_tenant_id("t");
  survey_.TellEvent(unknown);
  for (int i = 0; i < 500 && loop_.consumer().health().ok(); ++i) SystemClock().Sleep(absl::Milliseconds(10));
  EXPECT_EQ(ReasonOf(loop_.consumer().health()), "UNKNOWN_EVENT");
}

// Two replicas of loop, the log read again from its start, customers and answers by the dozen.
TEST(LoopReplayTest, EveryDetractorAnswerIsInExactlyOneCaseWhateverIsReplayed) {
  Survey survey;
  TestDatabase db("loop", Migrations());
  constexpr int kAnswers = 300, kCustomers = 40;
  feed::v1::Position last;
  const auto wait = [&](Replica& loop) {
    const auto session = db.Session();
    ASSERT_THAT(loop.consumer().WaitFor({last}, SystemClock().Now() + absl::Seconds(20),
                                        ::hoiam::testing::TenantOn(*session, "t")),
                IsOk());
  };
  {
    Replica one(db, survey.Channel()), two(db, survey.Channel());
    for (int i = 0; i < kAnswers; ++i) {
      const Response r = DetractorAnswer("r" + std::to_string(i), "c" + std::to_string(i % kCustomers), i % 11);
      last = survey.Tell(i % 3 == 0 ? std::vector{r, r} : std::vector{r});
    }
    wait(one);
  }
  const int64_t detractors = db.Count("SELECT COUNT(*) FROM case_answer");
  int64_t expected = 0;
  for (int i = 0; i < kAnswers; ++i) expected += i % 11 <= 6;
  EXPECT_EQ(detractors, expected);
  EXPECT_EQ(db.Count("SELECT COUNT(*) FROM loop_case"), kCustomers);
  EXPECT_EQ(db.Count("SELECT COUNT(*) FROM case_answer WHERE role = 'OPENED'"), kCustomers);
  const int64_t changes = db.Count("SELECT SUM(version) FROM loop_case");
  EXPECT_EQ(changes, expected);

  ASSERT_THAT(db.Session()->Run("UPDATE feed_cursor SET seq = 0 WHERE consumer = ?", {std::string("loop")}), IsOk());
  {
    Replica again(db, survey.Channel());
    wait(again);
  }
  EXPECT_EQ(db.Count("SELECT COUNT(*) FROM case_answer"), expected);
  EXPECT_EQ(db.Count("SELECT COUNT(*) FROM loop_case"), kCustomers);
  EXPECT_EQ(db.Count("SELECT SUM(version) FROM loop_case"), changes);
}

// The answer and the verbs about its case must meet under one lock, also when the person is unknown.
TEST(LoopPartitionsTest, AnonymousCasesAreChangedInThePartitionTheyWereOpenedIn) {
  constexpr uint32_t kPartitions = 8;
  Survey survey(kPartitions);
  TestDatabase db("loop", Migrations(), kPartitions);
  Replica loop(db, survey.Channel(), SystemClock(), kPartitions);
  for (int i = 0; i < 20; ++i) {
    const std::string id = "anonymous-" + std::to_string(i);
    const std::string envelopes =
        absl::StrCat("SELECT COUNT(*) FROM event_log WHERE partition_id = ", PartitionOf("t", id, kPartitions));
    const int64_t before = db.Count(envelopes);
    const auto position = survey.Tell({DetractorAnswer(id, "")});
    const auto session = db.Session();
    ASSERT_THAT(loop.consumer().WaitFor({position}, SystemClock().Now() + absl::Seconds(20),
                                        ::hoiam::testing::TenantOn(*session, "t")),
                IsOk());
    EXPECT_EQ(db.Count(envelopes), before + 1);

    const auto newest = loop.Call(&pb::CaseService::Stub::ListCases, pb::ListCasesRequest());
    ASSERT_THAT(newest, IsOk());
    pb::AcknowledgeCaseRequest take;
    take.set_case_id(newest->cases(0).case_id());
    ASSERT_THAT(loop.Call(&pb::CaseService::Stub::AcknowledgeCase, take), IsOk());
    EXPECT_EQ(db.Count(envelopes), before + 2);
  }
}

}  // namespace
}  // namespace hoiam::loop::testing
