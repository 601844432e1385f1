#include "cli/demo/builder.h"

#include <algorithm>

#include "cli/demo/words.h"

namespace hoiam::cli {
namespace {

// How many of each; together 600.
constexpr struct {
  Segment segment;
  int people;
} kSegments[] = {{Segment::kVip, 48},      {Segment::kLoyal, 200},  {Segment::kNew, 192},
                 {Segment::kProspect, 40}, {Segment::kDormant, 90}, {Segment::kBusiness, 30}};
constexpr int kVinhPeople = 20;
constexpr int kFirstWeekOfNew = 9;
constexpr int kLastAnsweredWeek = 25;

// What happens where.
struct Place {
  const char *touchpoint, *type, *channel;
};
constexpr Place kPlaces[] = {{"store.checkout", "PURCHASE", "store"},
                             {"order", "PURCHASE", "web"},
                             {"delivery", "DELIVERY", "delivery"},
                             {"install", "INSTALLATION", "home"},
                             {"usage", "FOLLOW_UP", "zalo"},
                             {"return", "RETURN", "store"},
                             {"warranty", "WARRANTY", "store"},
                             {"hotline", "SUPPORT", "phone"},
                             {"chat", "CHAT", "zalo"},
                             {"web", "WEB_VISIT", "app"},
                             {"member", "MEMBERSHIP", "app"},
                             {"store", "VISIT", "store"},
                             {"store.advice", "VISIT", "store"},
                             {"store.display", "VISIT", "store"}};

const Place& PlaceAt(absl::string_view touchpoint) {
  return *std::find_if(std::begin(kPlaces), std::end(kPlaces),
                       [&](const Place& p) { return touchpoint == p.touchpoint; });
}

Mood MoodOf(absl::string_view metric, int score) {
  if (metric == "NPS") return score <= 6 ? Mood::kUnhappy : score <= 8 ? Mood::kSoSo : Mood::kHappy;
  if (metric == "CSAT") return score <= 2 ? Mood::kUnhappy : score == 3 ? Mood::kSoSo : Mood::kHappy;
  return score <= 3 ? Mood::kUnhappy : score == 4 ? Mood::kSoSo : Mood::kHappy;
}

absl::Time Midnight(absl::Time t) { return absl::FromCivil(absl::CivilDay(absl::ToCivilDay(t, VietNam())), VietNam()); }

}  // namespace

absl::TimeZone VietNam() { return absl::FixedTimeZone(7 * 3600); }

int DemoWeek(absl::Time loaded_at, absl::Time t) {
  const absl::Time first = Midnight(loaded_at) - absl::Hours(24 * 7 * kDemoWeeks);
  return static_cast<int>(absl::Floor(t - first, absl::Hours(24 * 7)) / absl::Hours(24 * 7)) + 1;
}

DemoBuilder::DemoBuilder(uint64_t seed, absl::Time loaded_at)
    : rng(seed),
      loaded_at_(absl::FromUnixSeconds(absl::ToUnixSeconds(loaded_at) / 60 * 60)),
      first_day_(Midnight(loaded_at) - absl::Hours(24 * 7 * kDemoWeeks)) {
  MakePeople();
}

void DemoBuilder::MakePeople() {
  std::vector<Segment> segments;
  for (const auto& s : kSegments) segments.insert(segments.end(), s.people, s.segment);
  rng.Shuffle(segments);
  // The first is chị Lan, whose orders of today the guided demo is about: a loyal customer of Cầu Giấy.
  std::swap(segments[0], *std::find(segments.begin(), segments.end(), Segment::kLoyal));
  const int vinh = ShopIndex("vinh");
  int at_vinh = 0;
  for (size_t i = 0; i < segments.size(); ++i) {
    int shop = rng.Below(static_cast<int>(Shops().size()) - 1);
    if (shop >= vinh) ++shop;
    const bool may_be_vinh = segments[i] == Segment::kLoyal || segments[i] == Segment::kNew;
    if (i > 0 && may_be_vinh && at_vinh < kVinhPeople && i % 15 == 0) shop = vinh, ++at_vinh;
    if (i == 0) shop = ShopIndex("cau-giay");
    people.push_back({static_cast<int>(i) + 1, segments[i], shop, {}, i != 0, std::nullopt, std::nullopt});
    order_.push_back(static_cast<int>(i));
  }
  rng.Shuffle(order_);
}

absl::Time DemoBuilder::TimeIn(int week) {
  const int minute = rng.Between(8 * 60, 21 * 60 + 30);  // shops are open from 8:00 to 21:30, every day
  return first_day_ + absl::Hours(24 * (7 * (week - 1) + rng.Below(7))) + absl::Minutes(minute);
}

int DemoBuilder::AnyWeek(const Person& person) {
  return rng.Between(person.segment == Segment::kNew ? kFirstWeekOfNew : 1, kLastAnsweredWeek);
}

int DemoBuilder::Happen(int person, absl::string_view touchpoint, absl::Time when) {
  const Place& place = PlaceAt(touchpoint);
  Event e{person, place.type, place.touchpoint, place.channel, when};
  const Product& product = rng.Pick(Products());
  if (e.type == "PURCHASE") {
    const int pieces = people[person].segment == Segment::kBusiness ? rng.Between(4, 8) : rng.Percent(12) ? 2 : 1;
    e.amount_vnd = product.price_vnd * pieces;
    e.texts["product"] = product.name;
  }
  e.texts["shop"] = Shops()[people[person].shop].team;
  events.push_back(std::move(e));
  people[person].events.push_back(static_cast<int>(events.size()) - 1);
  return static_cast<int>(events.size()) - 1;
}

int DemoBuilder::Deliver(int person, int week, int days_late) {
  const absl::Time when = TimeIn(week);
  Happen(person, "order", when - absl::Hours(24 * (1 + days_late)) - absl::Minutes(rng.Below(120)));
  const int delivery = Happen(person, "delivery", when);
  events[delivery].days_late = days_late;
  events[delivery].texts["partner"] = "Sao Mai Express";
  return delivery;
}

int DemoBuilder::EventAt(int person, absl::string_view touchpoint, int week) {
  for (int e : people[person].events) {
    const Event& event = events[e];
    const int happened = WeekOf(event);
    const bool planted = event.days_late.value_or(0) > 0 || event.texts.count("lot");
    if (event.touchpoint == touchpoint && !event.answered && !planted && happened <= kLastAnsweredWeek &&
        (week == 0 || happened == week))
      return e;
  }
  const int when = week == 0 ? AnyWeek(people[person]) : week;
  return touchpoint == "delivery" ? Deliver(person, when, 0) : Happen(person, touchpoint, TimeIn(when));
}

void DemoBuilder::Answer(int event, absl::string_view metric, int score, absl::string_view comment, bool by_staff) {
  Event& e = events[event];
  e.answered = true;
  // Staff ask on the spot.
  const absl::Duration later =
      by_staff ? absl::Minutes(rng.Between(2, 10)) : absl::Minutes(rng.Between(60, 2 * 24 * 60));
  sayings.push_back({event, std::string(metric), score, std::string(comment), e.time + later, by_staff});
  Person& p = people[e.person];
  if (metric == "NPS") p.last_nps = score;
  if (metric == "CSAT") p.last_csat = score;
}

void DemoBuilder::AnswerPlainly(int event, absl::string_view metric, int score, bool by_staff) {
  const auto& remarks = Remarks(events[event].touchpoint, MoodOf(metric, score));
  const bool speaks = !by_staff && !remarks.empty() && rng.Percent(45);
  Answer(event, metric, score, speaks ? rng.Pick(remarks) : "", by_staff);
}

}  // namespace hoiam::cli
