#include "scoring_service/domain/tally.h"

#include <gmock/gmock.h>

#include <random>

#include "scoring_service/domain/revenue.h"

namespace hoiam::scoring {
namespace {

Decimal Dec(const char* text) { return *Decimal::ParseAmount(text); }

bool Same(const Tally& a, const Tally& b) { return a.counts == b.counts && a.revenue == b.revenue; }

Tally Random(std::mt19937& rng) {
  Tally t;
  const char* currencies[] = {"VND", "USD", "EUR"};
  for (int i = rng() % 6; i > 0; --i) {
    Revenue r;
    if (rng() % 2) AddAmount(r, currencies[rng() % 3], Decimal::FromMicros(rng() % 1'000'000'000));
    t.Add(rng() % kScores, r);
  }
  return t;
}

Tally Merged(Tally a, const Tally& b) {
  a.Merge(b);
  return a;
}

TEST(TallyTest, MergeIsAssociativeAndCommutativeAndEmptyChangesNothing) {
  std::mt19937 rng(1);
  for (int i = 0; i < 500; ++i) {
    const Tally a = Random(rng), b = Random(rng), c = Random(rng);
    EXPECT_TRUE(Same(Merged(Merged(a, b), c), Merged(a, Merged(b, c))));
    EXPECT_TRUE(Same(Merged(a, b), Merged(b, a)));
    EXPECT_TRUE(Same(Merged(a, Tally()), a));
    EXPECT_TRUE(Same(Merged(Tally(), a), a));
  }
}

TEST(TallyTest, CurrenciesAreNeverAdded) {
  Tally t;
  t.Add(9, {{"VND", Dec("1250000")}, {"USD", Dec("12.5")}});
  t.Add(3, {{"VND", Dec("750000")}});
  EXPECT_EQ(AmountOf(t.revenue["VND"]), Dec("2000000"));
  EXPECT_EQ(AmountOf(t.revenue["USD"]), Dec("12.5"));
  EXPECT_EQ(AmountIn(t.revenue["VND"], DefOf(Metric::kNps).parts[0]), Dec("750000"));
}

TEST(RevenueTest, AnAnswerRepresentsWhatWasSpentInTheYearUpToIt) {
  const absl::Time at = absl::FromUnixSeconds(1'790'000'000);
  const absl::Duration year = absl::Hours(24 * 365);
  const auto spent = [&](absl::Time when) { return Spend{"i", 1, when, false, "VND", Dec("1")}; };
  EXPECT_TRUE(IsRepresented(spent(at), at));
  EXPECT_FALSE(IsRepresented(spent(at + absl::Microseconds(1)), at));
  EXPECT_FALSE(IsRepresented(spent(at - year), at));
  EXPECT_TRUE(IsRepresented(spent(at - year + absl::Microseconds(1)), at));
  Spend voided = spent(at);
  voided.voided = true;
  EXPECT_FALSE(IsRepresented(voided, at));
}

TEST(RevenueTest, SumsPerCurrencyAndKeepsNoZeros) {
  const absl::Time at = absl::FromUnixSeconds(1'790'000'000);
  const std::vector<Spend> spends = {{"a", 1, at, false, "VND", Dec("100000.25")},
                                     {"b", 1, at, false, "USD", Dec("3")},
                                     {"c", 1, at, false, "VND", Dec("0.75")},
                                     {"d", 1, at, false, "", Decimal()},
                                     {"e", 1, at, false, "EUR", Decimal()}};
  std::vector<const Spend*> pointers;
  for (const Spend& s : spends) pointers.push_back(&s);
  EXPECT_EQ(RepresentedRevenue(pointers, at), (Revenue{{"VND", Dec("100001")}, {"USD", Dec("3")}}));
  EXPECT_EQ(RepresentedRevenue({}, at), Revenue());
  Revenue r = {{"VND", Dec("5")}};
  AddAmount(r, "VND", Dec("-5"));
  EXPECT_TRUE(r.empty());
}

}  // namespace
}  // namespace hoiam::scoring
