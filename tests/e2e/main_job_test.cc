// The main job over REST, step by step, on the real programs. The same over gRPC is main_job_grpc_test.cc.
#include <gtest/gtest.h>

#include <cmath>

#include "platform/base/clock.h"
#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class MainJobTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }

  // Every test has a tenant of its own, so that figures are its own.
  MainJobTest()
      : api_(HttpClient(suite_->url(), suite_->MakeTenant("t" + std::to_string(++tenants_)))),
        browser_(suite_->url(), "") {}

  Json Buy(const std::string& id, const std::string& customer, const std::string& amount, absl::Time at = Now(),
           const std::string& currency = "VND", const std::string& type = "PURCHASE",
           const std::string& touchpoint = "store.checkout") {
    return api_.Post("/v1/interactions",
                     absl::StrCat(R"({"interactionId":")", id, R"(","customerId":")", customer, R"(","type":")", type,
                                  R"(","touchpoint":")", touchpoint, R"(","channel":"store","occurredAt":")",
                                  Rfc3339(at), R"(","amount":")", amount, R"(","currency":")", currency, R"("})"));
  }

  Json Answered(const std::string& id, const std::string& customer, const std::string& metric, int score,
                const std::string& more = "") {
    return api_.Post("/v1/responses", absl::StrCat(R"({"responseId":")", id, R"(","customerId":")", customer,
                                                   R"(","metric":")", metric, R"(","score":)", score, more, "}"));
  }

  static Suite* suite_;
  static int tenants_;
  Api api_;
  HttpClient browser_;
};

Suite* MainJobTest::suite_ = nullptr;
int MainJobTest::tenants_ = 0;

TEST_F(MainJobTest, ACustomerAndInteractionsAreRecorded) {
  const Json lan = api_.Patch(
      "/v1/customers/lan?allowMissing=true",
      R"({"displayName":"Nguyễn Thị Lan","honorific":"chị","givenName":"Lan","email":"lan@nhaen.example","phone":"0912000001",)"
      R"("locale":"vi","timeZone":"Asia/Ho_Chi_Minh","segment":"VIP","properties":{"city":"Hà Nội","visits":3,"app":true}})");
  EXPECT_EQ(lan.String("customerId"), "lan");
  EXPECT_EQ(lan.String("displayName"), "Nguyễn Thị Lan");
  EXPECT_EQ(lan.Dump("properties/visits"), "3");
  EXPECT_TRUE(lan.Bool("properties/app"));
  EXPECT_EQ(lan.Int("revision"), 1);
  EXPECT_EQ(api_.Get("/v1/customers/lan").Dump(), lan.Dump());

  const absl::Time at = Now() - absl::Hours(2);
  const Json bought = Buy("order-1", "lan", "1250000", at);
  EXPECT_EQ(bought.String("interaction/amount"), "1250000");
  EXPECT_EQ(bought.Time("interaction/occurredAt"), at);
  EXPECT_FALSE(bought.Bool("interaction/voided"));
  EXPECT_EQ(bought.Dump("dispatch"), "[]");
  EXPECT_EQ(bought.String("consistencyToken"), api_.token());
  EXPECT_EQ(api_.Get("/v1/interactions/order-1").Dump(), bought.Dump("interaction"));

  const Json batch = api_.Post(
      "/v1/interactions:batchRecord",
      absl::StrCat(
          R"({"interactions":[{"interactionId":"order-2","customerId":"minh","type":"PURCHASE","occurredAt":")",
          Rfc3339(at), R"("},{"interactionId":"order-3","customerId":"lan","type":"DELIVERY","occurredAt":")",
          Rfc3339(at), R"(","customer":{"segment":"Thân thiết"}}]})"));
  ASSERT_EQ(batch.Size("results"), 2u) << batch.Dump();
  EXPECT_EQ(batch.String("results/0/interactionId"), "order-2");
  EXPECT_EQ(batch.Int("results/0/status/code"), 0);
  EXPECT_EQ(batch.Int("results/1/status/code"), 0);
  EXPECT_EQ(api_.Get("/v1/customers/minh").String("customerId"), "minh") << "an unknown customer becomes a bare one";
  EXPECT_EQ(api_.Get("/v1/customers/lan").String("segment"), "Thân thiết");
  EXPECT_EQ(api_.Get("/v1/customers/lan").String("givenName"), "Lan") << "an upsert sets only what is present";
}

