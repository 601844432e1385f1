// Finds in the demo's data what was planted there.
#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/match.h"
#include "cli/demo/shop.h"
#include "cli/demo/words.h"

namespace hoiam::cli {
namespace {

using google::protobuf::util::MessageDifferencer;
using survey::v1::CollectedBy;
using survey::v1::CreateResponseRequest;
using survey::v1::Customer;
using survey::v1::RecordInteractionRequest;

const absl::Time kLoadedAt = absl::FromCivil(absl::CivilSecond(2026, 11, 21, 9, 30, 0), absl::FixedTimeZone(7 * 3600));

absl::Time ToTime(const google::protobuf::Timestamp& t) { return absl::FromUnixSeconds(t.seconds()); }

double Nps(const std::vector<int>& scores) {
  double sum = 0;
  for (int s : scores) sum += s >= 9 ? 100 : s <= 6 ? -100 : 0;
  return sum / static_cast<double>(scores.size());
}

// The demo with what joins its parts.
struct World {
  Demo demo = MakeDemo(kDemoSeed, kLoadedAt);
  std::map<std::string, const Customer*> customer;
  std::map<std::string, const RecordInteractionRequest*> interaction;
  World() {
    for (const auto& c : demo.customers) customer[c.customer_id()] = &c;
    for (const auto& i : demo.interactions) interaction[i.interaction_id()] = &i;
  }
  const RecordInteractionRequest& About(const CreateResponseRequest& r) const {
    return *interaction.at(r.interaction_id());
  }
  int Week(const RecordInteractionRequest& i) const { return DemoWeek(kLoadedAt, ToTime(i.occurred_at())); }
};

const World& TheWorld() {
  static const auto* world = new World;
  return *world;
}

int DaysLate(const RecordInteractionRequest& i) {
  const auto it = i.properties().find("daysLate");
  return it == i.properties().end() ? 0 : static_cast<int>(it->second.number_value());
}

TEST(DemoTest, HasTheSizeItIsMeantToHave) {
  const auto& d = TheWorld().demo;
  EXPECT_EQ(d.customers.size(), 600u);
  EXPECT_NEAR(d.interactions.size(), 2400, 60);
  EXPECT_NEAR(d.answers.size(), 900, 30);
  for (const char* metric : {"NPS", "CSAT", "CES"})
    EXPECT_GT(std::count_if(d.answers.begin(), d.answers.end(), [&](const auto& a) { return a.metric() == metric; }),
              150)
        << metric;
}

TEST(DemoTest, TheSameSeedAndMomentGiveTheSame) {
  const Demo a = MakeDemo(kDemoSeed, kLoadedAt), b = MakeDemo(kDemoSeed, kLoadedAt + absl::Seconds(59));
  ASSERT_EQ(a.interactions.size(), b.interactions.size());
  for (size_t i = 0; i < a.interactions.size(); ++i)
    EXPECT_TRUE(MessageDifferencer::Equals(a.interactions[i], b.interactions[i]));
  for (size_t i = 0; i < a.answers.size(); ++i) EXPECT_TRUE(MessageDifferencer::Equals(a.answers[i], b.answers[i]));
}

TEST(DemoTest, IdsAreUniqueAndEverythingThatIsNamedExists) {
  const World& w = TheWorld();
  EXPECT_EQ(w.customer.size(), w.demo.customers.size());
  EXPECT_EQ(w.interaction.size(), w.demo.interactions.size());
  std::set<std::string> answers;
  for (const auto& i : w.demo.interactions) EXPECT_TRUE(w.customer.count(i.customer_id()));
  for (const auto& a : w.demo.answers) {
    EXPECT_TRUE(answers.insert(a.response_id()).second);
    ASSERT_TRUE(w.interaction.count(a.interaction_id()));
    EXPECT_EQ(w.About(a).customer_id(), a.customer_id());
  }
}

TEST(DemoTest, EverythingLiesInItsWeeksAndAnswersComeAfterWhatTheyAreAbout) {
  const World& w = TheWorld();
  for (const auto& i : w.demo.interactions) {
    EXPECT_LT(ToTime(i.occurred_at()), kLoadedAt) << i.interaction_id();
    EXPECT_LE(w.Week(i), kDemoWeeks) << i.interaction_id();
    EXPECT_GE(w.Week(i), -1) << i.interaction_id();  // the dormant bought just before
  }
  for (const auto& a : w.demo.answers) {
    EXPECT_GT(ToTime(a.responded_at()), ToTime(w.About(a).occurred_at())) << a.response_id();
    EXPECT_LT(ToTime(a.responded_at()), kLoadedAt) << a.response_id();
  }
  for (const auto& step : w.demo.live) {
    EXPECT_LT(ToTime(step.interaction.occurred_at()), kLoadedAt);
    EXPECT_GT(ToTime(step.interaction.occurred_at()), kLoadedAt - absl::Hours(72)) << "a trigger would find it too old";
    if (!step.answer) continue;
    EXPECT_GT(ToTime(step.answer->responded_at()), ToTime(step.interaction.occurred_at()));
    EXPECT_LT(ToTime(step.answer->responded_at()), kLoadedAt);
  }
}

TEST(DemoTest, TheUnhappySayWhyAndServiceCostsTheShopSomething) {
  const World& w = TheWorld();
  std::map<std::string, int> causes;
  for (const auto& a : w.demo.answers) {
    const bool unhappy = a.metric() == "NPS" && a.score() <= 6;
    EXPECT_EQ(a.answers_size(), unhappy ? 1 : 0) << a.response_id();
    if (!unhappy) continue;
    EXPECT_EQ(a.survey_id(), kNpsSurvey) << "only its questions hold reasons";
    ++causes[a.answers(0).choices(0)];
  }
  EXPECT_GE(causes.size(), 5u) << "a Pareto list needs several bars";
  EXPECT_GE(causes["delivery"], 15) << "the late partner is among them";
  for (const auto& i : w.demo.interactions) {
    EXPECT_EQ(i.currency(), i.amount().empty() && i.cost().empty() ? "" : "VND") << i.interaction_id();
    if (i.type() == "WARRANTY") {
      EXPECT_EQ(i.cost(), "250000");
    }
  }
}

TEST(DemoTest, NobodyIsARealPerson) {
  for (const auto& c : TheWorld().demo.customers) {
    EXPECT_TRUE(absl::EndsWith(c.email(), ".example")) << c.email();
    EXPECT_TRUE(absl::StartsWith(c.phone(), "0900000")) << c.phone();
  }
}

TEST(DemoTest, EveryVerbatimIsThereOnceAtItsTouchpointWithItsScore) {
  const World& w = TheWorld();
  for (const Verbatim& v : Verbatims()) {
    int found = 0;
    for (const auto& a : w.demo.answers) {
      if (a.comment() != v.text) continue;
      ++found;
      EXPECT_EQ(a.metric(), "NPS") << v.text;
      EXPECT_EQ(a.score(), v.score) << v.text;
      EXPECT_EQ(w.About(a).touchpoint(), v.touchpoint) << v.text;
    }
    EXPECT_EQ(found, 1) << v.text;
  }
}

TEST(DemoTest, AThePartnerIsLateInWeeks14To18AndOneNewCustomerSaysItAgainInWeek21) {
  const World& w = TheWorld();
  int late = 0, all = 0;
  for (const auto& i : w.demo.interactions) {
    if (i.type() != "DELIVERY") continue;
    const int week = w.Week(i);
    if (week >= 14 && week <= 18)
      ++all, late += DaysLate(i) > 0;
    else
      EXPECT_EQ(DaysLate(i) > 0, week == 21 && DaysLate(i) == 2) << i.interaction_id();
  }
  EXPECT_GT(all, 50);
  EXPECT_GT(late, all * 6 / 10);
  std::set<std::string> complained;
  std::vector<const CreateResponseRequest*> again;
  for (const auto& a : w.demo.answers) {
    if (DaysLate(w.About(a)) == 0) continue;
    if (w.Week(w.About(a)) <= 18)
      complained.insert(a.customer_id());
    else
      again.push_back(&a);
  }
  EXPECT_GT(complained.size(), 15u);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(complained.count(again[0]->customer_id()), 0u);
  EXPECT_EQ(w.customer.at(again[0]->customer_id())->segment(), "Khách mới");
  EXPECT_LE(again[0]->score(), 6);
}

TEST(DemoTest, BOfSeventyOwnersOfTheBadLotNineComplainAndTheOthersAreSilent) {
  const World& w = TheWorld();
  std::set<std::string> owners, complain, speak;
  for (const auto& i : w.demo.interactions) {
    const auto lot = i.properties().find("lot");
    if (lot == i.properties().end()) continue;
    EXPECT_EQ(lot->second.string_value(), kBadLot);
    EXPECT_EQ(i.properties().at("product").string_value(), kAirFryer);
    owners.insert(i.customer_id());
  }
  for (const auto& a : w.demo.answers) {
    if (!owners.count(a.customer_id())) continue;
    speak.insert(a.customer_id());
    if (a.metric() == "NPS" && a.score() <= 6) complain.insert(a.customer_id());
  }
  EXPECT_EQ(owners.size(), 70u);
  EXPECT_EQ(complain.size(), 9u);
  EXPECT_EQ(speak.size(), 9u);
}

TEST(DemoTest, CTheStaffOfHaDongIsWorseThanElsewhere) {
  const World& w = TheWorld();
  std::vector<int> there, elsewhere;
  for (const auto& a : w.demo.answers) {
    if (a.metric() != "NPS" || w.About(a).touchpoint() != "store.advice") continue;
    (w.customer.at(a.customer_id())->owner_team() == "ha-dong" ? there : elsewhere).push_back(a.score());
  }
  EXPECT_GE(there.size(), 8u);
  EXPECT_GE(elsewhere.size(), 15u);
  EXPECT_LT(Nps(there), -40);
  EXPECT_GT(Nps(elsewhere), 60);
}

TEST(DemoTest, DVinhHasFourAnswers) {
  const World& w = TheWorld();
  EXPECT_EQ(std::count_if(w.demo.answers.begin(), w.demo.answers.end(),
                          [&](const auto& a) { return w.customer.at(a.customer_id())->owner_team() == "vinh"; }),
            4);
  for (const auto& step : w.demo.live) EXPECT_NE(w.customer.at(step.interaction.customer_id())->owner_team(), "vinh");
}

TEST(DemoTest, EFortyArePassiveBehindAFullCsat) {
  std::map<std::string, int> nps, csat;  // the last of each: answers are in order of time
  for (const auto& a : TheWorld().demo.answers) {
    if (a.metric() == "NPS") nps[a.customer_id()] = a.score();
    if (a.metric() == "CSAT") csat[a.customer_id()] = a.score();
  }
  int hidden = 0, wider = 0;
  for (const auto& [customer, score] : nps) {
    const auto it = csat.find(customer);
    if (it == csat.end()) continue;
    hidden += score == 7 && it->second == 5;
    wider += (score == 7 || score == 8) && it->second >= 4;
  }
  EXPECT_EQ(hidden, 40);
  EXPECT_EQ(wider, 40) << "nobody else is CSAT satisfied and NPS passive";
}

TEST(DemoTest, FCsatCollectedByStaffIsFlattering) {
  std::map<CollectedBy::Code, std::pair<int, int>> content;  // of all
  for (const auto& a : TheWorld().demo.answers) {
    if (a.metric() != "CSAT") continue;
    auto& [good, all] = content[a.collected_by()];
    good += a.score() >= 4;
    ++all;
  }
  EXPECT_EQ(content[CollectedBy::STAFF], std::make_pair(48, 50));
  EXPECT_EQ(content[CollectedBy::SELF], std::make_pair(205, 250));
}

TEST(DemoTest, GTwelveRecovered) {
  std::map<std::string, std::vector<int>> nps;
  for (const auto& a : TheWorld().demo.answers) {
    if (a.metric() == "NPS") nps[a.customer_id()].push_back(a.score());
  }
  int recovered = 0;
  for (const auto& [customer, scores] : nps)
    recovered += scores.size() > 1 && scores.front() <= 6 && scores.back() >= 9;
  EXPECT_EQ(recovered, 12);
}

TEST(DemoTest, HVipAreFewBuyMuchAndAreLessContent) {
  const World& w = TheWorld();
  std::map<std::string, int64_t> spent;
  int64_t vip = 0, all = 0;
  for (const auto& i : w.demo.interactions) {
    if (i.amount().empty()) continue;
    EXPECT_EQ(i.currency(), "VND");
    const int64_t amount = std::stoll(i.amount());
    EXPECT_GT(amount, 0);
    EXPECT_EQ(amount % 1000, 0) << i.interaction_id();
    all += amount;
    if (w.customer.at(i.customer_id())->segment() == "VIP") vip += amount, spent[i.customer_id()] += amount;
  }
  EXPECT_EQ(spent.size(), 48u);
  for (const auto& [customer, amount] : spent) EXPECT_GE(amount, 20'000'000) << customer;
  EXPECT_NEAR(static_cast<double>(vip) / static_cast<double>(all), 0.31, 0.005);
  std::vector<int> vips, others;
  for (const auto& a : w.demo.answers) {
    if (a.metric() == "NPS") (w.customer.at(a.customer_id())->segment() == "VIP" ? vips : others).push_back(a.score());
  }
  EXPECT_LT(Nps(vips) + 20, Nps(others));
}

TEST(DemoTest, IOneOrderIsCancelledAndChiLansSecondOrderComesTheSameDay) {
  const auto& live = TheWorld().demo.live;
  EXPECT_EQ(std::count_if(live.begin(), live.end(), [](const LiveStep& s) { return s.cancelled; }), 1);
  ASSERT_GE(live.size(), 2u);
  EXPECT_EQ(live[0].interaction.customer_id(), "kh-0001");
  EXPECT_EQ(live[1].interaction.customer_id(), "kh-0001");
  EXPECT_FALSE(live[0].answer.has_value()) << "her link is open";
  EXPECT_EQ(TheWorld().customer.at("kh-0001")->display_name(), "Nguyễn Thị Lan");
}

TEST(DemoTest, TheGoodsOfTheBadLotHaveTheirOwnHistory) {
  const World& w = TheWorld();
  std::map<std::string, std::vector<const survey::v1::RecordUsageRequest*>> by_item;
  std::set<std::string> ids;
  for (const auto& u : w.demo.usage) {
    EXPECT_TRUE(w.customer.count(u.customer_id()));
    EXPECT_TRUE(ids.insert(u.usage_id()).second);
    EXPECT_TRUE(absl::StartsWith(u.item(), kBadLot)) << u.item();
    EXPECT_LT(ToTime(u.occurred_at()), kLoadedAt);
    by_item[u.item()].push_back(&u);
  }
  int problems = 0, silent = 0;
  for (const auto& [item, history] : by_item) {
    for (size_t i = 1; i < history.size(); ++i)
      EXPECT_LT(ToTime(history[i - 1]->occurred_at()), ToTime(history[i]->occurred_at())) << item;
    problems += std::any_of(history.begin(), history.end(), [](const auto* u) { return u->status() == "PROBLEM"; });
    silent += history.size() == 1 && history[0]->status() == "IN_USE";
  }
  EXPECT_EQ(problems, 9);
  EXPECT_EQ(silent, 30);
  EXPECT_LE(w.demo.usage.size(), 80u) << "one call each: the demo is loaded in seconds";
}

TEST(DemoTest, TheCsiWaveHasSixtyAnswersInWhichDeliveryIsWeakAndMatters) {
  const World& w = TheWorld();
  ASSERT_EQ(w.demo.csi.size(), 60u);
  std::map<std::string, double> sum;
  std::map<std::string, int> important;
  int nothing_missing = 0;
  for (const auto& r : w.demo.csi) {
    EXPECT_EQ(r.metric(), "CSI");
    EXPECT_FALSE(r.has_score());
    EXPECT_TRUE(w.customer.count(r.customer_id()));
    EXPECT_LT(ToTime(r.responded_at()), kLoadedAt);
    for (const auto& a : r.answers()) {
      if (a.has_number()) {
        EXPECT_GE(a.number(), 1);
        EXPECT_LE(a.number(), 10);
        sum[a.question_id()] += a.number();
      }
      if (a.question_id() == "important") {
        EXPECT_LE(a.choices_size(), 3);
        for (const auto& id : a.choices()) ++important[id];
      }
      nothing_missing += a.nothing_missing();
    }
  }
  ASSERT_EQ(sum.size(), 11u);
  for (const auto& [id, total] : sum) {
    if (id != "delivery" && id != "returns") {
      EXPECT_GT(total, sum["delivery"]) << id;
    }
  }
  EXPECT_GT(important["delivery"], 15);
  EXPECT_GT(nothing_missing, 20);
}

TEST(DemoTest, EverythingHoldsOnAnyDayAndSeedOfTheClock) {
  for (int day : {0, 1, 45, 100, 365}) {
    const absl::Time at = kLoadedAt + absl::Hours(24 * day) + absl::Minutes(day * 7);
    const Demo demo = MakeDemo(kDemoSeed, at);
    EXPECT_EQ(demo.answers.size(), TheWorld().demo.answers.size());
    for (const auto& a : demo.answers) EXPECT_LT(ToTime(a.responded_at()), at);
  }
}

}  // namespace
}  // namespace hoiam::cli
