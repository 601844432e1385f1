// The conversation with the customer on a real database: mails out and in, messages, the status page.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>

#include <map>
#include <mutex>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "loop_service/app/due_kinds.h"
#include "loop_service/app/mail_work.h"
#include "loop_service/limits.h"
#include "loop_service/store/message_reader.h"
#include "platform/due/scheduler.h"
#include "platform/mail/parse.h"
#include "tests/store/loop_service/suite.h"
#include "tests/support/explaining_session.h"

namespace hoiam::loop::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using Page = pb::CaseStatusService::Stub;
using Book = pb::PlaybookService::Stub;

struct Sent {
  mail::Envelope envelope;
  mail::Received mail;
  std::string bytes;
};

// Takes every mail, or answers what the test says.
class Post final : public mail::Transport {
 public:
  class Line final : public mail::Connection {
   public:
    explicit Line(Post& post) : post_(post) {}
    mail::Outcome Send(const mail::Envelope& envelope, const std::string& bytes) override {
      std::lock_guard lock(post_.mu);
      if (post_.outcome.code == mail::Outcome::kTaken) post_.sent.push_back({envelope, *mail::Parse(bytes), bytes});
      return post_.outcome;
    }

   private:
    Post& post_;
  };
  std::unique_ptr<mail::Connection> Connect() const override {
    return std::make_unique<Line>(const_cast<Post&>(*this));
  }
  std::mutex mu;
  std::vector<Sent> sent;
  mail::Outcome outcome{mail::Outcome::kTaken, ""};
};

std::string HeaderOf(const std::string& bytes, const std::string& name) {
  for (absl::string_view line : absl::StrSplit(bytes, "\r\n"))
    if (absl::ConsumePrefix(&line, name + ": ")) return std::string(line);
  return "";
}

class ConversationTest : public LoopTest {
 protected:
  ConversationTest() {
    loop_.customers().Set("c1", {"Nguyễn Thị Lan", "chị", "Lan", "lan@example.com", "vi-VN"});
    scheduler_.Handle(DueKind::kMail, work_, kMailing);
  }

  // Sends what is due; what went out by it.
  std::vector<Sent> Send() {
    post_.sent.clear();
    for (auto done = scheduler_.RunDue(); done.ok() && *done > 0; done = scheduler_.RunDue()) {
    }
    return post_.sent;
  }
  absl::StatusOr<pb::CreateCaseMessageResponse> Write(const std::string& case_id, const std::string& message_id,
                                                      const std::string& more = "") {
    pb::CreateCaseMessageRequest q;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        absl::StrCat("text: 'Chào chị, bên em giao lại chiều nay ạ.' ", more), &q));
    if (q.channel().empty()) q.set_channel("email");
    q.set_case_id(case_id);
    q.set_message_id(message_id);
    return loop_.Call(&Stub::CreateCaseMessage, q);
  }
  std::string Reply(const std::string& case_id, const std::string& from, const std::string& id,
                    const std::string& more = "", const std::string& words = "Dạ vâng ạ\r\n") {
    return absl::StrCat("From: ", from, "\r\nTo: ", loop_.links().ReplyAddress("t", *ParseUuid(case_id)),
                        "\r\nSubject: Re: x\r\nMessage-ID: <", id, ">\r\n", more, "\r\n", words);
  }
  absl::StatusOr<pb::ReceiveMailResponse> Receive(const std::string& mail, const std::string& tenant = "t",
                                                  const std::string& envelope_from = "") {
    pb::ReceiveMailRequest q;
    q.set_mail(mail);
    q.set_envelope_from(envelope_from);
    return loop_.Call(&Stub::ReceiveMail, q, {.tenant = tenant});
  }
  std::vector<pb::CaseMessage> Messages(const std::string& case_id) {
    pb::ListCaseMessagesRequest q;
    q.set_case_id(case_id);
    const auto r = loop_.Call(&Stub::ListCaseMessages, q);
    EXPECT_THAT(r, IsOk());
    return r.ok() ? std::vector<pb::CaseMessage>(r->messages().begin(), r->messages().end())
                  : std::vector<pb::CaseMessage>();
  }
  std::string TokenOf(const std::string& case_id) { return loop_.links().StatusToken("t", *ParseUuid(case_id)); }

  Post post_;
  due::Scheduler scheduler_{db_.pool(), loop_.writer(), SystemClock()};
  MailWork work_{
      {db_.pool(), loop_.writer(), SystemClock(), loop_.playbooks(), loop_.links(), loop_.customers(), post_},
      kMailFrom};
};

