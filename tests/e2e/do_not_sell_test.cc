// Who is unhappy is not sold to: refused, recorded, overridden by role only; on the sheet for everybody to see.
#include <gtest/gtest.h>

#include "tests/e2e/loop.h"

namespace hoiam::testing {
namespace {

class DoNotSellTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  DoNotSellTest()
      : api_(HttpClient(suite_->url(), suite_->MakeTenant("t" + std::to_string(++tenants_)))), cases_(api_) {}

  Json Check(Api& api, const std::string& more = "") {
    return api.Post("/v1/customers/lan:checkOffer", R"({"purpose":"UPSELL")" + more + "}");
  }
  std::vector<Json> Records() { return api_.List("/v1/offerChecks", "offerChecks"); }
  // As of everything written, by the CRM and by the cases that it caused.
  Json Sheet() {
    const std::string written = "consistencyToken=" + Escape(api_.token());
    const std::string cases = api_.Get("/v1/cases?" + written).String("consistencyToken");
    return api_.Get("/v1/customers/lan/satisfaction?" + written + "&consistencyToken=" + Escape(cases)).At("doNotSell");
  }
  void Interaction(const std::string& type) {
    api_.Post("/v1/interactions", absl::StrCat(R"({"interactionId":"i1","customerId":"lan","type":")", type,
                                               R"(","occurredAt":")", Rfc3339(Now() - absl::Minutes(1)), "\"}"));
  }
  // The check once everything written has come through.
  std::string BlockNow(const std::string& wanted) {
    std::string block;
    Eventually([&] { return (block = Check(api_).String("block")) == wanted; });
    return block;
  }

  static Suite* suite_;
  static int tenants_;
  Api api_;
  Cases cases_;
};

Suite* DoNotSellTest::suite_ = nullptr;
int DoNotSellTest::tenants_ = 0;

TEST_F(DoNotSellTest, AnOpenDetractorCaseIsRefusedAndRecordedAndOverriddenByRoleOnly) {
  EXPECT_TRUE(Check(api_).Bool("allowed")) << "nobody knows this customer: nothing speaks against it";
  EXPECT_EQ(Records().size(), 0u) << "what is allowed is not recorded";
  cases_.Answered("r1", "lan", "delivery", 3);
  const std::string id = cases_.Of("lan").String("caseId");

  const Json refused = Check(api_);
  EXPECT_FALSE(refused.Bool("allowed"));
  EXPECT_EQ(refused.String("block"), "OPEN_CASE");
  EXPECT_EQ(refused.String("blockedBy"), id);
  EXPECT_NE(refused.String("checkId"), "");
  EXPECT_TRUE(Sheet().Bool("blocked"));
  EXPECT_EQ(Sheet().String("reason"), "OPEN_CASE");

  Api owner(HttpClient(suite_->url(), MakeKey(api_, "huong", R"("role":"CASE_OWNER")")));
  EXPECT_THAT(
      owner.http().Post("/v1/customers/lan:checkOffer", R"({"purpose":"UPSELL","overrideReason":"Đủ chỉ tiêu"})"),
      IsRefused(403, "PERMISSION_DENIED", "OVERRIDE_NOT_ALLOWED", ""));
  Api lead(HttpClient(suite_->url(), MakeKey(api_, "cuong", R"("role":"CX_LEAD")")));
  const Json overridden = Check(lead, R"(,"overrideReason":"Khách tự hỏi mua thêm")");
  EXPECT_TRUE(overridden.Bool("allowed"));
  EXPECT_TRUE(overridden.Bool("overridden"));
  EXPECT_EQ(overridden.String("block"), "OPEN_CASE") << "what spoke against it is still said";

  const auto records = Records();
  ASSERT_EQ(records.size(), 2u) << "one refusal, one override; a denied override changes nothing";
  EXPECT_TRUE(records[0].Bool("overridden"));
  EXPECT_EQ(records[0].String("actor"), "cuong");
  EXPECT_EQ(records[0].String("overrideReason"), "Khách tự hỏi mua thêm");
  EXPECT_FALSE(records[1].Bool("overridden"));
  EXPECT_EQ(records[1].String("blockedBy"), id);

  // Recovery is not selling.
  cases_.Take(id);
  EXPECT_EQ(cases_.Move(id, ":compensate", R"({"compensation":{"type":"VOUCHER","amount":"100000","currency":"VND"}})")
                .String("compensation/type"),
            "VOUCHER");
  cases_.Resolve(id, "delivery_late_partner");
  EXPECT_TRUE(Check(api_).Bool("allowed")) << "the case is not open any more";
}

TEST_F(DoNotSellTest, AComplaintHoldsBackSellingUntilItIsSettled) {
  Interaction("COMPLAINT");
  EXPECT_EQ(BlockNow("OPEN_COMPLAINT"), "OPEN_COMPLAINT");
  EXPECT_EQ(Sheet().String("reason"), "OPEN_COMPLAINT");
  EXPECT_EQ(api_.Post("/v1/interactions/i1:complete", "{}").Has("interaction/completeTime"), true);
  EXPECT_EQ(BlockNow("UNSPECIFIED"), "UNSPECIFIED");
  EXPECT_FALSE(Sheet().Bool("blocked"));
}

TEST_F(DoNotSellTest, AReturnHoldsBackSellingUntilItIsVoided) {
  Interaction("RETURN");
  EXPECT_EQ(BlockNow("OPEN_RETURN"), "OPEN_RETURN");
  api_.Post("/v1/interactions/i1:void", R"({"reason":"Khách giữ lại"})");
  EXPECT_EQ(BlockNow("UNSPECIFIED"), "UNSPECIFIED");
}

}  // namespace
}  // namespace hoiam::testing
