// One unhappy customer, from the alarm to the promoter: answer, alarm, escalation, conversation, solution, resolve, the
// recovery survey two weeks later, verification. Real programs and a real mail server, on a clock that the test moves.
#include <gtest/gtest.h>

#include <regex>

#include "absl/strings/escaping.h"
#include "tests/e2e/loop.h"

namespace hoiam::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

constexpr absl::Duration kTwoWeeks = absl::Hours(14 * 24);

Suite::Env Settings(const MailServer& server) {
  return {{"HOIAM_MAIL", server.url()},
          {"HOIAM_MAIL_FROM", "khaosat@nhaen.example"},
          {"HOIAM_MAIL_REPLY_DOMAIN", "tra-loi.nhaen.example"},
          {"HOIAM_WEBHOOK_ALLOW", "127.0.0.1"}};
}

class RecoveredCustomerTest : public ::testing::Test {
 protected:
  RecoveredCustomerTest() : suite_(Settings(mails_), Suite::Time::kMovable), api_(suite_.Http()), cases_(api_) {
    api_.Patch("/v1/askPolicy", R"({"quietFrom":"07:00","quietUntil":"07:00"})");
    api_.Patch("/v1/teams/cskh", R"({"email":"cskh@nhaen.example","escalatesTo":"cx"})");
    api_.Patch("/v1/teams/cx", R"({"email":"cx@nhaen.example"})");
    api_.Patch("/v1/casePolicy", R"({"brand":"Nhà Én"})");
    api_.Patch("/v1/customers/lan?allowMissing=true",
               R"({"customerId":"lan","email":"lan@khach.example","honorific":"chị","givenName":"Lan"})");
    api_.Post("/v1/surveys?surveyId=service", R"({"metric":"NPS","template":"nps","scope":"SERVICE"})");
    api_.Post("/v1/surveys/service:activate", "{}");
    api_.Post("/v1/surveys?surveyId=recovery",
              R"({"template":"recovery","metric":"NPS","recovery":true,"channels":["LINK"],
                  "trigger":{"on":"CASE_RESOLVED","delay":"1209600s"}})");
    api_.Post("/v1/surveys/recovery:activate", "{}");
    const std::string secret = api_.Post("/v1/webhooks", R"({"webhookId":"crm","url":")" + hooks_.Url("/crm") +
                                                             R"(","eventTypes":["case.opened","case.moved"]})")
                                   .String("secret");
    hooks_.Secrets("/crm", {secret});
  }

  // Moves the clock to when the recovery survey of a case that was just resolved is due. Survey must have heard of it:
  // what it hears of two weeks late is too old to be asked about.
  void TwoWeeksLater() {
    EXPECT_TRUE(Eventually([&] {
      for (const Json& i : api_.List("/v1/surveys/recovery/invitations", "invitations"))
        if (i.String("state") == "SCHEDULED") return true;
      return false;
    }));
    suite_.Advance(kTwoWeeks);
  }
  // Moves the clock to right after `t`.
  void MoveTo(absl::Time t) {
    suite_.Advance(absl::Ceil(t - suite_.clock().Now(), absl::Seconds(1)) + absl::Seconds(1));
  }
  // A mail of the customer's in answer to `mail`, as the company's mail server hands it over.
  Json Replies(const Json& mail, const std::string& text) {
    std::smatch address;
    const std::string reply_to = mail.String("headers/Reply-To");
    EXPECT_TRUE(std::regex_search(reply_to, address, std::regex("case\\+[^@>]+@[^> ]+"))) << mail.Dump();
    const std::string raw = absl::StrCat(
        "From: =?UTF-8?Q?Nguy=E1=BB=85n_Th=E1=BB=8B_Lan?= <lan@khach.example>\r\nTo: ", address.str(),
        "\r\nSubject: Re: ", "Nha En\r\nMessage-ID: <reply-1@khach.example>\r\nIn-Reply-To: ",
        mail.String("headers/Message-Id"),
        "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n",
        text, "\r\n\r\n> Em xin lỗi chị.\r\n");
    return api_.Post("/v1/mails:receive",
                     absl::StrCat(R"({"mail":")", absl::Base64Escape(raw),
                                  R"(","envelopeFrom":"lan@khach.example","envelopeTo":")", address.str(), "\"}"));
  }

  MailServer mails_;
  WebhookReceiver hooks_;
  Suite suite_;
  Api api_;
  Cases cases_;
};