TEST_F(MainJobTest, ATriggeredSurveyInvitesOnceAndSaysWhyNotAgain) {
  api_.ActiveSurvey("after-purchase", "NPS", R"({"interactionTypes":["PURCHASE"],"touchpoints":["store"]})");
  api_.ActiveSurvey("after-delivery", "CSAT", R"({"interactionTypes":["DELIVERY"]})");

  const Json first = Buy("order-1", "lan", "100");
  ASSERT_EQ(first.Size("dispatch"), 1u) << first.Dump();
  EXPECT_EQ(first.String("dispatch/0/survey"), "after-purchase");
  EXPECT_EQ(first.String("dispatch/0/decision"), "INVITED");
  EXPECT_THAT(first.String("dispatch/0/link"), StartsWith(suite_->url() + "/s/"));
  EXPECT_FALSE(first.String("dispatch/0/invitation").empty());

  const std::vector<Json> invitations = api_.List("/v1/surveys/after-purchase/invitations", "invitations");
  ASSERT_EQ(invitations.size(), 1u);
  EXPECT_EQ(invitations[0].String("state"), "CREATED");
  EXPECT_EQ(invitations[0].String("link"), first.String("dispatch/0/link"));
  const absl::Time asked = invitations[0].Time("createTime");

  const Json second = Buy("order-2", "lan", "100");
  ASSERT_EQ(second.Size("dispatch"), 1u) << second.Dump();
  EXPECT_EQ(second.String("dispatch/0/decision"), "SKIPPED");
  EXPECT_THAT(second.String("dispatch/0/reason"), AnyOf("FLOOR_24H", "FATIGUE_WINDOW"));
  EXPECT_EQ(second.Time("dispatch/0/eligibleTime"), asked + absl::Hours(24 * 30)) << "when asking becomes possible";
  EXPECT_EQ(second.String("dispatch/0/link"), "");

  const Json delivery = Buy("delivery-1", "lan", "0", Now(), "VND", "DELIVERY", "delivery");
  ASSERT_EQ(delivery.Size("dispatch"), 1u) << delivery.Dump();
  EXPECT_EQ(delivery.String("dispatch/0/reason"), "FLOOR_24H");
  EXPECT_EQ(delivery.Time("dispatch/0/eligibleTime"), asked + absl::Hours(24));

  const Json old = Buy("order-3", "minh", "100", Now() - absl::Hours(24 * 3 + 1));
  EXPECT_EQ(old.String("dispatch/0/reason"), "INTERACTION_TOO_OLD");
  EXPECT_FALSE(old.Has("dispatch/0/eligibleTime"));

  const Json again = Buy("order-1", "lan", "100", first.Time("interaction/occurredAt"));
  EXPECT_EQ(again.String("dispatch/0/link"), first.String("dispatch/0/link")) << "the same success";
  EXPECT_EQ(api_.List("/v1/surveys/after-purchase/invitations", "invitations").size(), 1u);

  EXPECT_EQ(Buy("order-4", "hoa", "100", Now(), "VND", "RETURN").Dump("dispatch"), "[]") << "no trigger matches";
}

