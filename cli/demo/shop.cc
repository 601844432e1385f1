#include "cli/demo/shop.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "cli/demo/builder.h"
#include "cli/demo/export.h"
#include "cli/demo/goods.h"
#include "cli/demo/words.h"

namespace hoiam::cli {
namespace {

constexpr int kLateFrom = 14, kLateTo = 18, kSaidAgain = 21;
constexpr int kTotalEvents = 2400;
constexpr double kVipRevenueShare = 0.31;
constexpr int64_t kVipLeastVnd = 20'000'000;

bool InLateWeeks(int week) { return week >= kLateFrom && week <= kLateTo; }
bool Buys(const Person& p) { return p.segment == Segment::kLoyal || p.segment == Segment::kNew; }
bool AtVinh(const Person& p) { return p.shop == ShopIndex("vinh"); }

// What everybody buys in half a year, and how it reaches them.
void Purchases(DemoBuilder& b) {
  for (size_t i = 0; i < b.people.size(); ++i) {
    const int person = static_cast<int>(i);
    const Segment segment = b.people[i].segment;
    const int purchases = segment == Segment::kVip        ? 5
                          : segment == Segment::kLoyal    ? 3
                          : segment == Segment::kNew      ? (b.rng.Percent(20) ? 2 : 1)
                          : segment == Segment::kBusiness ? 3
                                                          : 0;
    if (segment == Segment::kProspect) b.Happen(person, "chat", b.TimeIn(b.rng.Between(14, 26)));
    if (segment == Segment::kDormant)  // the last time was more than 180 days ago
      b.Happen(person, "store.checkout", b.TimeIn(1) - absl::Hours(24 * 7));
    for (int n = 0; n < purchases; ++n) {
      const int week = segment == Segment::kNew ? b.rng.Between(9, 26) : b.rng.Between(1, 26);
      if (b.rng.Percent(35))
        b.Deliver(person, week, InLateWeeks(week) && b.rng.Percent(75) ? b.rng.Between(1, 3) : 0);
      else
        b.Happen(person, "store.checkout", b.TimeIn(week));
    }
  }
}

// The verbatims of one touchpoint and score, to be used once each.
class Words {
 public:
  explicit Words(const std::vector<Verbatim>& all) : left_(all) {}
  // Takes the first that begins so.
  Verbatim Take(absl::string_view beginning) {
    const auto it = std::find_if(left_.begin(), left_.end(), [&](const Verbatim& v) {
      return absl::string_view(v.text).substr(0, beginning.size()) == beginning;
    });
    Verbatim v = *it;
    left_.erase(it);
    return v;
  }
  const std::vector<Verbatim>& left() const { return left_; }