TEST_F(RecoveredCustomerTest, ADetractorIsHeardHelpedAskedAgainAndBecomesAPromoter) {
  // The answer rings: event, mail to the team, thanks to the customer.
  api_.Post("/v1/responses", R"({"responseId":"r1","surveyId":"service","customerId":"lan","metric":"NPS","score":2,
                                 "comment":"Hẹn giao thứ hai mà thứ sáu mới tới, gọi không ai nghe máy"})");
  const Json opened = cases_.Of("lan");
  const std::string id = opened.String("caseId");
  EXPECT_EQ(opened.String("state"), "NEW");
  EXPECT_EQ(opened.String("kind"), "DETRACTOR");
  EXPECT_EQ(opened.String("team"), "cskh");
  EXPECT_EQ(opened.Size("answers"), 1u);
  EXPECT_NE(opened.String("answers/0/rule"), "");
  const auto events = hooks_.WaitFor("/crm", 1);
  EXPECT_EQ(events[0].String("type"), "case.opened");
  EXPECT_TRUE(events[0].Bool("verified/0"));
  ASSERT_TRUE(Eventually([&] { return MailsTo(mails_, "cskh@nhaen.example").size() == 1; })) << "the team is told";
  EXPECT_THAT(MailsTo(mails_, "cskh@nhaen.example")[0].String("text"), HasSubstr("thứ sáu mới tới"));
  ASSERT_TRUE(Eventually([&] { return MailsTo(mails_, "lan@khach.example").size() == 1; }))
      << "the customer is thanked";
  EXPECT_THAT(MailsTo(mails_, "lan@khach.example")[0].String("text"), HasSubstr("Nhà Én"));

  // Nobody takes it: the next team up the chain is told, once, and the deadline is marked missed.
  MoveTo(opened.Time("acknowledgeBy"));
  Json c = cases_.Until(id, "escalation", [](const Json& now) { return now.Size("escalatedTo") > 0; });
  EXPECT_EQ(c.String("escalatedTo/0"), "cx");
  EXPECT_EQ(Lines(c, "escalate").size(), 1u);
  c = cases_.Until(id, "overdue", [](const Json& now) { return !Lines(now, "overdue").empty(); });
  EXPECT_EQ(c.String("overdue/0"), "ACKNOWLEDGE");
  EXPECT_TRUE(Eventually([&] { return !MailsTo(mails_, "cx@nhaen.example").empty(); }));

  // Taken, and talked about with the customer.
  c = cases_.Move(id, ":acknowledge", R"({"note":"Em nhận ạ"})");
  EXPECT_EQ(c.String("state"), "ACKNOWLEDGED");
  EXPECT_NE(c.String("owner"), "");
  c = cases_.Move(id, "/messages", R"({"messageId":"m1","channel":"email","awaitReply":true,
        "text":"Em xin lỗi chị Lan. Chị muốn nhận lại hàng hay hoàn tiền ạ?"})");
  EXPECT_EQ(c.String("state"), "WAITING_CUSTOMER");
  ASSERT_TRUE(Eventually([&] { return MailsTo(mails_, "lan@khach.example").size() == 2; }));
  const Json asked = MailsTo(mails_, "lan@khach.example")[1];
  EXPECT_THAT(asked.String("text"), HasSubstr("nhận lại hàng hay hoàn tiền"));
  const Json reply = Replies(asked, "Chị muốn giao lại vào buổi tối.");
  EXPECT_EQ(reply.String("caseId"), id);
  EXPECT_EQ(reply.String("message/text"), "Chị muốn giao lại vào buổi tối.") << "without what it quotes";
  EXPECT_EQ(reply.String("message/direction"), "IN");
  c = cases_.Get(id);
  EXPECT_EQ(c.String("state"), "IN_PROGRESS") << "the customer's answer ends the wait";
  EXPECT_EQ(api_.List("/v1/cases/" + id + "/messages", "messages").size(), 2u)
      << "what was written to each other; the thanks are ours";

  // Understood, proposed, agreed, made up for, solved.
  cases_.Move(id, "/needs", R"({"needId":"n1","kind":"NEED","text":"Nhận hàng sau 18 giờ"})");
  cases_.Move(id, ":diagnose", R"({"rootCause":"delivery_late_partner","originatorTeam":"delivery-partner"})");
  cases_.Move(id, ":proposeSolution", R"({"text":"Giao lại tối nay, hoàn phí giao"})");
  cases_.Move(id, ":answerSolution", R"({"accepted":true})");
  c = cases_.Move(id, ":compensate", R"({"compensation":{"type":"REFUND","amount":"50000","currency":"VND",
        "approvedBy":"minh"}})");
  EXPECT_EQ(c.String("compensation/amount"), "50000");
  EXPECT_EQ(c.String("solution/state"), "ACCEPTED");
  const std::string team = c.String("team");
  c = cases_.Move(id, ":resolve", R"({"rootCause":"delivery_late_partner","originatorTeam":"delivery-partner",
        "resolution":"Đã giao lại, đổi đối tác tuyến này","customerReply":"Chị nhận được rồi, cảm ơn em"})");
  EXPECT_EQ(c.String("state"), "RESOLVED");
  EXPECT_EQ(c.String("team"), team) << "who handled it stays";
  EXPECT_EQ(c.String("originatorTeam"), "delivery-partner");
  EXPECT_EQ(c.String("compensation/approvedBy"), "minh") << "resolving does not take it away";

  // Two weeks later the customer is asked again, and is happy.
  TwoWeeksLater();
  Json invitation;
  ASSERT_TRUE(Eventually([&] {
    for (const Json& i : api_.List("/v1/surveys/recovery/invitations", "invitations"))
      if (i.String("state") == "CREATED") invitation = i;
    return invitation.Has("invitationId");
  })) << "the recovery survey is asked";
  EXPECT_EQ(invitation.String("caseId"), id);
  api_.Post("/v1/responses", R"({"responseId":"r2","invitationId":")" + invitation.String("invitationId") +
                                 R"(","score":9,"comment":"Lần này giao đúng hẹn, cảm ơn shop"})");
  const std::string answered = api_.token();
  EXPECT_EQ(cases_.Where("open = true").size(), 0u) << "a recovery answer opens nothing";
  c = cases_.Get(id);
  EXPECT_EQ(c.String("state"), "VERIFIED");
  EXPECT_EQ(c.String("verification"), "SCORE");
  EXPECT_EQ(c.Size("answers"), 2u);
  EXPECT_TRUE(c.Bool("answers/1/recovery"));
  c = cases_.Move(id, ":close");
  EXPECT_EQ(c.String("state"), "CLOSED");
  for (size_t i = 0; i < c.Size("history"); ++i)
    EXPECT_EQ(c.Int(absl::StrCat("history/", i, "/version")), static_cast<int64_t>(i) + 1) << c.Dump("history");

  // The figures say so.
  const Json moved = api_.Get(
      "/v1/scores:migration?metric=NPS&scope=SERVICE&startTime=" + Rfc3339(suite_.clock().Now() - absl::Hours(24)) +
      "&consistencyToken=" + Escape(answered));
  int64_t promoted = 0;
  for (const Json& m : moved.Items("moves"))
    if (m.String("from") == "detractors" && m.String("to") == "promoters") promoted = m.Int("people");
  EXPECT_EQ(promoted, 1) << moved.Dump();
  EXPECT_DOUBLE_EQ(moved.Number("recoveryPercent"), 100);
  const Json rate = api_.Get("/v1/loopRate").At("rows/0");
  EXPECT_EQ(rate.Int("recovered"), 1) << rate.Dump();
  EXPECT_EQ(rate.Int("saidTwice"), 0);
  EXPECT_THAT(Each(hooks_.Received("/crm"), "type"), Contains("case.moved"));
}