TEST_F(ConversationTest, TheCustomerIsThankedOnceWhenACaseOpens) {
  const pb::Case c = OpenCaseOf("c1");
  const auto sent = Send();
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].envelope.to, "lan@example.com");
  EXPECT_THAT(sent[0].mail.subject, HasSubstr("đã nhận được góp ý của chị Lan"));
  EXPECT_THAT(sent[0].mail.text, HasSubstr("Cảm ơn chị đã nói thẳng."));
  EXPECT_THAT(sent[0].mail.text, HasSubstr("sẽ liên hệ trước"));
  EXPECT_THAT(sent[0].mail.text, HasSubstr("https://hoiam.test/c/" + TokenOf(c.case_id())));
  EXPECT_TRUE(sent[0].mail.automatic) << "no machine is to answer it";
  EXPECT_THAT(HeaderOf(sent[0].bytes, "Reply-To"), StartsWith("case+"));
  EXPECT_THAT(Send(), IsEmpty());
  EXPECT_THAT(Messages(c.case_id()), IsEmpty()) << "the thanks are ours, not the conversation's";
  EXPECT_EQ(Get(c.case_id()).version(), c.version()) << "a mail that went changes no case";
}

TEST_F(ConversationTest, WhoHasNoAddressOrIsGoneOrBouncedGetsNothing) {
  loop_.customers().Set("c2", {"X", "anh", "X", "", "vi"});
  CustomerContact bounced{"Y", "anh", "Y", "y@example.com", "vi"};
  bounced.bounced = true;
  loop_.customers().Set("c3", bounced);
  for (const char* customer : {"c2", "c3", "c4"}) {
    const pb::Case c = OpenCaseOf(customer);
    EXPECT_THAT(Send(), IsEmpty()) << customer;
    EXPECT_THAT(Messages(c.case_id()), IsEmpty()) << customer;
    EXPECT_THAT(Write(c.case_id(), "m1"), StatusIs(StatusCode::kFailedPrecondition, "NO_ADDRESS")) << customer;
  }
}

TEST_F(ConversationTest, AMailWhoseCustomerIsErasedMeanwhileFailsWithTheReason) {
  const pb::Case c = OpenCaseOf("c1");
  Send();
  ASSERT_THAT(Write(c.case_id(), "m1"), IsOk());
  loop_.customers().Erase("c1");
  EXPECT_THAT(Send(), IsEmpty());
  const auto messages = Messages(c.case_id());
  ASSERT_THAT(messages, SizeIs(1));
  EXPECT_EQ(messages[0].state(), pb::MessageState::FAILED);
  EXPECT_EQ(messages[0].failure(), "CUSTOMER_UNKNOWN");
}

