// Callers who are bound to teams: every read and every verb, for cases of theirs, of teams below, and of others.
#include <gmock/gmock.h>

#include <functional>
#include <map>

#include "tests/store/loop_service/suite.h"

namespace hoiam::loop::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class BoundKeysTest : public LoopTest {
 protected:
  // A case of `customer` that `team` handles.
  pb::Case CaseOf(const std::string& customer, const std::string& team) {
    pb::AssignCaseRequest q;
    q.set_case_id(OpenCaseOf(customer).case_id());
    q.set_team(team);
    const auto r = loop_.Call(&Stub::AssignCase, q);
    EXPECT_THAT(r, IsOk());
    return r.ok() ? r->case_() : pb::Case();
  }

  template <class Request>
  absl::Status Try(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, pb::CaseChangeResponse*),
                   Request q, const std::string& case_id, const std::string& teams) {
    q.set_case_id(case_id);
    return loop_.Call(method, q, {.teams = teams}).status();
  }

  // Every verb, as a caller bound to `teams` would do it.
  std::map<std::string, absl::Status> EveryVerb(const std::string& id, const std::string& teams) {
    std::map<std::string, absl::Status> out;
    pb::AssignCaseRequest assign;
    assign.set_owner("hoa");
    pb::CreateNoteRequest note;
    note.set_note_id("n");
    note.set_text("x");
    pb::ContactCustomerRequest contact;
    contact.set_channel("phone");
    pb::DiagnoseCaseRequest diagnose;
    diagnose.set_root_cause("delivery_late_partner");
    pb::CreateNeedRequest need;
    need.set_need_id("n");
    need.set_text("x");
    pb::ProposeSolutionRequest propose;
    propose.set_text("x");
    pb::CompensateCaseRequest compensate;
    compensate.mutable_compensation()->set_type("GIFT");
    pb::VerifyCaseRequest verify;
    verify.set_evidence(pb::Verification::CUSTOMER_WORD);
    pb::ReopenCaseRequest reopen;
    reopen.set_reason("x");
    pb::CancelCaseRequest cancel;
    cancel.set_reason("x");
    out["acknowledge"] = Try(&Stub::AcknowledgeCase, pb::AcknowledgeCaseRequest(), id, teams);
    out["assign"] = Try(&Stub::AssignCase, assign, id, teams);
    out["note"] = Try(&Stub::CreateNote, note, id, teams);
    out["contact"] = Try(&Stub::ContactCustomer, contact, id, teams);
    out["diagnose"] = Try(&Stub::DiagnoseCase, diagnose, id, teams);
    out["need"] = Try(&Stub::CreateNeed, need, id, teams);
    out["propose"] = Try(&Stub::ProposeSolution, propose, id, teams);
    out["answer"] = Try(&Stub::AnswerSolution, pb::AnswerSolutionRequest(), id, teams);
    out["compensate"] = Try(&Stub::CompensateCase, compensate, id, teams);
    pb::Case c;
    c.set_case_id(id);
    out["resolve"] = Try(&Stub::ResolveCase, ResolveRequest(c), id, teams);
    out["verify"] = Try(&Stub::VerifyCase, verify, id, teams);
    out["close"] = Try(&Stub::CloseCase, pb::CloseCaseRequest(), id, teams);
    out["reopen"] = Try(&Stub::ReopenCase, reopen, id, teams);
    out["cancel"] = Try(&Stub::CancelCase, cancel, id, teams);
    return out;
  }

  std::vector<std::string> Listed(const std::string& teams, const std::string& filter = "") {
    pb::ListCasesRequest q;
    q.set_filter(filter);
    const auto r = loop_.Call(&Stub::ListCases, q, {.teams = teams});
    EXPECT_THAT(r, IsOk());
    std::vector<std::string> customers;
    if (r.ok())
      for (const pb::Case& c : r->cases()) customers.push_back(c.customer_id());
    return customers;
  }
};

TEST_F(BoundKeysTest, ACaseOfAnotherTeamIsNotFoundByAnyCallAndStaysAsItIs) {
  const pb::Case c = CaseOf("c1", "ha-dong");
  for (const char* teams : {"go-vap", "region-south,cskh", "long-bien", "no-such-team"}) {
    pb::GetCaseRequest get;
    get.set_case_id(c.case_id());
    EXPECT_THAT(loop_.Call(&Stub::GetCase, get, {.teams = teams}), StatusIs(StatusCode::kNotFound, "CASE_NOT_FOUND"));
    for (const auto& [verb, status] : EveryVerb(c.case_id(), teams))
      EXPECT_THAT(status, StatusIs(StatusCode::kNotFound, "CASE_NOT_FOUND")) << verb << " " << teams;
  }
  EXPECT_EQ(Get(c.case_id()).version(), c.version());
}

