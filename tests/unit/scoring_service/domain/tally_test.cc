#include "scoring_service/domain/tally.h"

#include <gmock/gmock.h>

#include <random>

#include "scoring_service/domain/revenue.h"

namespace hoiam::scoring {
namespace {

Decimal Dec(const char* text) { return *Decimal::ParseAmount(text); }

// A currency whose amounts are all zero is as good as none, and not stored.
Tally Canonical(Tally t) {
  std::erase_if(t.money, [](const auto& m) { return m.second == MoneyPerScore(); });
  return t;
}

bool Same(const Tally& a, const Tally& b) { return a.counts == b.counts && Canonical(a).money == Canonical(b).money; }

Tally Random(std::mt19937& rng) {
  Tally t;
  const char* currencies[] = {"VND", "USD", "EUR"};
  for (int i = rng() % 6; i > 0; --i) {
    Represented r;
    if (rng() % 2)
      AddMoney(r, currencies[rng() % 3],
               {Decimal::FromMicros(rng() % 1'000'000'000), Decimal::FromMicros(rng() % 1'000'000)});
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

TEST(TallyTest, WhatIsTakenBackLeavesNothing) {
  std::mt19937 rng(2);
  for (int i = 0; i < 200; ++i) {
    const Tally before = Random(rng);
    const Represented money = {{"VND", {Dec("7.5"), Dec("2")}}, {"USD", {Dec("1"), {}}}};
    Tally t = before;
    const int value = rng() % kScores;
    t.Add(value, money);
    EXPECT_FALSE(t.empty());
    t.Add(value, money, -1);
    EXPECT_TRUE(Same(t, before));
  }
}

TEST(TallyTest, CurrenciesAreNeverAdded) {
  Tally t;
  t.Add(9, {{"VND", {Dec("1250000"), Dec("30000")}}, {"USD", {Dec("12.5"), {}}}});
  t.Add(3, {{"VND", {Dec("750000"), {}}}});
  EXPECT_EQ(MoneyOf(t.money["VND"]).revenue, Dec("2000000"));
  EXPECT_EQ(MoneyOf(t.money["VND"]).cost, Dec("30000"));
  EXPECT_EQ(MoneyOf(t.money["USD"]).revenue, Dec("12.5"));
  EXPECT_EQ(MoneyIn(t.money["VND"], FindBuiltin(kNps)->parts[0]).revenue, Dec("750000"));
}

TEST(RevenueTest, AnAnswerRepresentsWhatWasSpentInTheYearUpToIt) {
  const absl::Time at = absl::FromUnixSeconds(1'790'000'000);
  const absl::Duration year = absl::Hours(24 * 365);
  const auto spent = [&](absl::Time when) {
    Spend s;
    s.occurred_at = when;
    s.currency = "VND";
    s.amount = Dec("1");
    return s;
  };
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
  const auto spent = [&](const char* currency, const char* amount, const char* cost) {
    Spend s;
    s.occurred_at = at;
    s.currency = currency;
    s.amount = Dec(amount);
    s.cost = Dec(cost);
    return s;
  };
  const std::vector<Spend> spends = {spent("VND", "100000.25", "1"), spent("USD", "3", "0"), spent("VND", "0.75", "2"),
                                     spent("", "0", "0"), spent("EUR", "0", "0")};
  std::vector<const Spend*> pointers;
  for (const Spend& s : spends) pointers.push_back(&s);
  EXPECT_EQ(RepresentedBy(pointers, at), (Represented{{"VND", {Dec("100001"), Dec("3")}}, {"USD", {Dec("3"), {}}}}));
  EXPECT_EQ(RepresentedBy({}, at), Represented());
  Represented r = {{"VND", {Dec("5"), {}}}};
  AddMoney(r, "VND", {Dec("-5"), {}});
  EXPECT_TRUE(r.empty());
}

}  // namespace
}  // namespace hoiam::scoring
