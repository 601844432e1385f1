// What is wrong with a case's move or the playbook is told by its reason, and nothing is changed.
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "tests/e2e/loop.h"

namespace hoiam::testing {
namespace {

class BadCasesTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    mails_ = new MailServer;
    suite_ = new Suite({{"HOIAM_MAIL", mails_->url()},
                        {"HOIAM_MAIL_FROM", "cskh@nhaen.example"},
                        {"HOIAM_MAIL_REPLY_DOMAIN", "tra-loi.nhaen.example"}});
  }
  static void TearDownTestSuite() {
    delete std::exchange(suite_, nullptr);
    delete std::exchange(mails_, nullptr);
  }
  BadCasesTest()
      : api_(HttpClient(suite_->url(), suite_->MakeTenant("t" + std::to_string(++tenants_)))), cases_(api_) {}

  std::string Opened(const std::string& customer = "lan") {
    cases_.Answered("r-" + customer, customer, "delivery", 3);
    return cases_.Of(customer).String("caseId");
  }
  // Everything of the playbook.
  std::string Playbook() {
    std::string all;
    for (const char* kind : {"teams", "members", "calendars", "rootCauses", "alarmRules"})
      all += api_.Get(absl::StrCat("/v1/", kind, "?pageSize=1000")).Dump();
    return all + api_.Get("/v1/casePolicy").Dump();
  }

  static Suite* suite_;
  static MailServer* mails_;
  static int tenants_;
  Api api_;
  Cases cases_;
};

Suite* BadCasesTest::suite_ = nullptr;
MailServer* BadCasesTest::mails_ = nullptr;
int BadCasesTest::tenants_ = 0;

TEST_F(BadCasesTest, MovesOutOfOrderAndWithoutWhatTheyNeed) {
  const std::string id = Opened();
  const std::string before = cases_.Get(id).Dump();
  const struct {
    const char *verb, *body, *reason;
  } refused[] = {
      {":verify", R"({"evidence":"CUSTOMER_WORD"})", "CASE_TRANSITION_REFUSED"},
      {":close", "{}", "CASE_TRANSITION_REFUSED"},
      {":reopen", R"({"reason":"x"})", "CASE_TRANSITION_REFUSED"},
      {":resolve",
       R"({"rootCause":"delivery_no_notice","originatorTeam":"delivery","resolution":"x","customerReply":"y"})",
       "CASE_TRANSITION_REFUSED"},
      {":answerSolution", R"({"accepted":true})", "NO_SOLUTION_PROPOSED"},
      {"/messages", R"({"messageId":"m","channel":"email","text":"x"})", "NO_ADDRESS"},
  };
  for (const auto& r : refused)
    EXPECT_THAT(cases_.Try(id, r.verb, r.body), IsRefused(400, "FAILED_PRECONDITION", r.reason, "")) << r.verb;
  EXPECT_EQ(cases_.Get(id).Dump(), before) << "nothing was changed";
}

TEST_F(BadCasesTest, ResolvingWithoutACauseOrWithWhatDoesNotExist) {
  const std::string id = Opened();
  cases_.Take(id);
  const std::string before = cases_.Get(id).Dump();
  const auto resolve = [&](const std::string& cause, const std::string& team, const std::string& reply) {
    return cases_.Try(id, ":resolve",
                      absl::StrCat(R"({"rootCause":")", cause, R"(","originatorTeam":")", team,
                                   R"(","resolution":"x","customerReply":")", reply, "\"}"));
  };
  EXPECT_THAT(resolve("", "delivery", "y"), IsRefused(400, "INVALID_ARGUMENT", "REQUIRED", "rootCause"));
  EXPECT_THAT(resolve("delivery_no_notice", "", "y"), IsRefused(400, "INVALID_ARGUMENT", "REQUIRED", "originatorTeam"));
  EXPECT_THAT(resolve("nothing", "delivery", "y"),
              IsRefused(400, "INVALID_ARGUMENT", "UNKNOWN_ROOT_CAUSE", "rootCause"));
  EXPECT_THAT(resolve("delivery", "delivery", "y"),
              IsRefused(400, "INVALID_ARGUMENT", "UNKNOWN_ROOT_CAUSE", "rootCause"))
      << "a driver is no cause";
  EXPECT_THAT(resolve("delivery_no_notice", "nobody", "y"),
              IsRefused(400, "INVALID_ARGUMENT", "UNKNOWN_TEAM", "originatorTeam"));
  EXPECT_THAT(resolve("delivery_no_notice", "delivery", ""),
              IsRefused(400, "FAILED_PRECONDITION", "NEEDS_CUSTOMER_REPLY", ""));
  EXPECT_THAT(cases_.Try(id, ":assign", R"({"team":"nobody"})"),
              IsRefused(400, "INVALID_ARGUMENT", "UNKNOWN_TEAM", "team"));
  EXPECT_THAT(cases_.Try(id, ":diagnose", R"({"rootCause":"nothing"})"),
              IsRefused(400, "INVALID_ARGUMENT", "UNKNOWN_ROOT_CAUSE", "rootCause"));
  EXPECT_EQ(cases_.Get(id).Dump(), before) << "nothing was changed";
}