TEST_F(MainJobTest, EverySkipSaysWhy) {
  api_.ActiveSurvey("nobody", "NPS", R"({"interactionTypes":["A"],"samplePercent":0})");
  EXPECT_EQ(Buy("a", "lan", "0", Now(), "VND", "A").String("dispatch/0/reason"), "NOT_SAMPLED");

  api_.ActiveSurvey("b", "CSAT", R"({"interactionTypes":["B"]})");
  const Json asked = Buy("b", "lan", "0", Now(), "VND", "B");
  EXPECT_EQ(asked.String("dispatch/0/decision"), "INVITED");
  api_.Post("/v1/customers/lan:unsubscribe", R"({"reason":"said so at the till"})");
  EXPECT_EQ(Buy("b2", "lan", "0", Now(), "VND", "B").String("dispatch/0/reason"), "UNSUBSCRIBED");
  EXPECT_EQ(api_.List("/v1/surveys/b/invitations", "invitations")[0].String("state"), "REVOKED");
  EXPECT_THAT(browser_.Get(PathOf(asked.String("dispatch/0/link"))).code, AnyOf(200, 410)) << "says so";

  const Json recorded = api_.Post(
      "/v1/interactions:batchRecord",
      R"({"effects":"RECORD_ONLY","interactions":[{"interactionId":"b3","customerId":"hoa","type":"B","occurredAt":")" +
          Rfc3339(Now()) + "\"}]}");
  EXPECT_THAT(recorded.Dump("results/0/dispatch"), Not(HasSubstr("INVITED"))) << "recorded history asks nobody";

  api_.Post("/v1/surveys/b:pause", "{}");
  EXPECT_EQ(Buy("b4", "minh", "0", Now(), "VND", "B").Dump("dispatch"), "[]") << "a paused survey asks nobody";
  EXPECT_EQ(api_.Post("/v1/surveys/b:activate", "{}").String("state"), "ACTIVE");
  EXPECT_EQ(Buy("b5", "minh", "0", Now(), "VND", "B").String("dispatch/0/decision"), "INVITED");
  api_.Post("/v1/surveys/b:archive", "{}");
  EXPECT_THAT(api_.http().Post("/v1/surveys/b:activate", "{}"), HasCode(400)) << "archived is final";
}

TEST_F(MainJobTest, ThePageTakesAnUnsubscriptionWithoutAnAccount) {
  api_.ActiveSurvey("nps", "NPS", R"({"interactionTypes":["PURCHASE"]})");
  const std::string path = PathOf(Buy("o1", "lan", "100").String("dispatch/0/link"));
  const Answer asks = browser_.Get(path + "/unsubscribe");
  ASSERT_THAT(asks, HasCode(200));
  EXPECT_FALSE(api_.Get("/v1/customers/lan").Bool("unsubscribed")) << "GET changes nothing: mail scanners follow links";
  const Answer done = Submit(browser_, FormOf(asks.body, path + "/unsubscribe"), {});
  EXPECT_THAT(done.code, AnyOf(200, 303)) << done;
  EXPECT_TRUE(api_.Get("/v1/customers/lan").Bool("unsubscribed"));
}

