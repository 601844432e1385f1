// What the CRM is told to send, and that it says it has sent it.
#include "absl/strings/str_cat.h"
#include "tests/store/survey_service/harness.h"

namespace hoiam::survey {
namespace {

using absl::StatusCode;
using ::hoiam::testing::StatusIs;

class MessageTest : public SurveyServiceTest {
 protected:
  void SetUp() override {
    ActiveSurvey("after-purchase");
    auto q = Purchase("i-1", "lan");
    q.mutable_customer()->set_honorific("chị");
    q.mutable_customer()->set_given_name("Lan");
    q.mutable_customer()->set_phone("0912 345 678");
    q.mutable_customer()->set_email("lan@nhaen.example");
    const auto recorded = Record(q);
    HOIAM_ASSERT_OK(recorded);
    invitation_ = recorded->dispatch(0).invitation();
    link_ = recorded->dispatch(0).link();
  }
  absl::StatusOr<v1::GetInvitationMessagesResponse> Messages(const std::vector<std::string>& ids,
                                                             const rpc::CallContext& ctx) {
    v1::GetInvitationMessagesRequest q;
    for (const std::string& id : ids) q.add_invitation_ids(id);
    return GetInvitationMessages(replica_.deps(), ctx, q);
  }
  absl::StatusOr<v1::Invitation> MarkSent(const std::string& id, const std::string& by = "zalo") {
    v1::MarkInvitationSentRequest q;
    q.set_invitation_id(id);
    q.set_sent_by(by);
    auto r = Write(&MarkInvitationSent, q, As());
    if (!r.ok()) return r.status();
    return r->invitation();
  }
  std::string invitation_, link_;
};

TEST_F(MessageTest, LinkPhoneAndReadyTextAreThoseOfNow) {
  const auto r = Messages({invitation_}, As());
  HOIAM_ASSERT_OK(r);
  ASSERT_EQ(r->messages_size(), 1);
  const v1::InvitationMessage& m = r->messages(0);
  EXPECT_EQ(m.invitation_id(), invitation_);
  EXPECT_EQ(m.link(), link_);
  EXPECT_EQ(m.phone(), "0912 345 678");
  EXPECT_EQ(m.email(), "lan@nhaen.example");
  EXPECT_EQ(m.language(), "vi");
  EXPECT_EQ(m.text(), "[Nha En] Cam on chi Lan da mua hang. Chi danh gia giup em 1 cau, 10 giay: " + link_);
  EXPECT_EQ(m.accented_text(), "Mời chị Lan đánh giá: " + link_);
  EXPECT_EQ(m.qr(), link_ + "/qr.svg");

  v1::UpdateCustomerRequest change;
  change.mutable_customer()->set_customer_id("lan");
  change.mutable_customer()->set_locale("en-US");
  HOIAM_ASSERT_OK(Write(&UpdateCustomer, change, As()));
  EXPECT_EQ(Messages({invitation_}, As())->messages(0).language(), "en");
}

TEST_F(MessageTest, InTestModeThereIsNobodyToSendTo) {
  rpc::CallContext ctx = As();
  ctx.test_mode = true;
  const auto r = Messages({invitation_}, ctx);
  HOIAM_ASSERT_OK(r);
  EXPECT_EQ(r->messages(0).phone() + r->messages(0).email(), "");
  EXPECT_EQ(r->messages(0).link(), link_);
}

TEST_F(MessageTest, ManyAreAnsweredInOrderAndUnknownOnesAndThoseOfOthersLeftOut) {
  std::vector<std::string> ids;
  for (int i = 0; i < 150; ++i) {
    const std::string customer = absl::StrCat("c-", i);
    const auto recorded = Record(absl::StrCat("j-", i), customer);
    HOIAM_ASSERT_OK(recorded);
    ids.push_back(recorded->dispatch(0).invitation());
    if (i % 10 == 0) ids.push_back(absl::StrCat("unknown-", i));
  }
  const auto r = Messages(ids, As());
  HOIAM_ASSERT_OK(r);
  ASSERT_EQ(r->messages_size(), 150);
  int at = 0;
  for (const std::string& id : ids) {
    if (id[0] == 'u') continue;
    EXPECT_EQ(r->messages(at++).invitation_id(), id);
  }
  EXPECT_EQ(Messages(ids, As("other"))->messages_size(), 0);
  EXPECT_EQ(Messages({}, As())->messages_size(), 0);
  EXPECT_THAT(Messages(std::vector<std::string>(201, "x"), As()), StatusIs(StatusCode::kInvalidArgument, "TOO_MANY"));
}

TEST_F(MessageTest, AnInvitationThatWasSentSaysWhenAndByWhat) {
  replica_.TakeEvents();
  const auto sent = MarkSent(invitation_);
  HOIAM_ASSERT_OK(sent);
  EXPECT_EQ(sent->state(), v1::InvitationState::SENT);
  EXPECT_EQ(sent->sent_by(), "zalo");
  EXPECT_EQ(TimeOf(sent->sent_time()), clock_.Now());
  EXPECT_EQ(sent->link(), link_);
  EXPECT_EQ(sent->revision(), 2);
  const auto events = replica_.TakeEvents();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].invitation().invitation().state(), v1::InvitationState::SENT);
  EXPECT_EQ(events[0].invitation().invitation().link(), "");

