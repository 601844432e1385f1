#include "gateway/webhook/event_filter.h"

#include <gtest/gtest.h>

#include "gateway/webhook/samples.h"

namespace hoiam::gateway {
namespace {

bool OfSample(const std::string& filter, const std::string& type = "case.opened") {
  return Passes(filter, SampleOf(type, absl::UnixEpoch()));
}

TEST(EventFilterTest, AGroupGetsWhatItsFilterSays) {
  for (const char* yes :
       {"", "priority = P1", "priority = P1 AND shop = hn-03", "kind = DETRACTOR AND state = NEW", "type = case.opened",
        "customer = sample-customer", "team = store-hn-03", "touchpoint = \"store.*\"", "touchpoint != delivery",
        "metric = NPS AND score <= 3", "priority = P3 OR score < 5"})
    EXPECT_TRUE(OfSample(yes)) << yes;
  for (const char* no : {"priority = P2", "priority = P1 AND shop = hn-04", "state != NEW", "type != case.opened",
                         "touchpoint = \"shop.*\"", "score > 3", "score = 4"})
    EXPECT_FALSE(OfSample(no)) << no;
}

TEST(EventFilterTest, AnAnswerIsAskedLikeACaseAndWhatItLacksMatchesNothing) {
  for (const char* yes :
       {"score = 3", "shop = hn-03", "team = store-hn-03", "touchpoint = store.checkout", "metric = NPS"})
    EXPECT_TRUE(OfSample(yes, "response.submitted")) << yes;
  EXPECT_FALSE(OfSample("priority = P1", "response.submitted"));
  EXPECT_FALSE(OfSample("priority != P1", "response.submitted"));
  EXPECT_TRUE(OfSample("touchpoint = store.checkout", "interaction.recorded"));
  v1::PublicEvent unscored = SampleOf("case.opened", absl::UnixEpoch());
  unscored.mutable_data()->mutable_case_()->mutable_answers(0)->set_scored(false);
  EXPECT_FALSE(Passes("score <= 10", unscored)) << "words without a score";
  unscored.mutable_data()->mutable_case_()->clear_answers();
  EXPECT_FALSE(Passes("score <= 10", unscored)) << "opened by hand";
}

TEST(EventFilterTest, AFilterThatCannotHoldIsRefused) {
  const auto position = [](const std::string& filter, const std::vector<absl::string_view>& types) -> std::string {
    Violations v;
    CheckEventFilter(filter, types, "filter", v);
    if (v.empty()) return "fine";
    const auto detail = DetailOf(v.ToStatus());
    EXPECT_EQ(detail->violations[0].field, "filter");
    EXPECT_EQ(detail->violations[0].reason, "INVALID_FILTER");
    return detail->violations[0].metadata.at("position");
  };
  EXPECT_EQ(position("priority = P1", {"case.opened", "response.submitted"}), "fine");
  EXPECT_EQ(position("", {"customer.unsubscribed"}), "fine");
  EXPECT_EQ(position("score <= 3", {"case.due"}), "fine");
  EXPECT_EQ(position("priority = P1", {"response.submitted"}), "0") << "an answer has no priority";
  EXPECT_EQ(position("customer = a AND score <= 3", {"customer.unsubscribed"}), "17");
  for (const char* wrong :
       {"priority = P9", "priority < P2", "score = \"3\"", "score = x", "colour = red", "type = x", "state = OPEN"})
    EXPECT_EQ(position(wrong, {"case.opened"}), "0") << wrong;
  EXPECT_NE(position("priority = (", {"case.opened"}), "fine");
}

}  // namespace
}  // namespace hoiam::gateway