TEST_F(MainJobTest, TheRespondentAnswersOnAPlainPageInVietnameseAndInEnglish) {
  const Json survey = api_.ActiveSurvey("nps", "NPS", R"({"interactionTypes":["PURCHASE"]})");
  ASSERT_EQ(survey.String("questions/0/type"), "NPS") << survey.Dump();
  const std::string question = survey.String("questions/0/questionId");
  const struct {
    std::string customer, locale, text;
    int score;
  } people[] = {{"lan", "vi", "Anh/chị có sẵn lòng giới thiệu", 0},
                {"ann", "en", "How likely are you to recommend", 9}};
  for (const auto& person : people) {
    SCOPED_TRACE(person.locale);
    api_.Patch("/v1/customers/" + person.customer + "?allowMissing=true", R"({"locale":")" + person.locale + R"("})");
    const Json bought = Buy("order-" + person.customer, person.customer, "500000");
    const std::string path = PathOf(bought.String("dispatch/0/link"));

    const Answer page = browser_.Get(path);
    ASSERT_THAT(page, HasCode(200));
    EXPECT_THAT(page.headers.at("content-type"), HasSubstr("text/html"));
    EXPECT_THAT(page.body, HasSubstr(person.text));
    EXPECT_THAT(page.body, HasSubstr("lang=\"" + person.locale));
    EXPECT_THAT(page.body, Not(HasSubstr("<script"))) << "the page needs no JavaScript";
    const Form form = FormOf(page.body, path);
    EXPECT_THAT(form.names, ::testing::Contains(question)) << "form fields are named by questionId";
    const auto listed = [&] {
      return api_.List("/v1/responses?filter=" + Escape("customer = \"" + person.customer + "\""), "responses");
    };
    EXPECT_TRUE(listed().empty()) << "GET changes nothing";

    const Answer done = Submit(browser_, form, {{question, std::to_string(person.score)}});
    EXPECT_THAT(done.code, AnyOf(200, 303)) << done;
    ASSERT_EQ(listed().size(), 1u);
    const Json response = listed()[0];
    EXPECT_EQ(response.Int("score"), person.score);
    EXPECT_TRUE(response.Has("score"));
    EXPECT_EQ(response.String("metric"), "NPS");
    EXPECT_EQ(response.String("surveyId"), "nps");
    EXPECT_EQ(response.String("interactionId"), "order-" + person.customer);
    EXPECT_EQ(response.String("touchpoint"), "store.checkout");
    EXPECT_TRUE(response.Bool("solicited"));
    EXPECT_EQ(response.String("collectedBy"), "SELF");

    // Until finished a POST amends the same answer; the pages that follow need no JavaScript either.
    const auto state = [&] {
      for (const Json& i : api_.List("/v1/surveys/nps/invitations", "invitations"))
        if (i.String("customerId") == person.customer) return i.String("state");
      return std::string("none");
    };
    EXPECT_EQ(state(), "STARTED");
    Answer next = Submit(browser_, form, {{question, "5"}});
    ASSERT_EQ(listed().size(), 1u) << next;
    EXPECT_EQ(listed()[0].Int("score"), 5);
    EXPECT_EQ(listed()[0].Int("revision"), 2);
    for (int pages = 0; state() == "STARTED" && pages < 5; ++pages) {
      if (next.code == 303) next = browser_.Get(PathOf(next.headers.at("location")));
      ASSERT_THAT(next, HasCode(200));
      next = Submit(browser_, FormOf(next.body, path), {});
    }
    EXPECT_EQ(state(), "ANSWERED");

    // After that it changes nothing.
    EXPECT_THAT(Submit(browser_, form, {{question, "9"}}), HasCode(410));
    EXPECT_EQ(listed()[0].Int("score"), 5);
    EXPECT_THAT(browser_.Get(path).code, AnyOf(200, 410));
  }
}

