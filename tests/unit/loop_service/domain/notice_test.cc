// Who is written to about a case, what the mails say, and the links in them.
#include "loop_service/domain/notice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "loop_service/domain/case_link.h"
#include "loop_service/domain/conversation.h"
#include "loop_service/domain/notice_text.h"

namespace hoiam::loop {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const absl::Time kNow = absl::FromUnixSeconds(1'795'312'800);  // 09:00, 22/11/2026 in Vietnam

Playbook MakePlaybook(bool thank = true) {
  Playbook::Parts parts;
  parts.teams["cskh"] = {.id = "cskh", .display_name = "CSKH", .email = "cskh@shop.example"};
  parts.teams["boss"] = {.id = "boss", .display_name = "Sếp", .email = "boss@shop.example"};
  parts.teams["quiet"] = {.id = "quiet", .display_name = "Im"};
  parts.members["minh"] = {.id = "minh", .display_name = "Minh", .email = "minh@shop.example"};
  parts.members["away"] = {
      .id = "away", .email = "away@shop.example", .absences = {{kNow - absl::Hours(1), kNow + absl::Hours(1), "minh"}}};
  Calendar& calendar = parts.calendars["vn"];
  calendar.zone = absl::FixedTimeZone(7 * 3600);
  parts.policy.default_team = "cskh";
  parts.policy.default_calendar = "vn";
  parts.policy.thank_customer = thank;
  parts.policy.brand = "Nhà Én";
  return Playbook(std::move(parts));
}

Case MakeCase() {
  Case c;
  c.case_id = std::string(16, 'c');
  c.customer_id = "lan";
  c.team = "cskh";
  c.create_time = kNow;
  c.acknowledge_by = c.contact_by = c.resolve_by = kNow + absl::Hours(8);
  c.answers.push_back({.response_id = "r", .metric = "NPS", .score = 3, .comment = "Giao trễ, gọi 0912 345 678"});
  Record(c, kSystemActor, kActionOpen, CaseState::kNew, "NPS 3", kNow);
  return c;
}

std::vector<std::string> Mails(const Case& c, int64_t since, const Playbook& playbook = MakePlaybook()) {
  std::vector<std::string> out;
  for (const Notice& n : NoticesAbout(c, since, playbook, kNow)) out.push_back(absl::StrCat(Name(n.kind), " ", n.to));
  return out;
}

TEST(NoticeTest, ANewCaseIsToldToItsTeamAndThanksItsCustomer) {
  Case c = MakeCase();
  EXPECT_THAT(Mails(c, 0), ElementsAre("THANKS ", "OPENED cskh@shop.example"));
  EXPECT_THAT(Mails(c, 1), IsEmpty()) << "it was told";
  c.owner = "minh";
  EXPECT_THAT(Mails(c, 0), ElementsAre("THANKS ", "OPENED minh@shop.example", "OPENED cskh@shop.example"));
  EXPECT_THAT(Mails(c, 0, MakePlaybook(false)), Not(::testing::Contains("THANKS ")));
  c.customer_id.clear();
  EXPECT_THAT(Mails(c, 0), Not(::testing::Contains("THANKS ")));
}

TEST(NoticeTest, WhoOnlySawItComingIsNotThanked) {
  Case c = MakeCase();
  c.origin = CaseOrigin::kProactive;
  EXPECT_THAT(Mails(c, 0), ElementsAre("OPENED cskh@shop.example"));
}

TEST(NoticeTest, EscalationsGoToTheTeamTheyName) {
  Case c = MakeCase();
  Record(c, kSystemActor, kActionEscalate, CaseState::kNew, "boss", kNow);
  EXPECT_THAT(Mails(c, 1), ElementsAre("ESCALATED boss@shop.example"));
  Record(c, kSystemActor, kActionEscalate, CaseState::kNew, "quiet", kNow);
  EXPECT_THAT(Mails(c, 2), IsEmpty()) << "it has no address";
}

TEST(NoticeTest, TheOwnerHearsOfTheCustomerOrWhoStandsIn) {
  Case c = MakeCase();
  c.owner = "away";
  HearCustomer(c, kCustomerActor, "email", kNow);
  EXPECT_THAT(Mails(c, 1), ElementsAre("CUSTOMER_MESSAGE minh@shop.example"));
  c.owner.clear();
  EXPECT_THAT(Mails(c, 1), ElementsAre("CUSTOMER_MESSAGE cskh@shop.example"));
}

TEST(NoticeTest, NobodyIsToldWhatTheyDidThemselves) {
  Case c = MakeCase();
  c.owner = "minh";
  Record(c, "minh", "assign", CaseState::kNew, "", kNow);
  EXPECT_THAT(Mails(c, 1), IsEmpty());
  Record(c, "lead", "assign", CaseState::kNew, "", kNow);
  EXPECT_THAT(Mails(c, 2), ElementsAre("ASSIGNED minh@shop.example"));
}

TEST(NoticeTest, TheCustomerHearsWhatWasDoneEachTimeItIs) {
  Case c = MakeCase();
  Record(c, "minh", "resolve", CaseState::kResolved, "đã giao lại", kNow);
  EXPECT_THAT(Mails(c, 1), ElementsAre("DONE "));
  Record(c, "minh", "verify", CaseState::kVerified, "", kNow);
  EXPECT_THAT(Mails(c, 2), IsEmpty());
}

TEST(NoticeTest, EveryKindHasItsNameAndIsFoundByIt) {
  for (int k = 1; k <= static_cast<int>(NoticeKind::kReopened); ++k) {
    const auto kind = static_cast<NoticeKind>(k);
    EXPECT_EQ(NoticeKindOf(Name(kind)), kind);
  }
  EXPECT_FALSE(NoticeKindOf("SOMETHING"));
}

TEST(NoticeTextTest, CustomersAreAddressedAsTheyAre) {
  const Case c = MakeCase();
  const MailText vi =
      WriteToCustomer(NoticeKind::kThanks, c, MakePlaybook(), {"vi", "Chị", "Lan"}, {}, "https://x/c/t", kNow);
  EXPECT_EQ(vi.subject, "Nhà Én đã nhận được góp ý của chị Lan");
  EXPECT_THAT(vi.text, HasSubstr("Chào chị Lan,"));
  EXPECT_THAT(vi.text, HasSubstr("Cảm ơn chị đã nói thẳng. CSKH sẽ liên hệ trước 17:00, 22/11/2026."));
  EXPECT_THAT(vi.text, HasSubstr("https://x/c/t?lang=vi"));
  EXPECT_THAT(vi.html, HasSubstr("href=\"https://x/c/t?lang=vi\""));
  const MailText nobody =
      WriteToCustomer(NoticeKind::kThanks, c, MakePlaybook(), {"vi", "", "Lan"}, {}, "https://x/c/t", kNow);
  EXPECT_THAT(nobody.text, HasSubstr("Chào anh/chị,"));
  const MailText en =
      WriteToCustomer(NoticeKind::kThanks, c, MakePlaybook(), {"en", "", "Lan"}, {}, "https://x/c/t", kNow);
  EXPECT_THAT(en.text, HasSubstr("Hello Lan,"));
  EXPECT_THAT(en.text, HasSubstr("CSKH will get in touch with you before 17:00, 22/11/2026."));
  EXPECT_EQ(MailLanguage(""), "vi");
  EXPECT_EQ(MailLanguage("vi-VN"), "vi");
  EXPECT_EQ(MailLanguage("de"), "en");
}

TEST(NoticeTextTest, APromiseThatIsOverIsNotMade) {
  Case c = MakeCase();
  c.contact_by = kNow;
  EXPECT_THAT(WriteToCustomer(NoticeKind::kThanks, c, MakePlaybook(), {"vi", "", ""}, {}, "l", kNow).text,
              HasSubstr("CSKH đang xử lý ạ."));
}

TEST(NoticeTextTest, YouSaidWeDid) {
  Case c = MakeCase();
  c.answers[0].comment = "Giao trễ <script>";
  c.resolution = "Đã giao lại & hoàn phí";
  const MailText m = WriteToCustomer(NoticeKind::kDone, c, MakePlaybook(), {"vi", "anh", "Nam"}, {}, "l", kNow);
  EXPECT_THAT(m.text, HasSubstr("Ngày 22/11/2026, anh có góp ý:\n“Giao trễ <script>”"));
  EXPECT_THAT(m.text, HasSubstr("Chúng tôi đã làm:\n“Đã giao lại & hoàn phí”"));
  EXPECT_THAT(m.text, HasSubstr("Đến nay việc này đã ổn chưa ạ?"));
  EXPECT_THAT(m.html, Not(HasSubstr("<script>")));
  EXPECT_THAT(m.html, HasSubstr("&amp; hoàn phí"));
}

TEST(NoticeTextTest, StaffMailsHoldNoPhoneAndNoAddress) {
  const MailText m = WriteToStaff(NoticeKind::kOpened, MakeCase(), MakePlaybook(), "NPS 3");
  EXPECT_THAT(m.subject, HasSubstr("[P3] Cảnh báo khẩn: có phiếu mới, cần tiếp nhận trước 17:00, 22/11/2026 · NPS 3"));
  EXPECT_THAT(m.text, HasSubstr("New case, to be acknowledged by 17:00, 22/11/2026"));
  EXPECT_THAT(m.text, HasSubstr("Giao trễ, gọi •••"));
  EXPECT_THAT(m.text, Not(HasSubstr("0912")));
  for (int k = static_cast<int>(NoticeKind::kOpened); k <= static_cast<int>(NoticeKind::kReopened); ++k) {
    const MailText each = WriteToStaff(static_cast<NoticeKind>(k), MakeCase(), MakePlaybook(), "CONTACT");
    EXPECT_GT(each.subject.size(), 10u) << k;
    EXPECT_THAT(each.text, Not(HasSubstr("0912"))) << k;
  }
}

TEST(NoticeTextTest, ContactsAreHiddenAndNumbersThatAreNoneStay) {
  EXPECT_EQ(WithoutContacts("gọi 0912345678."), "gọi •••.");
  EXPECT_EQ(WithoutContacts("(+84) 912-345-678 nhé"), "(••• nhé");
  EXPECT_EQ(WithoutContacts("mail lan.nguyen@example.com, cảm ơn"), "mail •••, cảm ơn");
  EXPECT_EQ(WithoutContacts("12.500.000 ₫, đơn 4521, 10 điểm"), "12.500.000 ₫, đơn 4521, 10 điểm");
  EXPECT_EQ(WithoutContacts("giảm 5@ nhé"), "giảm 5@ nhé");
  EXPECT_EQ(WithoutContacts(""), "");
}

TEST(CaseLinksTest, ATokenOpensItsCaseAndNothingElseDoes) {
  const CaseLinks links("a key of thirty-two bytes or more", "https://hoi.example", "reply.hoi.example");
  const std::string id(16, '\x07');
  const std::string token = links.StatusToken("demo", id);
  const auto holder = links.ReadStatusToken(token);
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->tenant, "demo");
  EXPECT_EQ(holder->case_id, id);
  EXPECT_EQ(links.StatusLink("demo", id), "https://hoi.example/c/" + token);
  for (size_t at = 0; at < token.size(); ++at) {
    std::string other = token;
    other[at] = other[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(links.ReadStatusToken(other)) << at;
  }
  EXPECT_FALSE(links.ReadStatusToken(""));
  EXPECT_FALSE(links.ReadStatusToken(token + token));
  EXPECT_FALSE(CaseLinks("another key", "", "").ReadStatusToken(token));
  EXPECT_LE(links.StatusToken(std::string(64, 't'), id).size(), 128u);
}

TEST(CaseLinksTest, AReplyAddressLeadsToItsCaseWithItsTenantOnly) {
  const CaseLinks links("a key of thirty-two bytes or more", "https://hoi.example", "reply.hoi.example");
  const std::string id(16, '\x07');
  const std::string address = links.ReplyAddress("demo", id);
  EXPECT_LE(address.find('@'), 64u);
  EXPECT_EQ(links.CaseOfAddress("demo", address), id);
  EXPECT_EQ(links.CaseOfAddress("demo", absl::AsciiStrToUpper(address)), id) << "servers may change the case";
  EXPECT_EQ(links.CaseOfAddress("demo", "case+" + links.ReplyToken("demo", id) + ".0123@shop.example"), id);
  EXPECT_FALSE(links.CaseOfAddress("other", address));
  EXPECT_FALSE(links.CaseOfAddress("demo", "case@reply.hoi.example"));
  EXPECT_FALSE(links.CaseOfAddress("demo", "case+x@reply.hoi.example"));
  EXPECT_FALSE(links.CaseOfAddress("demo", ""));
  EXPECT_EQ(CaseLinks("k", "", "").ReplyAddress("demo", id), "");
}

TEST(ConversationTest, AYesMeansWhatWasAsked) {
  Case c = MakeCase();
  EXPECT_EQ(WordOf(c, true), Word::kNone);
  c.solution = Solution{"x", SolutionState::kProposed, "minh", kNow, std::nullopt};
  EXPECT_EQ(WordOf(c, true), Word::kAccepts);
  EXPECT_EQ(WordOf(c, false), Word::kDeclines);
  c.solution->state = SolutionState::kAccepted;
  EXPECT_EQ(WordOf(c, true), Word::kNone);
  c.state = CaseState::kResolved;
  EXPECT_EQ(WordOf(c, true), Word::kSettled);
  EXPECT_EQ(WordOf(c, false), Word::kUnsettled);
}

TEST(ConversationTest, TheCustomersWordsEndTheWaitAndAreHeardInEveryState) {
  for (const CaseState state : kCaseStates) {
    Case c = MakeCase();
    c.state = state;
    HearCustomer(c, kCustomerActor, "email", kNow);
    EXPECT_EQ(c.state, state == CaseState::kWaitingCustomer ? CaseState::kInProgress : state) << Name(state);
    EXPECT_EQ(c.messages, 1);
    EXPECT_EQ(c.last_customer_message_at, kNow);
    Case told = MakeCase();
    told.state = state;
    EXPECT_EQ(TellCustomer(told, "minh", "email", true, kNow), IsOpen(state));
    EXPECT_EQ(told.state, IsOpen(state) ? CaseState::kWaitingCustomer : state);
  }
}

}  // namespace
}  // namespace hoiam::loop
