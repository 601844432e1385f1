#include "loop_service/domain/alarm_rule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/unit/loop_service/domain/shop_comments.h"

namespace hoiam::loop {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::kShopComments;
using ::testing::Not;
using testing::ShopComment;

Answer Nps(std::optional<int> score, absl::string_view comment = "", absl::string_view touchpoint = "delivery") {
  Answer a;
  a.response_id = "r";
  a.customer_id = "lan";
  a.metric = "NPS";
  a.score = score;
  if (score) a.band = *score <= 6 ? Band::kWorst : *score <= 8 ? Band::kMiddle : Band::kBest;
  a.lowest = score && *score <= 2;
  a.comment = std::string(comment);
  a.touchpoint = std::string(touchpoint);
  a.full_effects = true;
  return a;
}

std::string RuleFor(const AlarmBook& book, const Answer& a) {
  const auto match = book.FirstMatch({a});
  return match ? match->rule->rule_id : "";
}

AlarmRule Rule(absl::string_view id, int rank, std::function<void(AlarmCondition&)> condition) {
  AlarmRule r;
  r.rule_id = std::string(id);
  r.rank = rank;
  condition(r.condition);
  return r;
}

Decimal Amount(absl::string_view text) { return *Decimal::ParseAmount(text); }

TEST(AlarmRuleTest, TheCommentsOfTheShopRingAsTheyMust) {
  const AlarmBook book;
  for (const ShopComment& c : kShopComments) {
    const Answer a = Nps(c.score, c.text, c.touchpoint);
    const auto match = book.FirstMatch({a});
    EXPECT_EQ(match ? match->rule->rule_id : "", c.rule) << c.text;
    EXPECT_EQ(match ? static_cast<int>(match->rule->priority) : 0, c.priority) << c.text;
  }
}

TEST(AlarmRuleTest, ASafetyWordRingsWhateverTheScoreAndSaysWhichWordItWas) {
  const AlarmBook book;
  for (std::optional<int> score :
       {std::optional<int>(10), std::optional<int>(7), std::optional<int>(0), std::optional<int>()}) {
    const auto match = book.FirstMatch({Nps(score, "shop ơi ổ cắm bị rò điện, suýt cháy")});
    ASSERT_TRUE(match);
    EXPECT_EQ(match->rule->rule_id, "safety");
    EXPECT_EQ(match->rule->priority, Priority::kP1);
    EXPECT_THAT(match->reasons, ElementsAre("“suýt cháy”", "“rò điện”"));
  }
}

TEST(AlarmRuleTest, DangerIsFoundWithoutDiacriticsAndInEnglish) {
  const AlarmBook book;
  for (const char* text : {"may say boc khoi", "o cam bi ro dien", "an xong bi ngo doc phai nhap vien", "shop lua dao",
                           "toi se khoi kien", "tôi sẽ gọi báo chí", "nguy cơ cháy nổ", "the charger caught fire",
                           "I got an electric shock", "this is a SCAM", "Máy phát nổ!", "đưa lên báo chí"})
    EXPECT_EQ(RuleFor(book, Nps(9, text)), "safety") << text;
}

TEST(AlarmRuleTest, HarmlessWordsThatLookLikeDangerWithoutDiacriticsDoNotRing) {
  const AlarmBook book;
  for (const char* text :
       {"chay di chay lai", "may chay no keu to", "may giat dien tu dung tot", "nhan vien bao chi cho 3 ngay",
        "ho dien thoai cho toi", "anh nhan vien to cao vui tinh", "no binh thuong", "no tung bi the roi",
        "khong ro khi nao giao", "hàng bán chạy", "cháy hàng rồi", "tang len bao nhieu", "bi bong son", "quat chay em",
        "kem chong dinh", "hàng chất"})
    EXPECT_EQ(RuleFor(book, Nps(9, text)), "") << text;
}

TEST(AlarmRuleTest, WordsAreLookedForInEveryTextOfTheAnswer) {
  Answer a = Nps(9, "tốt");
  EXPECT_EQ(RuleFor(AlarmBook(), a), "");
  a.further_words = {"", "ổ cắm rò điện"};
  EXPECT_EQ(RuleFor(AlarmBook(), a), "safety");
  a.further_words = {"rò", "điện"};
  EXPECT_EQ(RuleFor(AlarmBook(), a), "") << "no phrase goes from one text to the next";
}

TEST(AlarmRuleTest, AnUnsolicitedWordOfDangerWithoutAScoreRings) {
  EXPECT_EQ(RuleFor(AlarmBook(), Nps(std::nullopt, "Bãi xe khó tìm quá ạ")), "");
  EXPECT_EQ(RuleFor(AlarmBook(), Nps(std::nullopt, "Quạt bốc khói")), "safety");
}

// Whatever rules a tenant has: those switched off, narrowed, or none at all.
TEST(AlarmRuleTest, EveryDetractorMatchesSomeRule) {
  AlarmRule off = BuiltInAlarmRules().back();
  off.enabled = false;
  AlarmRule narrowed = BuiltInAlarmRules().back();
  narrowed.condition.touchpoints = {"store"};
  narrowed.rank = 5;
  for (const std::vector<AlarmRule>& rules :
       {std::vector<AlarmRule>{}, std::vector{off}, std::vector{narrowed}, BuiltInAlarmRules()}) {
    const AlarmBook book(rules);
    for (int score = 0; score <= 10; ++score)
      EXPECT_EQ(RuleFor(book, Nps(score)).empty(), score > 6) << rules.size() << " " << score;
  }
}

TEST(AlarmRuleTest, TheDetractorRuleCanBeTuned) {
  AlarmRule tuned = BuiltInAlarmRules().back();
  tuned.priority = Priority::kP2;
  tuned.team = "cx";
  tuned.assign_team = AssignTeam::kFixed;
  const AlarmBook book({tuned});
  const auto match = book.FirstMatch({Nps(6)});
  EXPECT_EQ(match->rule->priority, Priority::kP2);
  EXPECT_EQ(match->rule->team, "cx");
}

TEST(AlarmRuleTest, TheFirstByRankThenIdWinsInWhateverOrderTheyAreGiven) {
  std::vector<AlarmRule> rules = {
      Rule("b", 10, [](auto& c) { c.score_at_most = 9; }), Rule("a", 10, [](auto& c) { c.score_at_most = 9; }),
      Rule("early", 5, [](auto& c) { c.segments = {"VIP"}; }), Rule("late", 20, [](auto& c) { c.metrics = {"NPS"}; })};
  Answer a = Nps(9);
  std::sort(rules.begin(), rules.end(), [](auto& x, auto& y) { return x.rule_id < y.rule_id; });
  do {
    EXPECT_EQ(RuleFor(AlarmBook(rules), a), "a");
  } while (std::next_permutation(rules.begin(), rules.end(), [](auto& x, auto& y) { return x.rule_id < y.rule_id; }));
  a.segment = "VIP";
  EXPECT_EQ(RuleFor(AlarmBook(rules), a), "early");
  EXPECT_EQ(RuleFor(AlarmBook(rules), Nps(10)), "late");
}

TEST(AlarmRuleTest, ADisabledRuleIsPassedOver) {
  AlarmRule r = Rule("mine", 1, [](auto& c) { c.metrics = {"NPS"}; });
  r.enabled = false;
  EXPECT_EQ(RuleFor(AlarmBook({r}), Nps(9)), "");
}

// One condition at a time: an answer for which it holds, and one for which it does not.
TEST(AlarmRuleTest, EachConditionAsksForItsOwn) {
  struct Case {
    const char* what;
    std::function<void(AlarmCondition&)> condition;
    std::function<void(Answer&, Signal&)> holds;
  };
  const std::vector<Case> cases = {
      {"detractor", [](auto& c) { c.detractor = true; }, [](auto& a, auto&) { a.band = Band::kWorst; }},
      {"lowest", [](auto& c) { c.lowest = true; }, [](auto& a, auto&) { a.lowest = true; }},
      {"metric",
       [](auto& c) {
         c.metrics = {"CSAT", "CES"};
       },
       [](auto& a, auto&) { a.metric = "CES"; }},
      {"score", [](auto& c) { c.score_at_most = 8; }, [](auto& a, auto&) { a.score = 8; }},
      {"drop", [](auto& c) { c.drop_at_least = 1; }, [](auto& a, auto&) { a.previous_score = 10; }},
      {"keywords",
       [](auto& c) {
         c.keywords = {"quá chậm", "app lỗi"};
       },
       [](auto& a, auto&) { a.comment = "App lỗi"; }},
      {"safety", [](auto& c) { c.safety = true; }, [](auto& a, auto&) { a.comment = "rò điện"; }},
      {"own safety word", [](auto& c) { c.safety = true, c.keywords = {"nóng rát"}; },
       [](auto& a, auto&) { a.comment = "nóng rát tay"; }},
      {"spend",
       [](auto& c) {
         c.spend = {{Amount("500"), "USD"}, {Amount("20000000"), "VND"}};
       },
       [](auto&, auto& s) { s.spend["VND"] = Amount("20000000"); }},
      {"segment", [](auto& c) { c.segments = {"VIP"}; }, [](auto& a, auto&) { a.segment = "VIP"; }},
      {"touchpoint", [](auto& c) { c.touchpoints = {"store"}; }, [](auto& a, auto&) { a.touchpoint = "store"; }},
      {"below a touchpoint", [](auto& c) { c.touchpoints = {"store"}; },
       [](auto& a, auto&) { a.touchpoint = "store.checkout"; }},
      {"channel", [](auto& c) { c.channels = {"zalo"}; }, [](auto& a, auto&) { a.channel = "zalo"; }},
      {"survey", [](auto& c) { c.surveys = {"nps-2026"}; }, [](auto& a, auto&) { a.survey = "nps-2026"; }},
      {"icp", [](auto& c) { c.icp_fit = {"FIT"}; }, [](auto& a, auto&) { a.icp_fit = "FIT"; }},
      {"unasked", [](auto& c) { c.solicited = false; }, [](auto& a, auto&) { a.solicited = false; }},
      {"repeated person", [](auto& c) { c.repeated_person = true; },
       [](auto& a, auto& s) { a.band = Band::kWorst, s.repeated_person = true; }},
      {"repeated cause", [](auto& c) { c.repeated_cause = true; }, [](auto&, auto& s) { s.repeated_cause = true; }},
  };
  for (const Case& x : cases) {
    const AlarmBook book({Rule("mine", 1, x.condition)});
    EXPECT_FALSE(MatchesEverything(book.rules()[0].condition)) << x.what;
    Answer a = Nps(9, "", "web");
    Signal signal{a};
    const std::vector<Verdict> before = book.Verdicts(signal);
    EXPECT_FALSE(before[0].matched) << x.what;
    EXPECT_THAT(before[0].reasons, Not(IsEmpty())) << x.what;
    x.holds(a, signal);
    const std::vector<Verdict> after = book.Verdicts(signal);
    EXPECT_TRUE(after[0].matched) << x.what;
    EXPECT_THAT(after[0].reasons, Not(IsEmpty())) << x.what;
    EXPECT_THAT(after[0].reasons, Not(Contains(""))) << x.what;
    EXPECT_EQ(book.FirstMatch(signal)->rule->rule_id, "mine") << x.what;
  }
}

TEST(AlarmRuleTest, AllConditionsMustHoldAndEachThatDoesNotIsTold) {
  const AlarmBook book({Rule("mine", 1, [](auto& c) {
    c.segments = {"VIP"};
    c.touchpoints = {"store"};
    c.score_at_most = 8;
  })});
  Answer a = Nps(8, "", "store.checkout");
  a.segment = "VIP";
  EXPECT_THAT(book.Verdicts({a})[0].reasons, ElementsAre("NPS 8", "VIP", "store.checkout"));
  a.segment = "Khách mới";
  a.touchpoint = "storefront";
  EXPECT_THAT(book.Verdicts({a})[0].reasons,
              ElementsAre("segment Khách mới is not listed", "touchpoint storefront is not listed"));
  EXPECT_EQ(RuleFor(book, a), "");
}

TEST(AlarmRuleTest, ADropNeedsBothScores) {
  const AlarmBook book({Rule("mine", 1, [](auto& c) { c.drop_at_least = 3; })});
  Answer a = Nps(7);
  EXPECT_THAT(book.Verdicts({a})[0].reasons, ElementsAre(HasSubstr("no score before")));
  a.previous_score = 9;
  EXPECT_EQ(RuleFor(book, a), "");
  a.previous_score = 10;
  EXPECT_EQ(RuleFor(book, a), "mine");
  a.score.reset();
  EXPECT_EQ(RuleFor(book, a), "");
}

TEST(AlarmRuleTest, SpendingIsCountedPerCurrency) {
  const AlarmBook book({Rule("mine", 1, [](auto& c) { c.spend = {{Amount("1000"), "USD"}}; })});
  const Answer a = Nps(9);
  Signal s{a};
  s.spend["VND"] = Amount("999999999");
  EXPECT_FALSE(book.FirstMatch(s));
  s.spend["USD"] = Amount("999.999999");
  EXPECT_FALSE(book.FirstMatch(s));
  s.spend["USD"] = Amount("1000");
  EXPECT_TRUE(book.FirstMatch(s));
}

TEST(AlarmRuleTest, ARuleWithoutConditionsMatchesEverythingAndIsKnownToDoSo) {
  EXPECT_TRUE(MatchesEverything({}));
  EXPECT_EQ(RuleFor(AlarmBook({Rule("all", 1, [](auto&) {})}), Nps(10)), "all");
}

TEST(AlarmRuleTest, SayingItAgainAfterASolvedCaseIsUrgentOnlyForTheUnhappy) {
  const AlarmBook book;
  const Answer unhappy = Nps(5), happy = Nps(10);
  Signal s{unhappy};
  s.repeated_person = true;
  EXPECT_EQ(book.FirstMatch(s)->rule->rule_id, "repeated");
  Signal t{happy};
  t.repeated_person = true;
  EXPECT_FALSE(book.FirstMatch(t));
}

TEST(AlarmRuleTest, WhatMayRingIsNotMissedBeforeItIsLookedUp) {
  const AlarmBook book({Rule("rich", 1,
                             [](auto& c) {
                               c.spend = {{Amount("1"), "VND"}}, c.segments = {"VIP"};
                             }),
                        Rule("again", 2, [](auto& c) { c.repeated_cause = true, c.channels = {"zalo"}; })});
  Answer a = Nps(9);
  EXPECT_FALSE(book.MayRing(a));
  a.segment = "VIP";
  EXPECT_TRUE(book.MayRing(a));
  EXPECT_FALSE(book.FirstMatch({a}));
  a.segment = "";
  a.channel = "zalo";
  EXPECT_TRUE(book.MayRing(a));
  EXPECT_FALSE(book.FirstMatch({a}));
}

TEST(AlarmRuleTest, ABookSaysWhatMustBeLookedUpForItsRules) {
  EXPECT_FALSE(AlarmBook().asks_spend());
  EXPECT_FALSE(AlarmBook().asks_repeated_cause());
  EXPECT_TRUE(AlarmBook({Rule("x", 1, [](auto& c) { c.spend = {{Amount("1"), "VND"}}; })}).asks_spend());
  EXPECT_TRUE(AlarmBook({Rule("x", 1, [](auto& c) { c.repeated_cause = true; })}).asks_repeated_cause());
}

}  // namespace
}  // namespace hoiam::loop