TEST_F(BoundKeysTest, ACaseOfTheTeamOrOneBelowIsReadAndWorked) {
  for (const char* teams : {"ha-dong", "region-north", "cskh,region-north"}) {
    const pb::Case c = CaseOf(std::string("c-") + teams, "ha-dong");
    pb::GetCaseRequest get;
    get.set_case_id(c.case_id());
    EXPECT_THAT(loop_.Call(&Stub::GetCase, get, {.teams = teams}), IsOk());
    for (const auto& [verb, status] : EveryVerb(c.case_id(), teams))
      EXPECT_NE(status.code(), StatusCode::kNotFound) << verb << " " << teams;
    EXPECT_GT(Get(c.case_id()).version(), c.version() + 8);
  }
}

TEST_F(BoundKeysTest, ListsHoldTheirsOnlyWhateverTheFilterAsksFor) {
  CaseOf("north", "ha-dong");
  CaseOf("south", "go-vap");
  CaseOf("care", "cskh");
  EXPECT_THAT(Listed(""), UnorderedElementsAre("north", "south", "care"));
  EXPECT_THAT(Listed("region-north"), ElementsAre("north"));
  EXPECT_THAT(Listed("region-north,cskh"), ElementsAre("care", "north")) << "newest first over teams";
  EXPECT_THAT(Listed("region-north", "team = go-vap OR open = true"), ElementsAre("north"));
  EXPECT_THAT(Listed("region-north", "team = go-vap"), IsEmpty());
  EXPECT_THAT(Listed("no-such-team"), IsEmpty());
}

TEST_F(BoundKeysTest, APageTokenIsGoodForTheTeamsItWasMadeForOnly) {
  CaseOf("a", "ha-dong");
  CaseOf("b", "ha-dong");
  pb::ListCasesRequest q;
  q.set_page_size(1);
  const auto first = loop_.Call(&Stub::ListCases, q, {.teams = "region-north"});
  ASSERT_THAT(first, IsOk());
  q.set_page_token(first->next_page_token());
  EXPECT_THAT(loop_.Call(&Stub::ListCases, q, {.teams = "region-north"}), IsOk());
  EXPECT_THAT(loop_.Call(&Stub::ListCases, q, {.teams = "region-south"}),
              StatusIs(StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
}

TEST_F(BoundKeysTest, TheLoopRateIsOfTheirCases) {
  CaseOf("north", "ha-dong");
  CaseOf("south", "go-vap");
  pb::GetLoopRateRequest q;
  q.add_group_by("team");
  const auto r = loop_.Call(&Stub::GetLoopRate, q, {.teams = "region-north"});
  ASSERT_THAT(r, IsOk());
  ASSERT_EQ(r->rows_size(), 1);
  EXPECT_EQ(r->rows(0).group(), "ha-dong");
}

TEST_F(BoundKeysTest, WhoGivesACaseAwayDoesNotSeeItAnyMore) {
  const pb::Case c = CaseOf("c1", "ha-dong");
  pb::AssignCaseRequest q;
  q.set_case_id(c.case_id());
  q.set_team("cskh");
  EXPECT_THAT(loop_.Call(&Stub::AssignCase, q, {.teams = "region-north"}), IsOk());
  EXPECT_THAT(loop_.Call(&Stub::AssignCase, q, {.teams = "region-north"}),
              StatusIs(StatusCode::kNotFound, "CASE_NOT_FOUND"));
}

TEST_F(BoundKeysTest, CasesAreOpenedForTheirTeamsOnly) {
  pb::CreateCaseRequest q;
  q.set_customer_id("c1");
  q.set_reason("late parcel");
  q.set_team("go-vap");
  EXPECT_THAT(loop_.Call(&Stub::CreateCase, q, {.teams = "region-north"}),
              StatusIs(StatusCode::kInvalidArgument, "UNKNOWN_TEAM"));
  q.set_team("ha-dong");
  EXPECT_THAT(loop_.Call(&Stub::CreateCase, q, {.teams = "region-north"}), IsOk());
}

}  // namespace
}  // namespace hoiam::loop::testing
