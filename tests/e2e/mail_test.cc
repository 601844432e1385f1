// Mails, from a purchase to the mailbox and back: real programs, a real mail server.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "absl/strings/match.h"
#include "platform/base/clock.h"
#include "tests/e2e/api.h"
#include "tests/support/mail_server.h"

namespace hoiam::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

Suite::Env Mailing(const MailServer& server) {
  return {{"HOIAM_MAIL", server.url()}, {"HOIAM_MAIL_FROM", "khaosat@nhaen.example"}};
}

class MailTest : public ::testing::Test {
 protected:
  MailTest() : suite_(Mailing(server_)), api_(suite_.Http()) {
    api_.Patch("/v1/askPolicy", R"({"quietFrom":"07:00","quietUntil":"07:00"})");
    api_.Post("/v1/surveys?surveyId=nps", R"({"metric":"NPS","template":"nps","channels":["EMAIL"],"brand":"Nhà Én",)"
                                          R"("trigger":{"interactionTypes":["PURCHASE"]},"dailyLimit":100000})");
    api_.Post("/v1/surveys/nps:activate", "{}");
  }

  // Customers [from, to) buy; their mails are due at once.
  void Buy(int from, int to) {
    for (int at = from; at < to; at += 500) {
      std::string customers, interactions;
      for (int i = at; i < std::min(at + 500, to); ++i) {
        absl::StrAppend(&customers, i > at ? "," : "", R"({"customerId":"c)", i, R"(","email":"c)", i,
                        R"(@nhaen.example","honorific":"chị","givenName":"Lan"})");
        absl::StrAppend(&interactions, i > at ? "," : "", R"({"interactionId":"o)", i, R"(","customerId":"c)", i,
                        R"(","type":"PURCHASE","occurredAt":")", Rfc3339(Now()), "\"}");
      }
      api_.Post("/v1/customers:batchUpsert", "{\"customers\":[" + customers + "]}");
      api_.Post("/v1/interactions:batchRecord", "{\"interactions\":[" + interactions + "]}");
    }
  }

  std::vector<Json> Invitations() { return api_.List("/v1/surveys/nps/invitations", "invitations"); }

  template <class Condition>
  bool Comes(const Condition& condition, absl::Duration within = absl::Seconds(120)) {
    const absl::Time end = SystemClock().Now() + within;
    while (!condition()) {
      if (SystemClock().Now() > end) return false;
      SystemClock().Sleep(absl::Milliseconds(20));
    }
    return true;
  }

  // Every invitation is SENT, and how many mails came for each Message-ID.
  std::map<std::string, int> WaitAllSent(size_t n) {
    const bool sent = Comes([&] {
      const auto all = Invitations();
      return all.size() == n &&
             std::all_of(all.begin(), all.end(), [](const Json& i) { return i.String("state") == "SENT"; });
    });
    EXPECT_TRUE(sent);
    std::map<std::string, int> ids;
    for (const Json& m : server_.Mails()) ++ids[m.String("headers/Message-Id")];
    return ids;
  }

  MailServer server_;
  Suite suite_;
  Api api_;
};

TEST_F(MailTest, AMailIsOpenedAnsweredByOneClickAndUnsubscribedByAnother) {
  Buy(1, 2);
  ASSERT_TRUE(Comes([&] { return server_.Count() == 1; }));
  const Json mail = server_.Mails()[0];
  EXPECT_EQ(mail.String("type"), "multipart/alternative");
  EXPECT_THAT(mail.String("headers/Subject"), HasSubstr("Chị Lan"));
  EXPECT_THAT(mail.String("html"), HasSubstr("giới thiệu Nhà Én"));
  EXPECT_THAT(WaitAllSent(1), SizeIs(1));
  const std::string link = Invitations()[0].String("link");
  EXPECT_THAT(mail.String("text"), HasSubstr(link + "?a=9"));

  // A scanner follows every link: nothing happens.
  HttpClient browser(suite_.url(), "");
  for (const std::string& path : {PathOf(link), PathOf(link) + "?a=9", PathOf(link) + "/unsubscribe"})
    EXPECT_THAT(browser.Get(path), HasCode(200)) << path;
  EXPECT_EQ(Invitations()[0].String("state"), "SENT");
  EXPECT_FALSE(api_.Get("/v1/customers/c1").Bool("unsubscribed"));

  const std::string header = mail.String("headers/List-Unsubscribe");
  EXPECT_EQ(header, "<" + link + "/unsubscribe>");
  EXPECT_EQ(mail.String("headers/List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
  EXPECT_THAT(browser.Post(PathOf(link) + "/unsubscribe", "List-Unsubscribe=One-Click",
                           {{"Content-Type", "application/x-www-form-urlencoded"}}),
              HasCode(200));
  EXPECT_TRUE(api_.Get("/v1/customers/c1").Bool("unsubscribed"));
}

TEST_F(MailTest, AMailboxThatIsNotThereBounces) {
  api_.Patch("/v1/customers/c1?allowMissing=true", R"({"email":"nobody@nhaen.example"})");
  api_.Post("/v1/interactions",
            R"({"interactionId":"o1","customerId":"c1","type":"PURCHASE","occurredAt":")" + Rfc3339(Now()) + "\"}");
  ASSERT_TRUE(Comes([&] { return Invitations()[0].String("state") == "BOUNCED"; }));
  EXPECT_THAT(Invitations()[0].String("bounceReason"), HasSubstr("550"));
  EXPECT_TRUE(api_.Get("/v1/customers/c1").Bool("emailBounced"));
  EXPECT_EQ(server_.Count(), 0u);
}

TEST_F(MailTest, TwoReplicasMailEveryCustomerOnce) {
  constexpr int kCustomers = 400;
  suite_.StartReplica("survey2", "survey_service");
  suite_.WaitReady("survey2");
  Buy(0, kCustomers);
  const auto ids = WaitAllSent(kCustomers);
  EXPECT_THAT(ids, SizeIs(kCustomers));
  EXPECT_EQ(server_.Count(), static_cast<size_t>(kCustomers));
}

TEST_F(MailTest, AKillInTheMiddleOfSendingLosesNoneAndTwoOfOneMailHaveOneId) {
  constexpr int kCustomers = 600;
  Buy(0, kCustomers);
  ASSERT_TRUE(Comes([&] { return server_.Count() > 50; }));
  suite_.Kill("survey");
  const size_t before = server_.Count();
  suite_.Restart("survey");
  suite_.WaitReady("survey");
  const auto ids = WaitAllSent(kCustomers);
  EXPECT_THAT(ids, SizeIs(kCustomers));
  std::map<std::string, std::string> recipient;
  for (const Json& m : server_.Mails()) {
    const auto [it, first] = recipient.emplace(m.String("headers/Message-Id"), m.String("to/0"));
    EXPECT_EQ(it->second, m.String("to/0"));
  }
  std::printf("killed after %zu mails; %zu came in all for %d customers\n", before, server_.Count(), kCustomers);
}

}  // namespace
}  // namespace hoiam::testing
