// What is known of customers, over REST: the catalogue by which things are said, what became of their goods, what they
// said about being asked, and the receipts of people whom the till does not know.
#include <gmock/gmock.h>

#include <set>

#include "tests/e2e/api.h"

namespace hoiam::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RecordsTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  RecordsTest() : api_(HttpClient(suite_->url(), suite_->MakeTenant("t" + std::to_string(++tenants_)))) {}

  Json Order(const std::string& id, const std::string& customer, const std::string& more = "") {
    return api_.Post("/v1/interactions",
                     absl::StrCat(R"({"interactionId":")", id, R"(","customerId":")", customer,
                                  R"(","type":"PURCHASE","occurredAt":")", Rfc3339(Now()), "\"", more, "}"));
  }
  Json Usage(const std::string& customer, const std::string& id, const std::string& status, absl::Time at) {
    return api_.Post("/v1/customers/" + customer + "/usage",
                     absl::StrCat(R"({"usageId":")", id, R"(","item":"NC-2409","status":")", status,
                                  R"(","occurredAt":")", Rfc3339(at), "\"}"));
  }
  std::vector<Json> History(const std::string& customer, const std::string& kinds = "") {
    return api_
        .Get("/v1/customers/" + customer + "/history?consistencyToken=" + Escape(api_.token()) +
             (kinds.empty() ? "" : "&kinds=" + kinds))
        .Items("entries");
  }
  Json InvitationOf(const std::string& survey, const std::string& id) {
    for (const Json& i : api_.List("/v1/surveys/" + survey + "/invitations", "invitations"))
      if (i.String("invitationId") == id) return i;
    ADD_FAILURE() << "no invitation " << id;
    return Json();
  }
  // A receipt of the till, answered on its page; answers the invitation.
  Json AnsweredReceipt(const std::string& id, const std::string& order, const std::string& score,
                       const std::string& phone = "") {
    const Json made =
        api_.Post("/v1/surveys/shop/invitations",
                  absl::StrCat(R"({"invitationId":")", id, R"(","order":")", order, R"(","touchpoint":"store"})"));
    HttpClient browser(suite_->url(), "");
    const std::string path = PathOf(made.String("invitation/link"));
    EXPECT_THAT(browser.Get(PathOf(made.String("invitation/qr"))), HasCode(200));
    const Answer page = browser.Get(path);
    EXPECT_THAT(page, HasCode(200));
    std::map<std::string, std::string> fields = {{"nps", score}};
    if (!phone.empty()) fields["_phone"] = phone;
    EXPECT_THAT(Submit(browser, FormOf(page.body, path), fields).code, ::testing::AnyOf(200, 303));
    return made;
  }

  static Suite* suite_;
  static int tenants_;
  Api api_;
};

Suite* RecordsTest::suite_ = nullptr;
int RecordsTest::tenants_ = 0;

TEST_F(RecordsTest, TheCatalogueIsThereIsChangedAndItsNamesAreUnderstood) {
  std::set<std::string> ids;
  for (const Json& t : api_.Get("/v1/touchpoints").Items("touchpoints")) ids.insert(t.String("touchpointId"));
  EXPECT_TRUE(ids.count("store.advice") && ids.count("delivery") && ids.count("reviews"));

  const Json changed = api_.Patch("/v1/touchpoints/delivery", R"({"aliases":["Ship hàng"],"ownerTeam":"giao-van"})");
  EXPECT_EQ(changed.Int("revision"), 1);
  EXPECT_EQ(changed.String("displayName/vi"), "Giao hàng");
  EXPECT_EQ(changed.String("stage"), "AFTER");
  api_.Patch("/v1/touchpoints/delivery.express?allowMissing=true", R"({"displayName":{"vi":"Giao nhanh"}})");

  EXPECT_EQ(Order("o1", "lan", R"(,"touchpoint":"SHIP HÀNG","channel":"zalo")").String("interaction/touchpoint"),
            "delivery");
  EXPECT_EQ(Order("o2", "lan", R"(,"touchpoint":"bảo hành","channel":"Điện thoại")").String("interaction/touchpoint"),
            "warranty");
  EXPECT_EQ(Order("o3", "lan", R"(,"touchpoint":"delivery.express")").String("interaction/touchpoint"),
            "delivery.express");
  EXPECT_EQ(Order("o4", "lan", R"(,"channel":"Điện thoại")").String("interaction/channel"), "phone");

  HttpClient& http = api_.http();
  const std::string order = absl::StrCat(R"({"interactionId":"o9","customerId":"lan","type":"PURCHASE","occurredAt":")",
                                         Rfc3339(Now()), "\"");
  EXPECT_THAT(http.Post("/v1/interactions", order + R"(,"touchpoint":"Cửa hàng xa"})"),
              IsRefused(400, "INVALID_ARGUMENT", "UNKNOWN_TOUCHPOINT", "touchpoint"));
  EXPECT_THAT(http.Post("/v1/interactions", order + R"(,"channel":"Bồ câu"})"),
              IsRefused(400, "INVALID_ARGUMENT", "UNKNOWN_CHANNEL", "channel"));
  EXPECT_THAT(http.Patch("/v1/touchpoints/install", R"({"aliases":["ship hàng"]})"),
              IsRefused(400, "INVALID_ARGUMENT", "ALIAS_TAKEN", "aliases[0]"));
  EXPECT_THAT(http.Patch("/v1/touchpoints/install", R"({"aliases":["ship"]})"),
              IsRefused(400, "INVALID_ARGUMENT", "ALIAS_IS_ID", "aliases[0]"));
  EXPECT_THAT(http.Patch("/v1/touchpoints/nowhere.desk?allowMissing=true", R"({"displayName":{"vi":"Bàn"}})"),
              IsRefused(400, "INVALID_ARGUMENT", "PARENT_UNKNOWN", "touchpointId"));
}

