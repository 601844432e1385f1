#include "loop_service/convert/case_requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loop_service/domain/catalogue.h"
#include "loop_service/limits.h"
#include "platform/base/ids.h"
#include "tests/support/matchers.h"

namespace hoiam::loop {
namespace {

using hoiam::testing::IsOk;
using hoiam::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

const std::string kId = "01931f7e-0000-7000-8000-000000000001";

// "field REASON" of every violation.
template <class Request>
std::vector<std::string> BadFields(const Request& q) {
  const auto call = ParseCall(q);
  std::vector<std::string> out;
  if (const auto detail = DetailOf(call.status()))
    for (const Violation& v : detail->violations) out.push_back(v.field + " " + v.reason);
  EXPECT_TRUE(out.empty() || call.status().code() == absl::StatusCode::kInvalidArgument);
  return out;
}

pb::ResolveCaseRequest GoodResolve() {
  pb::ResolveCaseRequest q;
  q.set_case_id(kId);
  q.set_version(3);
  q.set_root_cause("delivery_late_partner");
  q.set_originator_team("delivery-partner");
  q.set_resolution("refunded");
  return q;
}

TEST(CaseRequestsTest, AGoodCallCarriesIdVersionAndCommand) {
  auto q = GoodResolve();
  q.set_customer_reply("ok");
  q.mutable_compensation()->set_type("VOUCHER");
  q.mutable_compensation()->set_amount("50000.50");
  q.mutable_compensation()->set_currency("VND");
  const auto call = ParseCall(q);
  ASSERT_THAT(call, IsOk());
  EXPECT_EQ(UuidToString(call->case_id), kId);
  EXPECT_EQ(call->version, 3);
  const auto& resolve = std::get<Resolve>(call->command);
  EXPECT_EQ(resolve.customer_reply, "ok");
  EXPECT_EQ(resolve.compensation->amount, "50000.5");
}

TEST(CaseRequestsTest, AnIdThatIsNoUuidIsNoCase) {
  pb::CloseCaseRequest q;
  EXPECT_THAT(ParseCall(q), StatusIs(absl::StatusCode::kInvalidArgument, "REQUIRED"));
  for (const char* id : {"x", "01931f7e-0000-7000-8000-00000000000", "zz931f7e-0000-7000-8000-000000000001", "\xff"}) {
    q.set_case_id(id);
    EXPECT_THAT(ParseCall(q), StatusIs(absl::StatusCode::kNotFound, "CASE_NOT_FOUND")) << id;
  }
}

TEST(CaseRequestsTest, ANegativeVersionIsRefusedByEveryVerbThatTakesOne) {
  const auto check = [](auto q) {
    q.set_case_id(kId);
    q.set_version(-1);
    EXPECT_THAT(BadFields(q), ::testing::Contains("version VERSION_OUT_OF_RANGE"));
  };
  check(pb::AcknowledgeCaseRequest());
  check(pb::AssignCaseRequest());
  check(pb::ContactCustomerRequest());
  check(pb::DiagnoseCaseRequest());
  check(pb::ProposeSolutionRequest());
  check(pb::AnswerSolutionRequest());
  check(pb::CompensateCaseRequest());
  check(pb::ResolveCaseRequest());
  check(pb::VerifyCaseRequest());
  check(pb::CloseCaseRequest());
  check(pb::ReopenCaseRequest());
  check(pb::CancelCaseRequest());
}

TEST(CaseRequestsTest, EveryBadFieldOfAResolveIsToldAtOnce) {
  pb::ResolveCaseRequest q;
  q.set_version(-1);
  q.set_customer_reply(std::string(kMaxProseChars + 1, 'x'));
  q.mutable_compensation()->set_type("voucher");
  q.mutable_compensation()->set_amount("1,5");
  q.mutable_compensation()->set_currency("vnd");
  EXPECT_THAT(BadFields(q),
              UnorderedElementsAre("version VERSION_OUT_OF_RANGE", "rootCause REQUIRED", "originatorTeam REQUIRED",
                                   "resolution REQUIRED", "customerReply TOO_LONG", "compensation.type INVALID_TYPE",
                                   "compensation.amount INVALID_AMOUNT", "compensation.currency INVALID_CURRENCY"));
}

TEST(CaseRequestsTest, ResolveRequiresCauseTeamAndResolution) {
  pb::ResolveCaseRequest q;
  q.set_case_id(kId);
  EXPECT_THAT(BadFields(q),
              UnorderedElementsAre("rootCause REQUIRED", "originatorTeam REQUIRED", "resolution REQUIRED"));
}

TEST(CaseRequestsTest, AnAmountAndACurrencyComeTogetherAndAreNotNegative) {
  auto q = GoodResolve();
  q.mutable_compensation()->set_type("GIFT");
  EXPECT_THAT(ParseCall(q), IsOk());
  q.mutable_compensation()->set_amount("10");
  EXPECT_THAT(BadFields(q), ElementsAre("compensation.currency REQUIRED"));
  q.mutable_compensation()->set_currency("VND");
  EXPECT_THAT(ParseCall(q), IsOk());
  q.mutable_compensation()->set_amount("-10");
  EXPECT_THAT(BadFields(q), ElementsAre("compensation.amount INVALID_AMOUNT"));
  q.mutable_compensation()->clear_amount();
  EXPECT_THAT(BadFields(q), ElementsAre("compensation.amount REQUIRED"));
}

TEST(CaseRequestsTest, AssignNeedsAnOwnerOrATeam) {
  pb::AssignCaseRequest q;
  q.set_case_id(kId);
  EXPECT_THAT(BadFields(q), ElementsAre("owner REQUIRED"));
  q.set_team("cskh");
  EXPECT_THAT(ParseCall(q), IsOk());
  q.set_owner("line\nbreak");
  EXPECT_THAT(BadFields(q), ElementsAre("owner CONTROL_CHARACTER"));
  q.set_owner(std::string(kMaxPersonBytes + 1, 'x'));
  EXPECT_THAT(BadFields(q), ElementsAre("owner TOO_LONG"));
}

TEST(CaseRequestsTest, ANoteNeedsAnIdAndAText) {
  pb::CreateNoteRequest q;
  q.set_case_id(kId);
  EXPECT_THAT(BadFields(q), UnorderedElementsAre("noteId REQUIRED", "text REQUIRED"));
  q.set_note_id("..");
  q.set_text("\xff");
  EXPECT_THAT(BadFields(q), UnorderedElementsAre("noteId INVALID_ID", "text INVALID_UTF8"));
  q.set_note_id("n1");
  std::string longest;  // characters, not bytes
  for (size_t i = 0; i < kMaxProseChars; ++i) longest += "ệ";
  q.set_text(longest);
  EXPECT_THAT(ParseCall(q), IsOk());
  q.set_text(longest + "x");
  EXPECT_THAT(BadFields(q), ElementsAre("text TOO_LONG"));
}

TEST(CaseRequestsTest, AContactSaysItsChannelAndDefaultsToReached) {
  pb::ContactCustomerRequest q;
  q.set_case_id(kId);
  EXPECT_THAT(BadFields(q), ElementsAre("channel REQUIRED"));
  q.set_channel("Phone!");
  q.set_outcome(static_cast<pb::ContactOutcome::Code>(77));
  EXPECT_THAT(BadFields(q), UnorderedElementsAre("channel INVALID_SLUG", "outcome UNKNOWN_VALUE"));
  q.set_channel("phone");
  q.clear_outcome();
  const auto call = ParseCall(q);
  ASSERT_THAT(call, IsOk());
  EXPECT_EQ(std::get<Contact>(call->command).outcome, ContactOutcome::kReached);
}

TEST(CaseRequestsTest, SilenceIsOnlyForTheSystemToState) {
  pb::VerifyCaseRequest q;
  q.set_case_id(kId);
  EXPECT_THAT(BadFields(q), ElementsAre("evidence REQUIRED"));
  q.set_evidence(pb::Verification::SILENCE);
  EXPECT_THAT(BadFields(q), ElementsAre("evidence EVIDENCE_NOT_ALLOWED"));
  q.set_evidence(static_cast<pb::Verification::Code>(9));
  EXPECT_THAT(BadFields(q), ElementsAre("evidence UNKNOWN_VALUE"));
  q.set_evidence(pb::Verification::CUSTOMER_WORD);
  EXPECT_THAT(ParseCall(q), IsOk());
}

TEST(CaseRequestsTest, ReopeningAndCancellingNeedAReason) {
  pb::ReopenCaseRequest reopen;
  reopen.set_case_id(kId);
  EXPECT_THAT(BadFields(reopen), ElementsAre("reason REQUIRED"));
  pb::CancelCaseRequest cancel;
  cancel.set_case_id(kId);
  EXPECT_THAT(BadFields(cancel), ElementsAre("reason REQUIRED"));
}

TEST(CaseRequestsTest, TheCauseIsRemovedUnlessTheCallSaysOtherwise) {
  auto q = GoodResolve();
  EXPECT_TRUE(std::get<Resolve>(ParseCall(q)->command).cause_removed);
  q.set_cause_removed(false);
  EXPECT_FALSE(std::get<Resolve>(ParseCall(q)->command).cause_removed);
}

TEST(CaseRequestsTest, ADiagnosisNeedsACause) {
  pb::DiagnoseCaseRequest q;
  q.set_case_id(kId);
  EXPECT_THAT(BadFields(q), ElementsAre("rootCause REQUIRED"));
  q.set_root_cause("delivery_late_partner");
  q.set_lot(std::string(kMaxPlaceBytes + 1, 'x'));
  q.set_note(std::string(kMaxProseChars + 1, 'x'));
  EXPECT_THAT(BadFields(q), UnorderedElementsAre("lot TOO_LONG", "note TOO_LONG"));
}

TEST(CaseRequestsTest, ANeedSaysWhatIsNeededAndIsNoWishUnlessItSaysSo) {
  pb::CreateNeedRequest q;
  q.set_case_id(kId);
  q.set_kind(static_cast<pb::NeedKind::Code>(9));
  EXPECT_THAT(BadFields(q), UnorderedElementsAre("needId REQUIRED", "text REQUIRED", "kind UNKNOWN_VALUE"));
  q.set_need_id("n1");
  q.set_text(std::string(kMaxNeedChars + 1, 'x'));
  q.clear_kind();
  EXPECT_THAT(BadFields(q), ElementsAre("text TOO_LONG"));
  q.set_text("im lặng khi giao");
  EXPECT_EQ(std::get<AddNeed>(ParseCall(q)->command).kind, NeedKind::kNeed);
  q.set_kind(pb::NeedKind::WISH);
  EXPECT_EQ(std::get<AddNeed>(ParseCall(q)->command).kind, NeedKind::kWish);
}

TEST(CaseRequestsTest, AProposalHasWordsAndACompensationIsChecked) {
  pb::ProposeSolutionRequest propose;
  propose.set_case_id(kId);
  EXPECT_THAT(BadFields(propose), ElementsAre("text REQUIRED"));
  pb::CompensateCaseRequest compensate;
  compensate.set_case_id(kId);
  EXPECT_THAT(BadFields(compensate), ElementsAre("compensation REQUIRED"));
  compensate.mutable_compensation()->set_type("voucher");
  EXPECT_THAT(BadFields(compensate), ElementsAre("compensation.type INVALID_TYPE"));
}

TEST(CaseRequestsTest, ACaseOpenedByHandNeedsACustomerAndAReason) {
  pb::CreateCaseRequest q;
  EXPECT_THAT(BadFields(q), UnorderedElementsAre("customerId REQUIRED", "reason REQUIRED"));
  q.set_case_id("x");
  q.set_customer_id("c1");
  q.set_reason("late parcel");
  q.set_kind(static_cast<pb::CaseKind::Code>(9));
  q.set_priority(static_cast<pb::Priority::Code>(9));
  q.set_origin(static_cast<pb::CaseOrigin::Code>(9));
  q.set_touchpoint("No!");
  q.set_shop("a\nb");
  q.set_owner(std::string(kMaxPersonBytes + 1, 'x'));
  EXPECT_THAT(BadFields(q), UnorderedElementsAre("caseId INVALID_ID", "kind UNKNOWN_VALUE", "priority UNKNOWN_VALUE",
                                                 "origin UNKNOWN_VALUE", "touchpoint INVALID_SLUG",
                                                 "shop CONTROL_CHARACTER", "owner TOO_LONG"));
  q.Clear();
  q.set_customer_id("c1");
  q.set_reason("late parcel");
  const auto call = ParseCall(q);
  ASSERT_THAT(call, IsOk());
  EXPECT_EQ(call->kind, CaseKind::kDetractor);
  EXPECT_EQ(call->priority, Priority::kP3);
  EXPECT_EQ(call->origin, CaseOrigin::kProactive);
  EXPECT_EQ(call->case_id, "");
}

// "field REASON" of every violation.
std::vector<std::string> Unknown(const absl::Status& status) {
  std::vector<std::string> out;
  if (const auto detail = DetailOf(status))
    for (const Violation& v : detail->violations) out.push_back(v.field + " " + v.reason);
  return out;
}

TEST(CaseRequestsTest, TeamsAndCausesAreTheTenantsOwn) {
  Playbook::Parts parts = BuiltInParts();
  parts.teams["old"] = {.id = "old", .archived = true};
  parts.causes["gone"] = parts.causes.at("delivery_late_partner");
  parts.causes["gone"].id = "gone";
  parts.causes["gone"].archived = true;
  const Playbook playbook(std::move(parts));
  Resolve resolve;
  resolve.root_cause = "delivery";  // a driver
  resolve.originator_team = "nobody";
  EXPECT_THAT(Unknown(CheckNames(CaseCommand(resolve), playbook)),
              UnorderedElementsAre("rootCause UNKNOWN_ROOT_CAUSE", "originatorTeam UNKNOWN_TEAM"));
  resolve.root_cause = "gone";
  resolve.originator_team = "old";
  EXPECT_THAT(Unknown(CheckNames(CaseCommand(resolve), playbook)), ElementsAre("rootCause UNKNOWN_ROOT_CAUSE"))
      << "the cause may lie in a team that is no more";
  EXPECT_THAT(CheckNames(CaseCommand(Diagnose{"delivery_late_partner", "", "", ""}), playbook), IsOk());
  EXPECT_THAT(Unknown(CheckNames(CaseCommand(Assign{"", "old", ""}), playbook)), ElementsAre("team UNKNOWN_TEAM"))
      << "it takes no cases";
  EXPECT_THAT(CheckNames(CaseCommand(Assign{"hoa", "", ""}), playbook), IsOk());
}

TEST(CaseRequestsTest, WhoIsBoundToTeamsOpensCasesThere) {
  Playbook::Parts parts = BuiltInParts();
  parts.teams["north"] = {.id = "north"};
  parts.teams["hanoi"] = {.id = "hanoi", .parent = "north"};
  const Playbook playbook(std::move(parts));
  OpenByHand call;
  call.team = "hanoi";
  EXPECT_THAT(CheckNames(call, {}, playbook), IsOk());
  EXPECT_THAT(CheckNames(call, {"north"}, playbook), IsOk());
  EXPECT_THAT(Unknown(CheckNames(call, {"cskh"}, playbook)), ElementsAre("team UNKNOWN_TEAM"));
}

}  // namespace
}  // namespace hoiam::loop