TEST_F(BadCasesTest, APlaybookThatContradictsItselfIsRefusedWhole) {
  api_.Patch("/v1/teams/south?allowMissing=true", R"({"teamId":"south","displayName":"Nam","escalatesTo":"cx"})");
  const std::string before = Playbook();
  const struct {
    const char *path, *body, *reason, *field;
  } refused[] = {
      {"/v1/teams/cx", R"({"escalatesTo":"south"})", "ESCALATION_CYCLE", ""},
      {"/v1/teams/region-north", R"({"parent":"cau-giay"})", "TEAM_CYCLE", ""},
      {"/v1/teams/cx", R"({"parent":"nobody"})", "UNKNOWN_TEAM", ""},
      {"/v1/rootCauses/delivery", R"({"parent":"delivery_no_notice","category":"PROCESS"})", "CAUSE_CYCLE", ""},
      {"/v1/rootCauses/delivery_no_notice", R"({"parent":"nothing"})", "UNKNOWN_ROOT_CAUSE", ""},
      {"/v1/calendars/night?allowMissing=true",
       R"({"calendarId":"night","displayName":{"vi":"Đêm"},"timeZone":"Asia/Ho_Chi_Minh",
           "hours":[{"start":"08:00","end":"17:00"}],"holidays":[{"startDate":"--01-01","endDate":"--12-31"}]})",
       "NO_WORKING_TIME", ""},
      {"/v1/calendars/empty?allowMissing=true",
       R"({"calendarId":"empty","displayName":{"vi":"Trống"},"timeZone":"Asia/Ho_Chi_Minh"})", "REQUIRED", ""},
      {"/v1/alarmRules/detractor", R"({"enabled":false})", "RULE_REQUIRED", ""},
      {"/v1/casePolicy", R"({"defaultTeam":"nobody"})", "UNKNOWN_TEAM", ""},
  };
  for (const auto& r : refused)
    EXPECT_THAT(api_.http().Patch(r.path, r.body), IsRefused(400, "INVALID_ARGUMENT", r.reason, r.field)) << r.path;
  EXPECT_EQ(Playbook(), before) << "nothing was changed";
}

TEST_F(BadCasesTest, ARuleThatMatchesEverythingIsToldAndNeedsConfirmation) {
  const std::string path = "/v1/alarmRules/all?allowMissing=true", before = Playbook();
  const std::string body = R"({"ruleId":"all","displayName":{"vi":"Mọi câu"},"rank":400,"priority":"P3"})";
  const Answer told = api_.http().Patch(path, body);
  EXPECT_EQ(told.reason(), "MATCHES_EVERYTHING") << told;
  EXPECT_EQ(told.code, 400);
  EXPECT_EQ(Playbook(), before) << "nothing was changed";
  EXPECT_EQ(api_.Patch(path + "&confirm=true", body).String("ruleId"), "all");
  cases_.Answered("r9", "lan", "delivery", 9);
  EXPECT_EQ(cases_.Of("lan").String("kind"), "PROMOTER") << "what was confirmed is done";
}

TEST_F(BadCasesTest, MailsThatAreNotTheCustomersOrWouldGoRoundForEver) {
  api_.Patch("/v1/customers/lan?allowMissing=true", R"({"customerId":"lan","email":"lan@khach.example"})");
  const std::string id = Opened();
  cases_.Move(id, ":acknowledge");
  cases_.Move(id, "/messages", R"({"messageId":"m1","channel":"email","text":"Em chào chị"})");
  const auto to_lan = [&] { return MailsTo(*mails_, "lan@khach.example"); };
  ASSERT_TRUE(Eventually([&] { return to_lan().size() >= 2; })) << "thanks, and the message";
  const std::string reply_to = to_lan().back().String("headers/Reply-To");
  const auto mail = [&](const std::string& from, const std::string& to, const std::string& headers) {
    const std::string raw = absl::StrCat("From: ", from, "\r\nTo: ", to, "\r\nSubject: Re: x\r\n", headers,
                                         "Content-Type: text/plain\r\n\r\nok\r\n");
    return api_.http().Post("/v1/mails:receive", absl::StrCat(R"({"mail":")", absl::Base64Escape(raw),
                                                              R"(","envelopeFrom":")", from, "\"}"));
  };
  const size_t messages = api_.List("/v1/cases/" + id + "/messages", "messages").size();
  EXPECT_THAT(mail("ai-do@khac.example", reply_to, "Message-ID: <1@khac.example>\r\n"),
              IsRefused(403, "PERMISSION_DENIED", "SENDER_UNKNOWN", ""));
  EXPECT_THAT(mail("lan@khach.example", "case+khongco@tra-loi.nhaen.example", "Message-ID: <2@khach.example>\r\n"),
              IsRefused(404, "NOT_FOUND", "REPLY_ADDRESS_UNKNOWN", ""));
  EXPECT_THAT(mail("cskh@nhaen.example", reply_to, "Message-ID: <3@nhaen.example>\r\n"),
              IsRefused(400, "FAILED_PRECONDITION", "MAIL_LOOP", ""));
  EXPECT_EQ(api_.List("/v1/cases/" + id + "/messages", "messages").size(), messages) << "nothing was changed";
  const Answer machine =
      mail("lan@khach.example", reply_to, "Message-ID: <4@khach.example>\r\nAuto-Submitted: auto-replied\r\n");
  EXPECT_EQ(machine.code, 200) << machine;
  EXPECT_TRUE(machine.json().Bool("message/autoReply"));
  EXPECT_EQ(cases_.Get(id).String("state"), "IN_PROGRESS") << "a machine's answer is nobody's";
}

}  // namespace
}  // namespace hoiam::testing
