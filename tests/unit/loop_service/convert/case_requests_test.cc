#include "loop_service/convert/case_requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  check(pb::ResolveCaseRequest());
  check(pb::VerifyCaseRequest());
  check(pb::CloseCaseRequest());
  check(pb::ReopenCaseRequest());
  check(pb::CancelCaseRequest());
}

TEST(CaseRequestsTest, EveryBadFieldOfAResolveIsToldAtOnce) {
  pb::ResolveCaseRequest q;
  q.set_version(-1);
  q.set_root_cause("delivery");
  q.set_originator_team("nobody");
  q.set_customer_reply(std::string(kMaxProseChars + 1, 'x'));
  q.mutable_compensation()->set_type("voucher");
  q.mutable_compensation()->set_amount("1,5");
  q.mutable_compensation()->set_currency("vnd");
  EXPECT_THAT(BadFields(q),
              UnorderedElementsAre("version VERSION_OUT_OF_RANGE", "rootCause UNKNOWN_ROOT_CAUSE",
                                   "originatorTeam UNKNOWN_TEAM", "resolution REQUIRED", "customerReply TOO_LONG",
                                   "compensation.type INVALID_TYPE", "compensation.amount INVALID_AMOUNT",
                                   "compensation.currency INVALID_CURRENCY"));
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

TEST(CaseRequestsTest, AssignNeedsAnOwnerOrAKnownTeam) {
  pb::AssignCaseRequest q;
  q.set_case_id(kId);
  EXPECT_THAT(BadFields(q), ElementsAre("owner REQUIRED"));
  q.set_team("nobody");
  EXPECT_THAT(BadFields(q), ElementsAre("team UNKNOWN_TEAM"));
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

}  // namespace
}  // namespace hoiam::loop