TEST_F(RecoveredCustomerTest, ALowRecoveryAnswerReopensTheSameCaseWithItsHistory) {
  cases_.Answered("r1", "lan", "delivery", 3, "Giao trễ");
  const std::string id = cases_.Of("lan").String("caseId");
  cases_.Take(id);
  cases_.Resolve(id, "delivery_late_partner");
  TwoWeeksLater();
  std::string invitation;
  ASSERT_TRUE(Eventually([&] {
    for (const Json& i : api_.List("/v1/surveys/recovery/invitations", "invitations"))
      if (i.String("state") == "CREATED") invitation = i.String("invitationId");
    return !invitation.empty();
  }));
  api_.Post("/v1/responses", R"({"responseId":"r2","invitationId":")" + invitation + R"(","score":1})");
  const Json c = cases_.Of("lan");
  EXPECT_EQ(c.String("caseId"), id) << "the same case";
  EXPECT_EQ(c.String("state"), "REOPENED");
  EXPECT_EQ(c.Size("answers"), 2u);
  EXPECT_EQ(c.String("answers/1/role"), "ATTACHED");
  EXPECT_GT(c.Time("acknowledgeBy"), suite_.clock().Now()) << "with a new promise";
  EXPECT_EQ(Lines(c, "resolve").size(), 1u) << "what was done is still told";
}

