// What makes a CRM's engineer's day shorter, over REST: batches, customers by phone, feedback from a page of the
// company, and invitations that the CRM sends itself.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

class CrmConveniencesTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  CrmConveniencesTest() : api_(HttpClient(suite_->url(), suite_->MakeTenant("t" + std::to_string(++tenants_)))) {}

  Json Purchase(const std::string& id, const std::string& customer) {
    return api_.Post("/v1/interactions",
                     absl::StrCat(R"({"interactionId":")", id, R"(","customerId":")", customer,
                                  R"(","type":"PURCHASE","touchpoint":"store","occurredAt":")", Rfc3339(Now()), "\"}"));
  }
  std::vector<std::string> CustomersWhere(const std::string& filter) {
    std::vector<std::string> ids;
    for (const Json& c : api_.List("/v1/customers?filter=" + Escape(filter), "customers"))
      ids.push_back(c.String("customerId"));
    std::sort(ids.begin(), ids.end());
    return ids;
  }
  std::string Fresh() { return "consistencyToken=" + Escape(api_.token()); }
  HttpClient InPublic() {
    const Json made = api_.Post("/v1/keys", R"({"keyId":"page","principal":"page","kind":"PUBLISHABLE"})");
    return HttpClient(suite_->url(), made.String("secret"));
  }

  static Suite* suite_;
  static int tenants_;
  Api api_;
};

Suite* CrmConveniencesTest::suite_ = nullptr;
int CrmConveniencesTest::tenants_ = 0;

TEST_F(CrmConveniencesTest, CustomersComeInBatchesAndAreFoundByPhoneInAnySpelling) {
  const Json r = api_.Post("/v1/customers:batchUpsert", R"({"customers":[
      {"customerId":"lan","displayName":"Nguyễn Thị Lan","phone":"0912 345 678","email":"Lan@NhaEn.example"},
      {"customerId":"minh","phone":"+84 987.654.321"},
      {"customerId":"bad","email":"not an address"},
      {"customerId":"lan","segment":"VIP"}]})");
  ASSERT_EQ(r.Size("results"), 4u) << r.Dump();
  EXPECT_EQ(r.Int("results/0/status/code"), 0);
  EXPECT_EQ(r.Int("results/2/status/code"), 3);
  EXPECT_EQ(r.Int("results/3/status/code"), 0);
  EXPECT_EQ(api_.Get("/v1/customers/lan").String("segment"), "VIP");
  EXPECT_EQ(api_.Get("/v1/customers/lan").String("phone"), "0912 345 678");
  using ::testing::ElementsAre;
  for (const char* spelling : {"0912345678", "0912 345 678", "+84912345678", "84912345678", "912345678"})
    EXPECT_THAT(CustomersWhere(absl::StrCat("phone = \"", spelling, "\"")), ElementsAre("lan")) << spelling;
  EXPECT_THAT(CustomersWhere("phone = 0987654321"), ElementsAre("minh"));
  EXPECT_THAT(CustomersWhere("email = 'lan@nhaen.example'"), ElementsAre("lan"));
  EXPECT_THAT(CustomersWhere("phone = 0900000000"), ElementsAre());
}

TEST_F(CrmConveniencesTest, AListOfContactsIsAnsweredAtOnceWithEmptySheetsForStrangers) {
  api_.Post("/v1/responses", R"({"responseId":"r-1","customerId":"lan","metric":"NPS","score":3})");
  const Json r = api_.Post(
      "/v1/customers:batchGetSatisfaction",
      absl::StrCat(R"({"customerIds":["minh","lan","nobody","lan"],"consistencyToken":[)", Quote(api_.token()), "]}"));
  ASSERT_EQ(r.Size("satisfactions"), 4u) << r.Dump();
  EXPECT_EQ(r.String("satisfactions/0/customerId"), "minh");
  EXPECT_EQ(r.Size("satisfactions/0/metrics"), 0u);
  EXPECT_EQ(r.String("satisfactions/1/metrics/0/band"), "DETRACTOR");
  EXPECT_TRUE(r.Bool("satisfactions/1/doNotSell/blocked"));
  EXPECT_EQ(r.String("satisfactions/2/customerId"), "nobody");
  EXPECT_EQ(r.Dump("satisfactions/3"), r.Dump("satisfactions/1"));
  std::string many = "\"c\"";
  for (int i = 0; i < 200; ++i) absl::StrAppend(&many, ",\"c", i, "\"");
  EXPECT_THAT(api_.http().Post("/v1/customers:batchGetSatisfaction", R"({"customerIds":[)" + many + "]}"),
              HasCode(400));
}