TEST_F(ConversationTest, StaffWriteTheCustomerAnswersAndTheThreadHolds) {
  const pb::Case c = OpenCaseOf("c1");
  Send();
  const auto written = Write(c.case_id(), "m1", "await_reply: true subject: 'Giao lại'");
  ASSERT_THAT(written, IsOk());
  EXPECT_EQ(written->case_().state(), pb::CaseState::WAITING_CUSTOMER);
  EXPECT_EQ(written->message().state(), pb::MessageState::QUEUED);
  EXPECT_EQ(written->message().author(), "lan");
  auto sent = Send();
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].mail.subject, "Giao lại");
  EXPECT_THAT(sent[0].mail.text, StartsWith("Chào chị, bên em giao lại chiều nay ạ."));
  EXPECT_FALSE(sent[0].mail.automatic);
  EXPECT_EQ(Messages(c.case_id()).back().state(), pb::MessageState::SENT);

  const auto received =
      Receive(Reply(c.case_id(), "Lan <LAN@example.com>", "a1@example.com", "",
                    "Dạ được ạ\r\n\r\nVào 23/11/2026 09:00 Shop <cskh@shop.test> đã viết:\r\n> cũ\r\n"));
  ASSERT_THAT(received, IsOk());
  EXPECT_EQ(received->case_id(), c.case_id());
  EXPECT_EQ(received->message().text(), "Dạ được ạ");
  EXPECT_EQ(received->message().author(), "customer");
  EXPECT_EQ(received->message().channel(), "email");
  const pb::Case after = Get(c.case_id());
  EXPECT_EQ(after.state(), pb::CaseState::IN_PROGRESS);
  EXPECT_EQ(after.messages(), 2);
  EXPECT_TRUE(after.has_last_customer_message_time());

  ASSERT_THAT(Write(c.case_id(), "m2"), IsOk());
  sent = Send();
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(HeaderOf(sent[0].bytes, "In-Reply-To"), "<a1@example.com>");
}

TEST_F(ConversationTest, AReplyIsKnownByTheMailItAnswersToo) {
  const pb::Case c = OpenCaseOf("c1");
  const auto sent = Send();
  ASSERT_THAT(sent, SizeIs(1));
  const auto received = Receive(absl::StrCat("From: lan@example.com\r\nTo: ", kMailFrom, "\r\nMessage-ID: <a@x.y>\r\n",
                                             "In-Reply-To: <", sent[0].mail.id, ">\r\n\r\nok\r\n"));
  ASSERT_THAT(received, IsOk());
  EXPECT_EQ(received->case_id(), c.case_id());
}

TEST_F(ConversationTest, TheSameMailTwiceIsOneMessageAndTheSameMessageTwiceIsOneMail) {
  const pb::Case c = OpenCaseOf("c1");
  Send();
  ASSERT_THAT(Receive(Reply(c.case_id(), "lan@example.com", "a1@example.com")), IsOk());
  const int64_t version = Get(c.case_id()).version();
  ASSERT_THAT(Receive(Reply(c.case_id(), "lan@example.com", "a1@example.com")), IsOk());
  EXPECT_EQ(Get(c.case_id()).version(), version);
  ASSERT_THAT(Write(c.case_id(), "m1"), IsOk());
  ASSERT_THAT(Write(c.case_id(), "m1"), IsOk());
  EXPECT_THAT(Write(c.case_id(), "m1", "subject: 'other'"), StatusIs(StatusCode::kAlreadyExists, "ID_REUSED"));
  EXPECT_THAT(Send(), SizeIs(1));
  EXPECT_THAT(Messages(c.case_id()), SizeIs(2));
}

TEST_F(ConversationTest, StrangersAndStrangeMailsChangeNothing) {
  const pb::Case c = OpenCaseOf("c1");
  Send();
  const std::string good = Reply(c.case_id(), "lan@example.com", "a1@example.com");
  EXPECT_THAT(Receive(Reply(c.case_id(), "eve@example.com", "e@example.com")),
              StatusIs(StatusCode::kPermissionDenied, "SENDER_UNKNOWN"));
  EXPECT_THAT(Receive(good, "other"), StatusIs(StatusCode::kNotFound, "REPLY_ADDRESS_UNKNOWN"));
  EXPECT_THAT(Receive("From: lan@example.com\r\nTo: case+aaaa@reply.shop.test\r\n\r\nx\r\n"),
              StatusIs(StatusCode::kNotFound, "REPLY_ADDRESS_UNKNOWN"));
  EXPECT_THAT(Receive(""), StatusIs(StatusCode::kInvalidArgument, "REQUIRED"));
  EXPECT_THAT(Receive(good + std::string(kMaxMailBytes, 'x')), StatusIs(StatusCode::kInvalidArgument, "INVALID_MAIL"));
  EXPECT_THAT(Receive(Reply(c.case_id(), kMailFrom, "own@shop.test")),
              StatusIs(StatusCode::kFailedPrecondition, "MAIL_LOOP"));
  EXPECT_EQ(Get(c.case_id()).version(), c.version());
  EXPECT_THAT(Messages(c.case_id()), IsEmpty());
}

