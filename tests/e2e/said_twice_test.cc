// Nobody should have to say it twice: the same cause again after a fix, by the same person or by anybody at the same
// place.
#include <gtest/gtest.h>

#include "tests/e2e/loop.h"

namespace hoiam::testing {
namespace {

using ::testing::Contains;

class SaidTwiceTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { suite_ = new Suite; }
  static void TearDownTestSuite() { delete std::exchange(suite_, nullptr); }
  SaidTwiceTest()
      : api_(HttpClient(suite_->url(), suite_->MakeTenant("t" + std::to_string(++tenants_)))), cases_(api_) {}

  // A case of `customer` about `touchpoint`; `score` 5 is P3.
  std::string Opened(const std::string& customer, const std::string& touchpoint, int score = 5) {
    cases_.Answered("r-" + customer + std::to_string(++answers_), customer, touchpoint, score);
    const auto open = cases_.Where("open = true AND customer = \"" + customer + "\"");
    EXPECT_EQ(open.size(), 1u);
    return open.empty() ? "" : open[0].String("caseId");
  }
  std::string Fixed(const std::string& customer, const std::string& touchpoint, const std::string& cause,
                    const std::string& more = "") {
    const std::string id = Opened(customer, touchpoint);
    cases_.Take(id);
    cases_.Resolve(id, cause, more);
    return id;
  }
  Json Diagnosed(const std::string& id, const std::string& cause) {
    return cases_.Move(id, ":diagnose", R"({"rootCause":")" + cause + "\"}");
  }

  static Suite* suite_;
  static int tenants_;
  int answers_ = 0;
  Api api_;
  Cases cases_;
};

Suite* SaidTwiceTest::suite_ = nullptr;
int SaidTwiceTest::tenants_ = 0;

TEST_F(SaidTwiceTest, AnotherCustomerAtTheSameTouchpointAfterTheFixRaisesThePriorityAndFailsTheFix) {
  const std::string earlier = Fixed("lan", "delivery", "delivery_late_partner");
  const std::string later = Opened("minh", "delivery");
  ASSERT_EQ(cases_.Get(later).String("priority"), "P3");
  EXPECT_FALSE(cases_.Get(later).Has("saidTwice")) << "the cause is not known yet";

  const Json now = Diagnosed(later, "delivery_late_partner");
  EXPECT_EQ(now.String("priority"), "P2") << now.Dump();
  EXPECT_EQ(now.String("saidTwice/caseId"), earlier);
  EXPECT_EQ(now.String("saidTwice/relation"), "SAME_TOUCHPOINT");
  EXPECT_EQ(now.String("saidTwice/rootCause"), "delivery_late_partner");
  EXPECT_EQ(Lines(now, "said_twice").size(), 1u);
  const Json failed = cases_.Until(earlier, "the fix failed", [](const Json& c) { return c.Has("fixFailed"); });
  EXPECT_EQ(failed.String("fixFailed/caseId"), later);
  EXPECT_EQ(failed.String("state"), "RESOLVED") << "that customer was helped all the same";
  EXPECT_EQ(Lines(failed, "fix_failed").size(), 1u);
  EXPECT_TRUE(Eventually([&] {
    const auto types = Each(api_.Get("/v1/events?pageSize=1000").Items("events"), "type");
    return std::count(types.begin(), types.end(), "case.said_twice") == 1;
  })) << "one event";
  EXPECT_EQ(api_.Get("/v1/loopRate").Int("rows/0/saidTwice"), 1);
  EXPECT_EQ(Lines(Diagnosed(later, "delivery_late_partner"), "said_twice").size(), 1u) << "told once";
}

TEST_F(SaidTwiceTest, TheSamePersonSaysItTwiceWhereverItHappens) {
  const std::string earlier = Fixed("lan", "delivery", "service_staff_attitude");
  const std::string later = Opened("lan", "store");
  EXPECT_EQ(cases_.Get(later).String("priority"), "P2") << "unhappy again after a case was resolved";
  const Json now = Diagnosed(later, "service_staff_attitude");
  EXPECT_EQ(now.String("saidTwice/caseId"), earlier);
  EXPECT_EQ(now.String("saidTwice/relation"), "SAME_PERSON");
  EXPECT_EQ(now.String("priority"), "P1");
}

TEST_F(SaidTwiceTest, AnotherCauseAnotherPlaceAndAnEarlierAnswerAreNotASecondTime) {
  const std::string before = Opened("hoa", "delivery");  // said before the fix
  const std::string earlier = Fixed("lan", "delivery", "delivery_late_partner");
  EXPECT_FALSE(Diagnosed(Opened("minh", "delivery"), "delivery_no_notice").Has("saidTwice"));
  EXPECT_FALSE(Diagnosed(Opened("tuan", "store"), "delivery_late_partner").Has("saidTwice"));
  EXPECT_FALSE(Diagnosed(before, "delivery_late_partner").Has("saidTwice"));
  EXPECT_FALSE(cases_.Get(earlier).Has("fixFailed"));
}

TEST_F(SaidTwiceTest, OneWhoWasOnlyHelpedPromisesNothingToOthers) {
  Fixed("lan", "delivery", "delivery_late_partner", R"(,"causeRemoved":false)");
  EXPECT_FALSE(Diagnosed(Opened("minh", "delivery"), "delivery_late_partner").Has("saidTwice"));
  EXPECT_EQ(Diagnosed(Opened("lan", "delivery"), "delivery_late_partner").String("saidTwice/relation"), "SAME_PERSON");
}

}  // namespace
}  // namespace hoiam::testing