TEST_F(CrmConveniencesTest, FeedbackInWordsIsReadAndCountedNowhere) {
  Purchase("i-1", "lan");
  const Json r = api_.Post("/v1/feedback", R"({"feedbackId":"f-1","customerId":"lan","interactionId":"i-1",
      "comment":"Bãi xe khó tìm quá ạ","touchpoint":"store.parking"})");
  EXPECT_EQ(r.String("response/responseId"), "f-1");
  EXPECT_TRUE(r.Has("response/solicited"));
  EXPECT_FALSE(r.Bool("response/solicited"));
  EXPECT_FALSE(r.Has("response/score"));
  const auto verbatims = api_.List("/v1/responses", "responses");
  ASSERT_EQ(verbatims.size(), 1u);
  EXPECT_EQ(verbatims[0].String("comment"), "Bãi xe khó tìm quá ạ");
  EXPECT_EQ(verbatims[0].String("touchpoint"), "store.parking");
  const Json history = api_.Get("/v1/customers/lan/history?" + Fresh());
  ASSERT_EQ(history.Size("entries"), 2u) << history.Dump();
  EXPECT_EQ(history.String("entries/0/kind"), "RESPONSE");
  for (const char* solicited : {"true", "false"})
    EXPECT_EQ(api_.ScoreRow(absl::StrCat("metric=NPS&solicited=", solicited, "&", Fresh())).Int("responses"), 0);
  EXPECT_EQ(api_.Get("/v1/cases?" + Fresh()).Size("cases"), 0u);
}

TEST_F(CrmConveniencesTest, FeedbackWithADetractorsScoreOpensACaseAndNeverMixesWithWhatWasAsked) {
  api_.Post("/v1/responses", R"({"responseId":"r-1","customerId":"minh","metric":"NPS","score":10})");
  api_.Post("/v1/feedback",
            R"({"feedbackId":"f-1","customerId":"lan","metric":"NPS","score":0,"comment":"Không ai nghe máy"})");
  const Json cases = api_.Get("/v1/cases?" + Fresh());
  ASSERT_EQ(cases.Size("cases"), 1u);
  EXPECT_EQ(cases.String("cases/0/answers/0/responseId"), "f-1");
  EXPECT_EQ(api_.ScoreRow("metric=NPS&" + Fresh()).Number("score"), 100);
  EXPECT_EQ(api_.ScoreRow("metric=NPS&solicited=false&" + Fresh()).Number("score"), -100);

  const Answer empty = api_.http().Post("/v1/feedback", R"({"feedbackId":"f-2"})");
  EXPECT_THAT(empty, IsRefused(400, "INVALID_ARGUMENT", "REQUIRED", "comment"));
  EXPECT_THAT(api_.http().Post("/v1/feedback", R"({"feedbackId":"f-1","comment":"another"})"),
              IsRefused(409, "ALREADY_EXISTS", "ID_REUSED", ""));
}

TEST_F(CrmConveniencesTest, FeedbackWithoutAnIdIsRepeatedByItsIdempotencyKey) {
  const Headers once = {{"Idempotency-Key", "tap-1"}};
  const Answer first = api_.http().Post("/v1/feedback", R"({"comment":"ok"})", once);
  ASSERT_THAT(first, HasCode(200));
  const Answer again = api_.http().Post("/v1/feedback", R"({"comment":"ok"})", once);
  ASSERT_THAT(again, HasCode(200));
  EXPECT_EQ(again.headers.count("idempotency-replayed"), 1u);
  EXPECT_EQ(again.json().String("response/responseId"), first.json().String("response/responseId"));
  EXPECT_EQ(api_.List("/v1/responses", "responses").size(), 1u);
}