TEST_F(ConversationTest, WhatMachinesAnswerIsKeptAndMovesNothing) {
  const pb::Case c = OpenCaseOf("c1");
  Send();
  ASSERT_THAT(Write(c.case_id(), "m1", "await_reply: true"), IsOk());
  const auto away =
      Receive(Reply(c.case_id(), "lan@example.com", "a1@example.com", "Auto-Submitted: auto-replied\r\n"));
  ASSERT_THAT(away, IsOk());
  EXPECT_TRUE(away->message().auto_reply());
  const auto report = Receive(Reply(c.case_id(), "MAILER-DAEMON@mx.example", "d1@mx.example"), "t", "<>");
  ASSERT_THAT(report, IsOk());
  EXPECT_TRUE(report->message().auto_reply());
  EXPECT_EQ(Get(c.case_id()).state(), pb::CaseState::WAITING_CUSTOMER);
}

TEST_F(ConversationTest, TwoMachinesThatTalkAreStoppedAfterTwentyMailsAnHour) {
  const pb::Case c = OpenCaseOf("c1");
  for (int n = 0; n < kMaxMailsAnHour; ++n)
    ASSERT_THAT(Receive(Reply(c.case_id(), "lan@example.com", absl::StrCat(n, "@example.com"))), IsOk());
  EXPECT_THAT(Receive(Reply(c.case_id(), "lan@example.com", "more@example.com")),
              StatusIs(StatusCode::kFailedPrecondition, "MAIL_LOOP"));
  EXPECT_THAT(Receive(Reply(c.case_id(), "lan@example.com", "0@example.com")), IsOk()) << "it was taken before";
}

TEST_F(ConversationTest, AMailThatCannotGoNowStaysAndOneThatIsRefusedFails) {
  const pb::Case c = OpenCaseOf("c1");
  Send();
  ASSERT_THAT(Write(c.case_id(), "m1"), IsOk());
  post_.outcome = {mail::Outcome::kNoServer, "down"};
  Send();
  EXPECT_EQ(Messages(c.case_id()).back().state(), pb::MessageState::QUEUED);
  post_.outcome = {mail::Outcome::kRefusedMail, "550 no"};
  ASSERT_THAT(Write(c.case_id(), "m2"), IsOk());
  Send();
  EXPECT_EQ(Messages(c.case_id()).back().state(), pb::MessageState::FAILED);
  EXPECT_EQ(Messages(c.case_id()).back().failure(), "550 no");
}

TEST_F(ConversationTest, StaffAreToldByTeamAndNeverToldAnAddress) {
  pb::UpdateTeamRequest team;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString("team { team_id: 'cskh' email: 'team@shop.test' }", &team));
  ASSERT_THAT(loop_.Call(&Book::UpdateTeam, team), IsOk());
  auto answer = DetractorAnswer("r1", "c9");
  answer.set_comment("Gọi tôi 0912 345 678 hoặc lan@example.com ngay");
  Answer({answer});
  const auto sent = Send();
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].envelope.to, "team@shop.test");
  EXPECT_THAT(sent[0].mail.subject, HasSubstr("NPS 3"));
  EXPECT_THAT(sent[0].mail.text, HasSubstr("Gọi tôi ••• hoặc ••• ngay"));
  EXPECT_THAT(sent[0].bytes, Not(HasSubstr("345")));
}