TEST_F(RecoveredCustomerTest, SilenceAfterTheRecoverySurveyVerifiesAsSilenceAndNothingMore) {
  cases_.Answered("r1", "lan", "delivery", 3);
  const std::string id = cases_.Of("lan").String("caseId");
  cases_.Take(id);
  const Json resolved = cases_.Resolve(id, "delivery_late_partner");
  cases_.Answered("r2", "minh", "delivery", 3);
  const std::string neglected = cases_.Of("minh").String("caseId");
  TwoWeeksLater();
  cases_.Until(neglected, "what is due by now is done", [](const Json& now) { return now.Size("overdue") == 3; });
  EXPECT_EQ(cases_.Get(id).String("state"), "RESOLVED") << "the customer still has two weeks to answer";
  MoveTo(resolved.Time("verifyAt"));
  const Json c = cases_.Until(id, "silence", [](const Json& now) { return now.String("state") == "VERIFIED"; });
  EXPECT_EQ(c.String("verification"), "SILENCE") << "never the customer's word";
}

TEST_F(RecoveredCustomerTest, AWaitForTheCustomerEndsByItselfAndTheDeadlinesStoodStill) {
  cases_.Answered("r1", "lan", "delivery", 3);
  const std::string id = cases_.Of("lan").String("caseId");
  cases_.Move(id, ":acknowledge");
  const Json waiting =
      cases_.Move(id, ":contact", R"({"channel":"phone","note":"Nhắn lại sau","outcome":"AWAITING_REPLY"})");
  ASSERT_EQ(waiting.String("state"), "WAITING_CUSTOMER");
  MoveTo(waiting.Time("waitUntil"));
  const Json c = cases_.Until(id, "goes on", [](const Json& now) { return now.String("state") == "IN_PROGRESS"; });
  EXPECT_GE(c.Time("resolveBy") - waiting.Time("resolveBy"), absl::Hours(7 * 24) - absl::Minutes(1));
  EXPECT_EQ(Lines(c, "resume").size(), 1u);
}

}  // namespace
}  // namespace hoiam::testing