TEST_F(RecordsTest, AChangedUsageStatusIsInTheHistoryAndAsks) {
  api_.ActiveSurvey("trouble", "CSAT", R"({"on":"USAGE_CHANGED","usageStatuses":["PROBLEM"]})");
  const absl::Time start = Now() - absl::Hours(10);
  EXPECT_EQ(Usage("lan", "u1", "DELIVERED", start).Items("dispatch").size(), 0u);
  const Json problem = Usage("lan", "u3", "PROBLEM", start + absl::Hours(2));
  EXPECT_EQ(problem.String("dispatch/0/decision"), "INVITED") << problem.Dump();
  EXPECT_EQ(problem.String("usage/previousStatus"), "DELIVERED");
  EXPECT_EQ(Usage("lan", "u4", "PROBLEM", start + absl::Hours(3)).Items("dispatch").size(), 0u)
      << "it stands where it stood";
  const Json late = Usage("lan", "u2", "IN_USE", start + absl::Hours(1));
  EXPECT_EQ(late.String("usage/previousStatus"), "DELIVERED") << "by the time at which it was so";
  const auto now = api_.Get("/v1/customers/lan/usage?currentOnly=true").Items("usage");
  ASSERT_EQ(now.size(), 1u);
  EXPECT_EQ(now[0].String("usageId"), "u4");

  std::vector<std::string> statuses;
  for (const Json& e : History("lan", "USAGE")) statuses.push_back(e.String("usage/usageId"));
  EXPECT_THAT(statuses, ElementsAre("u4", "u3", "u2", "u1"));
}

TEST_F(RecordsTest, ARefusalBitesAtOnceAndItsProofIsListed) {
  api_.ActiveSurvey("shop", "NPS", R"({"interactionTypes":["PURCHASE"],"delay":"3600s"})");
  const Json order = Order("o1", "lan");
  const std::string invitation = order.String("dispatch/0/invitation");
  ASSERT_EQ(InvitationOf("shop", invitation).String("state"), "SCHEDULED");
  const Json no =
      api_.Post("/v1/customers/lan/consents", R"({"consentId":"k1","wish":"WITHDRAWN","how":"gọi tổng đài 21/11"})");
  EXPECT_TRUE(no.Bool("customer/unsubscribed")) << no.Dump();
  EXPECT_EQ(InvitationOf("shop", invitation).String("state"), "REVOKED");
  EXPECT_EQ(Order("o2", "lan").String("dispatch/0/reason"), "UNSUBSCRIBED");

  const Json yes =
      api_.Post("/v1/customers/lan/consents", R"({"consentId":"k2","wish":"GIVEN","how":"phiếu tại quầy"})");
  EXPECT_FALSE(yes.Bool("customer/unsubscribed"));
  EXPECT_EQ(yes.String("customer/consent"), "GIVEN");
  const auto proof = api_.Get("/v1/customers/lan/consents").Items("consents");
  ASSERT_EQ(proof.size(), 2u);
  EXPECT_EQ(proof[0].String("consentId"), "k2");
  EXPECT_EQ(proof[1].String("how"), "gọi tổng đài 21/11");
  EXPECT_FALSE(proof[1].String("statedBy").empty());
}

TEST_F(RecordsTest, AReceiptIsAnsweredByNobodyKnownClaimedByOrderAndByPhoneAndScoresOnce) {
  api_.ActiveSurvey("shop", "NPS", R"({"interactionTypes":["NEVER"]})");
  const Json receipt = AnsweredReceipt("r1", "HD-1001", "3");
  EXPECT_THAT(receipt.String("invitation/text/plain"), HasSubstr(receipt.String("invitation/link")));
  AnsweredReceipt("r2", "HD-1002", "10", "0912 345 678");

  const auto scores = [&] {
    return api_.ScoreRow("metric=NPS&consistencyToken=" + Escape(api_.token())).Int("responses");
  };
  const Json by_order = api_.Post("/v1/responses:claim", R"({"customerId":"lan","order":"HD-1001"})");
  ASSERT_EQ(by_order.Items("responses").size(), 1u) << by_order.Dump();
  EXPECT_EQ(by_order.Int("responses/0/score"), 3);
  EXPECT_EQ(by_order.String("responses/0/customerId"), "lan");
  EXPECT_EQ(scores(), 2);
  const Json by_phone = api_.Post("/v1/responses:claim", R"({"customerId":"minh","phone":"+84 912 345 678"})");
  ASSERT_EQ(by_phone.Items("responses").size(), 1u) << by_phone.Dump();
  EXPECT_EQ(scores(), 2) << "a claim is no second answer";

  EXPECT_EQ(api_.Post("/v1/responses:claim", R"({"customerId":"lan","order":"HD-1001"})").Items("responses").size(),
            1u);
  EXPECT_EQ(api_.Post("/v1/responses:claim", R"({"customerId":"hoa","order":"HD-1001"})").Items("responses").size(), 0u)
      << "it is somebody's";
  const auto entries = History("lan", "RESPONSE");
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].Int("response/score"), 3);
  const auto cases =
      api_.Get("/v1/cases?consistencyToken=" + Escape(api_.token()) + "&filter=" + Escape("customer = \"lan\""))
          .Items("cases");
  EXPECT_EQ(cases.size(), 1u) << "the alarm of the anonymous answer is the customer's now";
}

}  // namespace
}  // namespace hoiam::testing