TEST_F(ConversationTest, InTestModeNobodyGetsAnything) {
  pb::CreateCaseRequest q;
  q.set_customer_id("c1");
  q.set_reason("gọi điện phàn nàn");
  q.set_origin(pb::CaseOrigin::REACTIVE);
  ASSERT_THAT(loop_.Call(&Stub::CreateCase, q, {.tenant = "t~test"}), IsOk());
  EXPECT_THAT(Send(), IsEmpty());
}

TEST_F(ConversationTest, TheStatusPageShowsWhatConcernsTheCustomerAndNothingElse) {
  pb::Case c = Acknowledge(OpenCaseOf("c1"));
  pb::CreateNoteRequest note;
  note.set_case_id(c.case_id());
  note.set_note_id("n1");
  note.set_text("khách khó tính");
  ASSERT_THAT(loop_.Call(&Stub::CreateNote, note), IsOk());
  pb::GetCaseStatusRequest q;
  q.set_token(TokenOf(c.case_id()));
  const auto page = loop_.Call(&Page::GetCaseStatus, q);
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->state(), pb::CaseState::ACKNOWLEDGED);
  EXPECT_TRUE(page->can_write());
  EXPECT_FALSE(page->can_confirm());
  std::vector<std::string> steps;
  for (const auto& s : page->steps()) steps.push_back(s.what());
  EXPECT_THAT(steps, ElementsAre("opened", "acknowledged"));
  EXPECT_THAT(page->SerializeAsString(), Not(HasSubstr("khó tính")));
  EXPECT_THAT(page->SerializeAsString(), Not(HasSubstr("lan"))) << "who took it";
  for (const std::string& token : {std::string("x"), std::string(), TokenOf(c.case_id()) + "A",
                                   loop_.links().StatusToken("other", *ParseUuid(c.case_id()))}) {
    q.set_token(token);
    EXPECT_THAT(loop_.Call(&Page::GetCaseStatus, q), StatusIs(StatusCode::kNotFound, "LINK_UNKNOWN")) << token;
  }
}

TEST_F(ConversationTest, WhatTheCustomerWritesOnThePageIsAMessageOnce) {
  const pb::Case c = OpenCaseOf("c1");
  ASSERT_THAT(Write(c.case_id(), "m1", "await_reply: true"), IsOk());
  pb::WriteCaseStatusRequest q;
  q.set_token(TokenOf(c.case_id()));
  q.set_message_id("f1");
  q.set_text("Mai em nhận được hàng");
  for (int n = 0; n < 2; ++n) {
    const auto page = loop_.Call(&Page::WriteCaseStatus, q);
    ASSERT_THAT(page, IsOk());
    EXPECT_EQ(page->state(), pb::CaseState::IN_PROGRESS);
    EXPECT_EQ(page->steps(page->steps_size() - 1).text(), "Mai em nhận được hàng");
  }
  EXPECT_EQ(Get(c.case_id()).messages(), 2);
  q.set_message_id("f2");
  q.set_text(std::string(kMaxPageMessageChars + 1, 'x'));
  EXPECT_THAT(loop_.Call(&Page::WriteCaseStatus, q), StatusIs(StatusCode::kInvalidArgument, "TOO_LONG"));
}

TEST_F(ConversationTest, TheCustomersWordSettlesAResolvedCaseOrReopensIt) {
  pb::Case c = Resolve(Contact(OpenCaseOf("c1")));
  const auto thanks_and_done = Send();
  ASSERT_THAT(thanks_and_done, SizeIs(2));
  EXPECT_THAT(thanks_and_done[1].mail.text, HasSubstr("Đến nay việc này đã ổn chưa ạ?"));
  EXPECT_THAT(thanks_and_done[1].mail.text, HasSubstr("đã hoàn phí giao"));

  pb::ConfirmCaseStatusRequest q;
  q.set_token(TokenOf(c.case_id()));
  q.set_settled(false);
  q.set_text("Vẫn thiếu một món");
  const auto reopened = loop_.Call(&Page::ConfirmCaseStatus, q);
  ASSERT_THAT(reopened, IsOk());
  EXPECT_EQ(reopened->state(), pb::CaseState::REOPENED);
  EXPECT_EQ(Messages(c.case_id()).back().text(), "Vẫn thiếu một món");
  EXPECT_THAT(loop_.Call(&Page::ConfirmCaseStatus, q),
              StatusIs(StatusCode::kFailedPrecondition, "CASE_TRANSITION_REFUSED"));

  Resolve(Contact(c));
  q.set_settled(true);
  q.clear_text();
  ASSERT_THAT(loop_.Call(&Page::ConfirmCaseStatus, q), IsOk());
  const pb::Case after = Get(c.case_id());
  EXPECT_EQ(after.state(), pb::CaseState::VERIFIED);
  EXPECT_EQ(after.verification(), pb::Verification::CUSTOMER_WORD);
  EXPECT_EQ(after.history(after.history_size() - 1).actor(), "customer");
  ExpectGapFree(after);
}