TEST_F(CrmConveniencesTest, APublishableKeyPostsAnswersAndLearnsNothing) {
  api_.Patch("/v1/customers/lan?allowMissing=true", R"({"segment":"VIP","ownerTeam":"ha-dong","phone":"0912345678"})");
  Purchase("i-minh", "minh");
  HttpClient page = InPublic();
  const Answer given = page.Post("/v1/feedback", R"({"feedbackId":"f-1","customerId":"lan","metric":"CSAT","score":5,
      "collectedBy":"KIOSK","comment":"Tốt ạ"})");
  ASSERT_THAT(given, HasCode(200));
  EXPECT_EQ(given.json().String("response/customerId"), "lan");
  EXPECT_EQ(given.json().String("response/segment"), "");
  EXPECT_EQ(given.json().String("response/ownerTeam"), "");
  EXPECT_EQ(api_.Get("/v1/responses/f-1").String("segment"), "VIP");

  const Answer answered = page.Post("/v1/responses", R"({"responseId":"r-1","metric":"NPS","score":9})");
  ASSERT_THAT(answered, HasCode(200));
  EXPECT_FALSE(answered.json().Bool("response/solicited"));

  const Answer claims = page.Post("/v1/responses", R"({"responseId":"r-2","metric":"NPS","score":9,"solicited":true,
      "collectedBy":"STAFF","effects":"SCORES_ONLY","respondedAt":"2026-01-01T00:00:00Z"})");
  EXPECT_THAT(claims, IsRefused(400, "INVALID_ARGUMENT", "PUBLISHABLE_KEY_FIELD", "effects"));
  EXPECT_THAT(claims.fields(), ::testing::ElementsAre("collectedBy", "effects", "respondedAt", "solicited"));
  EXPECT_THAT(page.Post("/v1/feedback", R"({"feedbackId":"f-2","customerId":"lan","interactionId":"i-minh",
      "comment":"?"})"),
              IsRefused(400, "INVALID_ARGUMENT", "UNKNOWN_INTERACTION", "interactionId"));
  EXPECT_THAT(page.Post("/v1/responses", R"({"responseId":"f-1","metric":"NPS","score":9})"),
              IsRefused(409, "ALREADY_EXISTS", "ID_REUSED", ""));

  for (const char* path : {"/v1/responses", "/v1/responses/f-1", "/v1/customers/lan", "/v1/scores?metric=NPS"})
    EXPECT_THAT(page.Get(path), HasCode(403)) << path;
  EXPECT_THAT(page.Post("/v1/interactions", "{}"), HasCode(403));
  EXPECT_THAT(page.Post("/v1/responses:batchImport", R"({"responses":[]})"), HasCode(403));
  EXPECT_THAT(page.Patch("/v1/responses/f-1", R"({"score":1})"), HasCode(403));
}

TEST_F(CrmConveniencesTest, AnInvitationThatTheCrmSentIsMarkedAndStillAnswered) {
  api_.ActiveSurvey("after", "NPS", R"({"interactionTypes":["PURCHASE"]})");
  const Json recorded = Purchase("i-1", "lan");
  const std::string id = recorded.String("dispatch/0/invitation"), link = recorded.String("dispatch/0/link");
  const Json sent = api_.Post("/v1/invitations/" + id + ":markSent", R"({"sentBy":"zalo"})");
  EXPECT_EQ(sent.String("invitation/state"), "SENT");
  EXPECT_EQ(sent.String("invitation/sentBy"), "zalo");
  EXPECT_EQ(sent.String("invitation/link"), link);
  EXPECT_LE(absl::AbsDuration(sent.Time("invitation/sentTime") - Now()), absl::Seconds(60));
  const Json again = api_.Post("/v1/invitations/" + id + ":markSent", R"({"sentBy":"sms"})");
  EXPECT_EQ(again.Dump("invitation"), sent.Dump("invitation"));
  const Json history = api_.Get("/v1/customers/lan/history?kinds=INVITATION&" + Fresh());
  EXPECT_EQ(history.String("entries/0/invitation/state"), "SENT");

  HttpClient browser(suite_->url(), "");
  const Answer page = browser.Get(PathOf(link));
  ASSERT_THAT(page, HasCode(200));
  const Answer thanks = Submit(browser, FormOf(page.body, PathOf(link)), {{"nps", "9"}});
  EXPECT_THAT(thanks, HasCode(303)) << "stored";
  const Json listed = api_.Get("/v1/surveys/after/invitations");
  EXPECT_NE(listed.String("invitations/0/state"), "SENT") << listed.Dump();
  EXPECT_EQ(listed.String("invitations/0/sentBy"), "zalo") << "who sent it stays known";

  EXPECT_THAT(api_.http().Post("/v1/invitations/nope:markSent", R"({"sentBy":"zalo"})"),
              IsRefused(404, "NOT_FOUND", "INVITATION_NOT_FOUND", ""));
  EXPECT_THAT(api_.http().Post("/v1/invitations/" + id + ":markSent", R"({"sentBy":"Zalo OA"})"),
              IsRefused(400, "INVALID_ARGUMENT", "INVALID_SLUG", "sentBy"));
}

}  // namespace
}  // namespace hoiam::testing