TEST_F(MainJobTest, ScoresAreExactAtOnceWithTheToken) {
  // Five promoters, three passives, two detractors: the second vector of F3. Each bought for 100,000 times its number.
  const int scores[] = {10, 9, 10, 9, 10, 8, 7, 8, 6, 0};
  const absl::Time bought = Now() - absl::Hours(48);
  for (int i = 1; i <= 10; ++i) Buy(absl::StrCat("o", i), absl::StrCat("c", i), absl::StrCat(i * 100000), bought);
  Buy("usd", "c10", "19.99", bought, "USD");
  Buy("too-old", "c10", "777", Now() - absl::Hours(24 * 366));
  Buy("after", "c9", "888", Now() + absl::Minutes(30));
  for (int i = 1; i <= 10; ++i)
    Answered(absl::StrCat("r", i), absl::StrCat("c", i), "NPS", scores[i - 1],
             absl::StrCat(R"(,"interactionId":"o)", i, "\""));
  const Json row = api_.ScoreRow("metric=NPS&consistencyToken=" + Escape(api_.token()));
  EXPECT_EQ(row.Int("responses"), 10);
  EXPECT_NEAR(row.Number("score"), 30.0, 1e-9);
  EXPECT_EQ(row.String("interval/method"), "ADJUSTED_WALD");
  EXPECT_NEAR(row.Number("interval/level"), 0.95, 1e-9);
  EXPECT_NEAR(row.Number("interval/low"), 23.077 - 42.128, 0.0015);
  EXPECT_NEAR(row.Number("interval/high"), 23.077 + 42.128, 0.0015);
  EXPECT_FALSE(row.Bool("enoughData"));
  EXPECT_THAT(Distribution(row), ElementsAre(1, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3));

  const struct {
    std::string name;
    int count;
    double percent;
    std::string vnd;
    double vnd_percent;
  } shares[] = {{"detractors", 2, 20, "1900000", 34.545},
                {"passives", 3, 30, "2100000", 38.182},
                {"promoters", 5, 50, "1500000", 27.273}};
  ASSERT_EQ(row.Size("shares"), 3u) << row.Dump();
  for (const Json& share : row.Items("shares")) {
    const auto* want = std::find_if(std::begin(shares), std::end(shares),
                                    [&](const auto& s) { return s.name == share.String("name"); });
    ASSERT_NE(want, std::end(shares)) << share.Dump();
    EXPECT_EQ(share.Int("count"), want->count);
    EXPECT_NEAR(share.Number("percent"), want->percent, 1e-9);
    bool vnd = false;
    for (const Json& revenue : share.Items("revenue")) {
      if (revenue.String("currency") == "VND") {
        vnd = true;
        EXPECT_EQ(revenue.String("amount"), want->vnd) << share.Dump();
        EXPECT_NEAR(revenue.Number("percent"), want->vnd_percent, 0.0005);
      } else {
        EXPECT_EQ(revenue.String("currency"), "USD");
        if (want->name == "detractors") {
          EXPECT_EQ(revenue.String("amount"), "19.99");
          EXPECT_NEAR(revenue.Number("percent"), 100.0, 1e-9);
        }
      }
    }
    EXPECT_TRUE(vnd) << share.Dump();
  }

  // F5 and F8: 45 of 51 satisfied; 1,000 efforts.
  std::string csat, ces;
  for (int i = 0; i < 51; ++i)
    absl::StrAppend(&csat, i ? "," : "", R"({"responseId":"s)", i, R"(","customerId":"c)", i,
                    R"(","metric":"CSAT","score":)", i < 45 ? 5 - i % 2 : 3 - i % 3, "}");
  const int efforts[] = {80, 210, 140, 110, 160, 180, 120};
  for (int value = 1, i = 0; value <= 7; ++value)
    for (int k = 0; k < efforts[value - 1]; ++k, ++i)
      absl::StrAppend(&ces, i ? "," : "", R"({"responseId":"e)", i, R"(","metric":"CES","score":)", value, "}");
  api_.Post("/v1/responses:batchImport", R"({"responses":[)" + csat + "]}");
  const Json satisfied = api_.ScoreRow("metric=CSAT&consistencyToken=" + Escape(api_.token()));
  EXPECT_EQ(satisfied.Int("responses"), 51);
  EXPECT_NEAR(satisfied.Number("score"), 88.235, 1e-9) << "three decimals";
  EXPECT_EQ(satisfied.String("interval/method"), "WILSON");
  EXPECT_NEAR(satisfied.Number("interval/low"), 76.619, 0.0015);
  EXPECT_NEAR(satisfied.Number("interval/high"), 94.495, 0.0015);
  EXPECT_TRUE(satisfied.Bool("enoughData"));
  EXPECT_THAT(Distribution(satisfied), ElementsAre(2, 2, 2, 22, 23));
  const Json imported = api_.Post("/v1/responses:batchImport", R"({"responses":[)" + ces + "]}");
  EXPECT_EQ(imported.Size("results"), 1000u);
  const Json easy = api_.ScoreRow("metric=CES&consistencyToken=" + Escape(imported.String("consistencyToken")));
  EXPECT_NEAR(easy.Number("score"), 46.0, 1e-9);
  EXPECT_THAT(Distribution(easy), ElementsAre(80, 210, 140, 110, 160, 180, 120));
  EXPECT_EQ(api_.Get("/v1/cases").Size("cases"), 2u) << "two detractors answered; an import opens no case";

  // No answers is not a score of zero.
  const Json nobody = api_.ScoreRow("metric=NPS&solicited=false");
  EXPECT_EQ(nobody.Int("responses"), 0);
  EXPECT_FALSE(nobody.Has("score"));
  EXPECT_FALSE(nobody.Has("interval"));

  // A voided purchase represents no revenue any more; an amended answer moves, a voided one goes.
  api_.Post("/v1/interactions/o10:void", R"({"reason":"returned"})");
  api_.Patch("/v1/responses/r9", R"({"score":9})");
  api_.Post("/v1/responses/r1:void", R"({"reason":"entered twice"})");
  const Json after = api_.ScoreRow("metric=NPS&consistencyToken=" + Escape(api_.token()));
  EXPECT_THAT(Distribution(after), ElementsAre(1, 0, 0, 0, 0, 0, 0, 1, 2, 3, 2));
  for (const Json& share : after.Items("shares")) {
    for (const Json& revenue : share.Items("revenue")) {
      if (share.String("name") == "detractors" && revenue.String("currency") == "VND") {
        EXPECT_EQ(revenue.String("amount"), "0");
      }
    }
  }
}