TEST_F(ConversationTest, AProposalIsAcceptedOnThePage) {
  const pb::Case c = Contact(OpenCaseOf("c1"));
  pb::ProposeSolutionRequest propose;
  propose.set_case_id(c.case_id());
  propose.set_text("Đổi máy mới");
  ASSERT_THAT(loop_.Call(&Stub::ProposeSolution, propose), IsOk());
  pb::ConfirmCaseStatusRequest q;
  q.set_token(TokenOf(c.case_id()));
  q.set_settled(true);
  const auto page = loop_.Call(&Page::ConfirmCaseStatus, q);
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->proposal(), "");
  EXPECT_EQ(Get(c.case_id()).solution().state(), pb::SolutionState::ACCEPTED);
}

TEST_F(ConversationTest, PagesOfTheConversationFollowOneAnother) {
  const pb::Case c = OpenCaseOf("c1");
  for (int n = 0; n < 5; ++n) ASSERT_THAT(Write(c.case_id(), absl::StrCat("m", n), "channel: 'phone'"), IsOk());
  pb::ListCaseMessagesRequest q;
  q.set_case_id(c.case_id());
  q.set_page_size(2);
  std::vector<std::string> ids;
  do {
    const auto page = loop_.Call(&Stub::ListCaseMessages, q);
    ASSERT_THAT(page, IsOk());
    for (const auto& m : page->messages()) ids.push_back(m.message_id());
    q.set_page_token(page->next_page_token());
  } while (!q.page_token().empty());
  EXPECT_THAT(ids, ElementsAre("m0", "m1", "m2", "m3", "m4"));
  EXPECT_THAT(Send(), SizeIs(1)) << "the thanks: calls are only written down";
}

TEST_F(ConversationTest, EveryReadOfTheConversationIsServedByAnIndex) {
  const pb::Case c = OpenCaseOf("c1");
  for (int n = 0; n < 3; ++n)
    ASSERT_THAT(Receive(Reply(c.case_id(), "lan@example.com", absl::StrCat(n, "@a.b"))), IsOk());
  const auto session = std::make_shared<::hoiam::testing::ExplainingSession>(db_.Session());
  const auto opened = db::TenantDb::Of(db::SystemDb(session), "t");
  ASSERT_THAT(opened, IsOk());
  const db::TenantDb& db = *opened;
  const std::string id = *ParseUuid(c.case_id());
  EXPECT_THAT(ListMessages(db, id, std::nullopt, 2, kMaxPageBytes), IsOk());
  EXPECT_THAT(ListMessages(db, id, MessagePosition{absl::UnixEpoch(), "a"}, 2, kMaxPageBytes), IsOk());
  EXPECT_THAT(LastMessages(db, id, 2), IsOk());
  EXPECT_THAT(FindMessage(db, id, "a"), IsOk());
  EXPECT_THAT(FindMail(db, id, std::string(16, 'a')), IsOk());
  EXPECT_THAT(CountReceived(db, id, absl::UnixEpoch(), 20), IsOk());
  EXPECT_THAT(session->bad, IsEmpty());
}

}  // namespace
}  // namespace hoiam::loop::testing
