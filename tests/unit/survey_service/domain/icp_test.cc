#include "survey_service/domain/icp.h"

#include <gtest/gtest.h>

#include "tests/support/matchers.h"

namespace hoiam::survey {
namespace {

IcpRules Rules(int fit_from, const std::vector<std::pair<const char*, int>>& criteria) {
  IcpRules rules;
  rules.fit_from = fit_from;
  for (const auto& [filter, weight] : criteria) rules.criteria.push_back({*ParseFilter(filter), weight});
  return rules;
}

FieldValue Vip(const Filter& f) { return f.field == "segment" ? FieldValue(absl::string_view("VIP")) : FieldValue(); }

TEST(IcpTest, TheScoreIsTheWeightOfWhatHoldsInPercentOfAllWeights) {
  const auto fit = FitOf(Rules(50, {{"segment = VIP", 2}, {"segment = NEW", 1}, {"properties.tier > 1", 5}}), &Vip);
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->score, 25);
  EXPECT_FALSE(fit->fits);
}

TEST(IcpTest, ACustomerFitsExactlyFromTheGivenScoreOn) {
  const auto fits = [](int fit_from) {
    return FitOf(Rules(fit_from, {{"segment = VIP", 1}, {"segment = NEW", 2}}), &Vip)->fits;
  };
  EXPECT_TRUE(fits(33)) << "33.3 is more";
  EXPECT_FALSE(fits(34));
}

TEST(IcpTest, WithoutCriteriaThereIsNoProfile) { EXPECT_FALSE(FitOf(Rules(50, {}), &Vip)); }

}  // namespace
}  // namespace hoiam::survey