TEST_F(MainJobTest, HistoryAndSatisfactionShowWhatHappened) {
  api_.ActiveSurvey("nps", "NPS", R"({"interactionTypes":["PURCHASE"]})");
  Buy("order-0", "lan", "50000", Now() - absl::Hours(24 * 10));
  const Json bought = Buy("order-1", "lan", "1250000");
  Answered(
      "r1", "lan", "NPS", 9,
      absl::StrCat(R"(,"invitationId":")", bought.String("dispatch/0/invitation"), R"(","comment":"Tư vấn có tâm")"));
  Answered("r2", "lan", "CSAT", 5, R"(,"interactionId":"order-1")");
  const std::string token = "?consistencyToken=" + Escape(api_.token());

  const Json history = api_.Get("/v1/customers/lan/history" + token);
  int kinds[3] = {0, 0, 0};
  absl::Time last = absl::InfiniteFuture();
  for (const Json& entry : history.Items("entries")) {
    EXPECT_LE(entry.Time("time"), last) << "newest first";
    last = entry.Time("time");
    if (entry.String("kind") == "INTERACTION") {
      ++kinds[0];
      EXPECT_EQ(entry.Size("answers"), entry.String("interaction/interactionId") == "order-1" ? 2u : 0u)
          << entry.Dump();
    } else if (entry.String("kind") == "INVITATION") {
      ++kinds[1];
      EXPECT_EQ(entry.String("invitation/state"), "ANSWERED");
    } else if (entry.String("kind") == "RESPONSE") {
      ++kinds[2];
    } else {
      ADD_FAILURE() << entry.Dump();
    }
  }
  EXPECT_THAT(kinds, ElementsAre(2, 1, 2)) << history.Dump();
  EXPECT_EQ(api_.Get("/v1/customers/lan/history" + token + "&kinds=RESPONSE").Size("entries"), 2u);
  EXPECT_EQ(api_.List("/v1/customers/lan/history" + token, "entries", 2).size(), history.Size("entries"));

  const Json sheet = api_.Get("/v1/customers/lan/satisfaction" + token);
  EXPECT_EQ(sheet.String("customerId"), "lan");
  ASSERT_EQ(sheet.Size("metrics"), 2u) << sheet.Dump();
  for (const Json& metric : sheet.Items("metrics")) {
    const bool nps = metric.String("metric") == "NPS";
    EXPECT_EQ(metric.Int("score"), nps ? 9 : 5);
    EXPECT_EQ(metric.String("band"), nps ? "PROMOTER" : "SATISFIED");
    EXPECT_FALSE(metric.Bool("stale"));
    EXPECT_FALSE(metric.Has("previousScore"));
  }
  EXPECT_EQ(sheet.Int("ratedInteractions"), 1);
  EXPECT_EQ(sheet.Int("totalInteractions"), 2);
  EXPECT_EQ(sheet.Int("openCases"), 0);
  EXPECT_FALSE(sheet.Bool("doNotSell/blocked"));
  EXPECT_GT(sheet.Time("nextEligibleTime"), Now() + absl::Hours(23));
  EXPECT_FALSE(sheet.String("headline/vi").empty());
  EXPECT_FALSE(sheet.String("headline/en").empty());

  const Json batch = api_.Post("/v1/customers:batchGetSatisfaction",
                               R"({"customerIds":["nobody","lan"],"consistencyToken":[")" + api_.token() + R"("]})");
  ASSERT_EQ(batch.Size("satisfactions"), 2u) << batch.Dump();
  EXPECT_EQ(batch.String("satisfactions/0/customerId"), "nobody");
  EXPECT_EQ(batch.Size("satisfactions/0/metrics"), 0u);
  EXPECT_EQ(batch.Dump("satisfactions/1"), sheet.Dump());
}

}  // namespace
}  // namespace hoiam::testing