 private:
  std::vector<Verbatim> left_;
};

// (a), all but what recovered customers and the verbatims say about it.
void LateDeliveries(DemoBuilder& b) {
  for (size_t e = 0; e < b.events.size(); ++e) {
    Person& p = b.people[b.events[e].person];
    if (b.events[e].days_late.value_or(0) == 0 || !p.free || !Buys(p) || !b.rng.Percent(45)) continue;
    p.free = false;
    b.Answer(static_cast<int>(e), "CSAT", b.rng.Between(1, 2), b.rng.Pick(LateRemarks()));
  }
  const int again = b.Take(1, [](const Person& p) { return p.segment == Segment::kNew && !AtVinh(p); }).front();
  b.Answer(b.Deliver(again, kSaidAgain, 2), "NPS", 3,
           "Hẹn giao trong ngày mà hai hôm sau mới tới, lại không ai báo trước.");
}

// (b)
void BadLot(DemoBuilder& b, Words& words) {
  const auto owners = b.Take(70, [](const Person& p) { return p.segment == Segment::kLoyal && !AtVinh(p); });
  for (size_t i = 0; i < owners.size(); ++i) {
    const int bought = b.Happen(owners[i], "store.checkout", b.TimeIn(b.rng.Between(8, 12)));
    b.events[bought].texts["product"] = kAirFryer;
    b.events[bought].texts["lot"] = kBadLot;
    b.events[bought].amount_vnd = Products().front().price_vnd;
    if (i >= 9) continue;  // the others are silent
    const Verbatim first = i == 0 ? words.Take("Nồi chiên dùng 3 hôm") : Verbatim{b.rng.Between(0, 4), "usage", ""};
    const int complaint = b.Happen(owners[i], first.touchpoint, b.TimeIn(b.rng.Between(13, 16)));
    b.Answer(complaint, "NPS", first.score, i == 0 ? first.text : b.rng.Pick(BadLotRemarks()));
  }
}

// (c)
void RudeShop(DemoBuilder& b, Words& words) {
  const int shop = ShopIndex("ha-dong");
  const auto there = b.Take(10, [&](const Person& p) { return p.shop == shop && Buys(p); });
  for (size_t i = 0; i < there.size(); ++i) {
    const int visit = b.EventAt(there[i], "store.advice");
    if (i == 0) {
      const Verbatim v = words.Take("nhan vien thai do");
      b.Answer(visit, "NPS", v.score, v.text);
    } else if (i < 8) {
      b.Answer(visit, "NPS", b.rng.Between(1, 6), b.rng.Pick(AttitudeRemarks()));
    } else {
      b.AnswerPlainly(visit, "NPS", 9);
    }
  }
  const auto elsewhere = b.Take(20, [&](const Person& p) { return p.shop != shop && Buys(p) && !AtVinh(p); });
  for (int person : elsewhere) b.AnswerPlainly(b.EventAt(person, "store.advice"), "NPS", b.rng.Percent(70) ? 10 : 9);
}

// (d)
void SmallShop(DemoBuilder& b) {
  const auto there = b.Take(4, AtVinh);
  constexpr std::array kScores = {9, 6, 10, 8};
  for (size_t i = 0; i < there.size(); ++i) b.Answer(b.EventAt(there[i], "store"), "NPS", kScores[i], "");
  b.Take(static_cast<int>(b.people.size()), AtVinh);  // nobody else there says anything
}

// (e)
void HiddenPassives(DemoBuilder& b, Words& words) {
  const auto who = b.Take(40, [](const Person& p) { return Buys(p) || p.segment == Segment::kBusiness; });
  const Verbatim very_content = words.Take("Rất hài lòng");
  for (size_t i = 0; i < who.size(); ++i) {
    const int event = b.EventAt(who[i], i == 0 ? "store" : i % 2 == 0 ? "store.checkout" : "delivery");
    b.AnswerPlainly(event, "CSAT", 5);
    b.Answer(event, "NPS", 7, i == 0 ? very_content.text : "");
  }
}

// (g)
void Recovered(DemoBuilder& b, Words& words) {
  const auto who = b.Take(12, [](const Person& p) { return p.segment == Segment::kLoyal; });
  const Verbatim called = words.Take("Lần trước giao trễ");
  constexpr std::array kTouchpoints = {"return", "warranty", "hotline", "store.checkout", "install"};
  for (size_t i = 0; i < who.size(); ++i) {
    if (i < 5) {
      b.Answer(b.Deliver(who[i], b.rng.Between(kLateFrom, kLateTo - 1), 2), "NPS", b.rng.Between(2, 6),
               b.rng.Pick(LateRemarks()));
      const int again = b.Deliver(who[i], b.rng.Between(22, 25), 0);
      if (i == 0)
        b.Answer(again, "NPS", called.score, called.text);
      else
        b.AnswerPlainly(again, "NPS", b.rng.Between(9, 10));
    } else {
      b.AnswerPlainly(b.Happen(who[i], kTouchpoints[i % 5], b.TimeIn(b.rng.Between(3, 14))), "NPS",
                      b.rng.Between(0, 6));
      b.AnswerPlainly(b.Happen(who[i], "store.checkout", b.TimeIn(b.rng.Between(19, 25))), "NPS", b.rng.Between(9, 10));
    }
  }
}

// The ladder 7→8→9, and some who slip.
void Movers(DemoBuilder& b) {
  constexpr struct { int from, to, people; } kMoves[] = {{7, 8, 10}, {8, 9, 8}, {9, 10, 6}, {9, 7, 3}, {6, 7, 3}};
  for (const auto& move : kMoves) {
    for (int person : b.Take(move.people, Buys)) {
      b.AnswerPlainly(b.Happen(person, "store.checkout", b.TimeIn(b.rng.Between(9, 14))), "NPS", move.from);
      b.AnswerPlainly(b.Happen(person, "store.checkout", b.TimeIn(b.rng.Between(18, 25))), "NPS", move.to);
    }
  }
}

// (h), the opinion; the money is settled at the end.
void Vips(DemoBuilder& b) {
  const auto who = b.Take(40, [](const Person& p) { return p.segment == Segment::kVip; });
  constexpr std::array kTouchpoints = {"store.checkout", "store", "member", "install"};
  for (size_t i = 0; i < who.size(); ++i) {
    const int score = i < 18 ? b.rng.Between(2, 6) : i < 31 ? b.rng.Between(7, 8) : b.rng.Between(9, 10);
    b.AnswerPlainly(b.EventAt(who[i], kTouchpoints[i % 4]), "NPS", score);
  }
}

// Everybody else's NPS: the verbatims that are left, then a usual mixture.
void OtherNps(DemoBuilder& b, const Words& words) {
  for (const Verbatim& v : words.left()) {
    const int person = b.Take(1, Buys).front();
    const bool late = v.touchpoint == absl::string_view("delivery") && v.score <= 7;
    const int week = b.rng.Between(kLateFrom, kLateTo);
    b.Answer(late ? b.Deliver(person, week, v.score == 7 ? 1 : 2) : b.EventAt(person, v.touchpoint), "NPS", v.score,
             v.text);
  }
  constexpr std::array kTouchpoints = {"store.checkout", "usage",  "order",   "install", "store",
                                       "warranty",       "return", "hotline", "web"};
  const auto who = b.Take(130, Buys);
  for (size_t i = 0; i < who.size(); ++i) {
    const int at = static_cast<int>(i) % 100;
    const int score = at < 16 ? b.rng.Between(1, 6) : at < 40 ? b.rng.Between(7, 8) : b.rng.Between(9, 10);
    b.AnswerPlainly(b.EventAt(who[i], kTouchpoints[i % kTouchpoints.size()]), "NPS", score);
  }
}

// Who may be asked for CSAT and CES without spoiling (b), (d) or (e).
std::vector<int> OpenPeople(const DemoBuilder& b, bool csat) {
  std::vector<int> open;
  for (size_t i = 0; i < b.people.size(); ++i) {
    const Person& p = b.people[i];
    const bool owner =
        std::any_of(p.events.begin(), p.events.end(), [&](int e) { return b.events[e].texts.count("lot") != 0; });
    const bool quiet =
        i == 0 || owner || AtVinh(p) || p.segment == Segment::kProspect || p.segment == Segment::kDormant;
    const bool passive = p.last_nps && (*p.last_nps == 7 || *p.last_nps == 8);
    if (!quiet && !(csat && passive)) open.push_back(static_cast<int>(i));
  }
  return open;
}

// (f)
void Csat(DemoBuilder& b) {
  const auto open = OpenPeople(b, true);
  constexpr std::array kTouchpoints = {"store.checkout", "delivery", "install", "store.checkout"};
  const auto ask = [&](int score, bool by_staff) {
    const int person = b.rng.Pick(open);
    b.AnswerPlainly(b.EventAt(person, by_staff ? "store.checkout" : kTouchpoints[b.rng.Below(4)]), "CSAT", score,
                    by_staff);
  };
  for (int i = 0; i < 48; ++i) ask(b.rng.Percent(70) ? 5 : 4, true);
  for (int i = 0; i < 2; ++i) ask(3, true);
  // 250 alone, 205 of them content; the hidden passives and the late deliveries are among them.
  int content = 0, others = 0;
  for (const Saying& s : b.sayings) {
    if (s.metric == "CSAT" && !s.by_staff) ++(s.score >= 4 ? content : others);
  }
  while (content++ < 205) ask(b.rng.Percent(55) ? 5 : 4, false);
  while (others++ < 45) ask(b.rng.Percent(60) ? 3 : b.rng.Between(1, 2), false);
}

void Ces(DemoBuilder& b) {
  const auto open = OpenPeople(b, false);
  constexpr std::array kTouchpoints = {"hotline", "return", "warranty", "order", "order"};
  for (int i = 0; i < 210; ++i) {
    const int at = b.rng.Below(100);
    const int score = at < 22 ? b.rng.Between(1, 3) : at < 34 ? 4 : b.rng.Between(5, 7);
    b.AnswerPlainly(b.EventAt(b.rng.Pick(open), kTouchpoints[i % 5]), "CES", score);
  }
}

// Talk that nobody was asked about, until there is as much of it as there is meant to be.
void SmallTalk(DemoBuilder& b) {
  constexpr std::array kTouchpoints = {"chat", "usage", "hotline", "member", "web", "store.display"};
  while (b.events.size() < kTotalEvents) {
    const int person = b.rng.Below(static_cast<int>(b.people.size()));
    const Segment segment = b.people[person].segment;
    if (person == 0 || segment == Segment::kDormant) continue;
    if (segment == Segment::kProspect)
      b.Happen(person, "chat", b.TimeIn(b.rng.Between(14, 26)));
    else
      b.Happen(person, kTouchpoints[b.rng.Below(6)], b.TimeIn(b.AnyWeek(b.people[person])));
  }
}

// (h), the money: what VIP bought is set so that it is 31 % of all, and at least 20 million each.
void Revenue(DemoBuilder& b) {
  int64_t others = 0;
  std::map<int, std::vector<int>> vip_purchases;
  for (size_t e = 0; e < b.events.size(); ++e) {
    if (b.events[e].amount_vnd == 0) continue;
    if (b.people[b.events[e].person].segment == Segment::kVip)
      vip_purchases[b.events[e].person].push_back(static_cast<int>(e));
    else
      others += b.events[e].amount_vnd;
  }
  const auto target = static_cast<int64_t>(static_cast<double>(others) * kVipRevenueShare / (1 - kVipRevenueShare));
  const int64_t spare = target - kVipLeastVnd * static_cast<int64_t>(vip_purchases.size());
  // The spare money goes by weight 1 … 3, so that some VIP are larger than others.
  int weights = 0;
  std::map<int, int> weight;
  for (const auto& [person, purchases] : vip_purchases) weights += weight[person] = b.rng.Between(1, 3);
  for (const auto& [person, purchases] : vip_purchases) {
    int64_t left = kVipLeastVnd + spare / weights * weight[person];
    int64_t prices = 0;
    for (int e : purchases) prices += b.events[e].amount_vnd;
    const int64_t sum = left;
    for (int e : purchases) {
      int64_t& amount = b.events[e].amount_vnd;
      amount = sum / 1000 * amount / prices * 1000;
      left -= amount;
    }
    b.events[purchases.back()].amount_vnd += (left + 999) / 1000 * 1000;
  }
}

}  // namespace

Demo MakeDemo(uint64_t seed, absl::Time loaded_at) {
  DemoBuilder b(seed, loaded_at);
  Words words(Verbatims());
  // Those of today come first, so that nothing of their past is planted.
  const auto live = b.Take(kLivePeople, [](const Person& p) { return p.segment == Segment::kLoyal && !AtVinh(p); });
  Purchases(b);
  SmallShop(b);
  LateDeliveries(b);
  BadLot(b, words);
  RudeShop(b, words);
  HiddenPassives(b, words);
  Recovered(b, words);
  Movers(b);
  Vips(b);
  OtherNps(b, words);
  Csat(b);
  Ces(b);
  SmallTalk(b);
  Revenue(b);
  Demo demo = Export(b, live);
  AddUsage(demo);
  AddCsiWave(seed, loaded_at, demo);
  return demo;
}

}  // namespace hoiam::cli