  clock_.Advance(absl::Hours(1));
  const auto again = MarkSent(invitation_, "sms");
  HOIAM_ASSERT_OK(again);
  EXPECT_EQ(again->SerializeAsString(), sent->SerializeAsString()) << "who sent it first stays";
  EXPECT_TRUE(replica_.TakeEvents().empty());
}

TEST_F(MessageTest, ASentInvitationIsAnsweredRevokedAndExpiresAsAnyOther) {
  HOIAM_ASSERT_OK(MarkSent(invitation_));
  v1::GetRespondentPageRequest page;
  page.set_token(TokenOf(link_));
  EXPECT_EQ(GetRespondentPage(replica_.deps(), As(), page)->state(), v1::InvitationState::SENT);
  v1::CreateResponseRequest answer;
  answer.set_response_id("r-1");
  answer.set_invitation_id(invitation_);
  answer.set_score(9);
  HOIAM_ASSERT_OK(Respond(answer));
  EXPECT_EQ(MarkSent(invitation_)->state(), v1::InvitationState::ANSWERED);

  const std::string second = Record("i-2", "minh")->dispatch(0).invitation();
  HOIAM_ASSERT_OK(MarkSent(second));
  v1::VoidInteractionRequest cancel;
  cancel.set_interaction_id("i-2");
  cancel.set_reason("returned");
  HOIAM_ASSERT_OK(Write(&VoidInteraction, cancel, As()));
  EXPECT_EQ(MarkSent(second)->state(), v1::InvitationState::REVOKED);

  const std::string third = Record("i-3", "hoa")->dispatch(0).invitation();
  HOIAM_ASSERT_OK(MarkSent(third));
  clock_.Advance(absl::Hours(24 * 31));
  EXPECT_EQ(InvitationOf("after-purchase", third).state(), v1::InvitationState::EXPIRED);
}

TEST_F(MessageTest, WhatCannotBeMarkedIsRefused) {
  EXPECT_THAT(MarkSent("nope"), StatusIs(StatusCode::kNotFound, "INVITATION_NOT_FOUND"));
  EXPECT_THAT(MarkSent(invitation_, ""), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  EXPECT_THAT(MarkSent(invitation_, "Zalo OA"), StatusIs(StatusCode::kInvalidArgument, "INVALID_SLUG"));
  v1::MarkInvitationSentRequest q;
  q.set_invitation_id(invitation_);
  q.set_sent_by("zalo");
  SetTimestamp(clock_.Now() + absl::Hours(2), q.mutable_sent_time());
  EXPECT_THAT(Write(&MarkInvitationSent, q, As()), StatusIs(StatusCode::kInvalidArgument, "TIME_OUT_OF_RANGE"));
  EXPECT_THAT(Write(&MarkInvitationSent, q, As("other")), StatusIs(StatusCode::kInvalidArgument));
  q.clear_sent_time();
  EXPECT_THAT(Write(&MarkInvitationSent, q, As("other")), StatusIs(StatusCode::kNotFound, "INVITATION_NOT_FOUND"));
}

}  // namespace
}  // namespace hoiam::survey
