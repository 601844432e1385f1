// Random histories of customers, told in events; some of them late, twice, or out of order between entities. And what
// they come to: every tally counted anew from the answers and interactions as they stand at the end.
#pragma once

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "scoring_service/convert/events.h"
#include "scoring_service/domain/dimension.h"
#include "scoring_service/domain/periods.h"
#include "scoring_service/store/rollup_row.h"
#include "tests/unit/scoring_service/events.h"

namespace hoiam::scoring {

// All columns of a rollup's key but tenant and generation, and the tally's stored bytes.
using Rollups = std::map<std::string, std::string>;

inline std::string RollupKey(absl::string_view metric, int64_t version, int64_t scope, int64_t kind, int64_t cut,
                             absl::string_view key1, absl::string_view key2, absl::string_view item, int64_t day) {
  return absl::StrCat(metric, "|", version, "|", scope, "|", kind, "|", cut, "|", key1, "|", key2, "|", item, "|", day);
}

class Story {
 public:
  struct Options {
    int customers = 12;
    // Repeated events, which change nothing.
    int again_percent = 10;
  };
  explicit Story(uint64_t seed) : Story(seed, Options()) {}
  Story(uint64_t seed, Options options) : options_(options), rng_(seed) {}

  Event Next() {
    if (!said_.empty() && Chance(options_.again_percent)) return said_[Pick(said_.size())];
    const size_t what = Pick(100);
    Event e = what < 35 ? ChangeInteraction() : what < 92 ? ChangeResponse() : ChangeCustomer();
    if (options_.again_percent > 0) said_.push_back(e);
    return e;
  }

  // A GROUP BY over the answers as they stand.
  Rollups Count(const absl::TimeZone& zone) const {
    std::map<std::string, std::vector<const spb::Interaction*>> by_customer;
    for (const spb::Interaction& i : interactions_) by_customer[i.customer_id()].push_back(&i);
    std::map<std::string, Tally> tallies;
    for (const hoiam::event::v1::ResponseChanged& changed : responses_) {
      const spb::Response& r = changed.response();
      if (r.voided()) continue;
      const Answer a = *ToAnswer(changed);
      Represented money;
      for (const spb::Interaction* i : by_customer[r.customer_id()]) {
        const absl::Time at = ToTime(i->occurred_at());
        if (r.customer_id().empty() || i->voided() || i->currency().empty() || at > a.responded_at ||
            at <= a.responded_at - absl::Hours(24 * 365))
          continue;
        Money& m = money[i->currency()];
        if (!i->amount().empty()) m.revenue += *Decimal::ParseAmount(i->amount());
        if (!i->cost().empty()) m.cost += *Decimal::ParseAmount(i->cost());
      }
      for (const Observation& o : a.observations) {
        for (int cut = 0; cut <= 27; ++cut) {
          if (cut > 9 && (cut < 21 || !o.item.empty())) continue;
          const auto dimension = [&](int d) { return a.dimensions[d]; };
          const std::string key1 = cut == 0 ? "" : cut == 9 ? dimension(8) : dimension(cut < 9 ? cut - 1 : 0);
          const std::string key2 = cut == 9 ? dimension(1) : cut > 20 ? dimension(cut - 20) : "";
          Tally& t = tallies[RollupKey(o.metric, o.version, static_cast<int>(a.scope), static_cast<int>(a.kind), cut,
                                       key1, key2, o.item, DayOf(a.responded_at, zone))];
          ++t.counts[o.value];
          for (const auto& [currency, m] : money) t.money[currency][o.value] += m;
        }
      }
    }
    Rollups out;
    for (const auto& [key, tally] : tallies) out[key] = EncodeTally(tally);
    return out;
  }

  const std::vector<Event>& said() const { return said_; }

 private:
  using ResponseChanged = hoiam::event::v1::ResponseChanged;
  using QuestionType = hoiam::survey::v1::QuestionType;

  size_t Pick(size_t n) { return rng_() % n; }
  bool Chance(int percent) { return static_cast<int>(rng_() % 100) < percent; }
  absl::Time AnyTime() {
    // Two years, so that money falls out of the window; often the very same moments, so that its edges are met.
    if (Chance(30)) return Local(2026, 1, 10) + absl::Hours(24 * 365) * static_cast<int>(Pick(2));
    // On 28 days of them, so that many answers meet in one row.
    return Local(2025, 1, 1) + absl::Hours(24 * 25) * static_cast<int>(Pick(28)) +
           absl::Microseconds(static_cast<int64_t>(rng_() % (12ull * 3600 * 1'000'000)));
  }
  std::string Customer() { return absl::StrCat("c", Pick(options_.customers)); }
  std::string Slug(const char* stem, int n) { return Chance(20) ? "" : absl::StrCat(stem, Pick(n)); }
  std::string Decimals() { return absl::StrCat(Pick(5'000'000), ".", Pick(10)); }

  Event ChangeInteraction() {
    if (!interactions_.empty() && Chance(30)) {
      spb::Interaction& i = interactions_[Pick(interactions_.size())];
      i.set_revision(i.revision() + 1);
      i.set_voided(!Chance(20));
      return EventOf(i);
    }
    spb::Interaction i = InteractionOf(Customer(), absl::StrCat("i", interactions_.size()), AnyTime());
    if (!Chance(25)) {
      i.set_currency(Chance(70) ? "VND" : "USD");
      if (!Chance(10)) i.set_amount(Decimals());
      if (Chance(50)) i.set_cost(Decimals());
    }
    (*i.mutable_properties())["shop"].set_string_value(Slug("shop", 3));
    (*i.mutable_properties())["items"].set_number_value(Pick(9));
    (*i.mutable_properties())["gift"].set_bool_value(Chance(50));
    interactions_.push_back(i);
    ids_of_[i.customer_id()].push_back(i.interaction_id());
    return EventOf(i);
  }

  Event ChangeCustomer() {
    const std::string id = Customer();
    if (Chance(30)) {
      hoiam::survey::v1::Usage u;
      u.set_customer_id(id);
      u.set_usage_id(absl::StrCat("u", ++usages_));
      u.set_item(absl::StrCat("sku", Pick(2)));
      u.set_status(Chance(50) ? "IN_USE" : "PROBLEM");
      *u.mutable_occurred_at() = FromTime(AnyTime());
      return EventOf(u);
    }
    hoiam::event::v1::CustomerChanged& c = customers_[id];
    c.set_customer_id(id);
    c.set_revision(c.revision() + 1);
    c.set_segment(Slug("segment", 3));
    c.set_icp_fit(Chance(30) ? "" : Chance(50) ? "FIT" : "NO_FIT");
    return EventOf(c);
  }

  Event ChangeResponse() {
    if (!responses_.empty() && Chance(40)) {
      ResponseChanged& changed = responses_[Pick(responses_.size())];
      spb::Response& r = *changed.mutable_response();
      r.set_revision(r.revision() + 1);
      if (r.customer_id().empty() && Chance(30)) {
        r.set_customer_id(Customer());
        *r.mutable_claim_time() = FromTime(AnyTime());
      }
      if (Chance(20)) r.set_voided(!r.voided());
      if (Chance(60)) SayAnew(changed);
      if (Chance(20)) *r.mutable_responded_at() = FromTime(AnyTime());
      if (Chance(20)) r.set_touchpoint(Slug("t", 4));
      if (Chance(20)) r.set_interaction_id(AnyInteraction(r.customer_id()));
      return EventOf(changed);
    }
    const char* metrics[] = {"NPS", "NPS", "CSAT", "CES", "CSI", "SPEED"};
    ResponseChanged changed;
    spb::Response& r = *changed.mutable_response();
    r = ResponseOf(Chance(15) ? "" : Customer(), absl::StrCat("r", responses_.size()), metrics[Pick(6)], 1, AnyTime());
    r.set_metric_version(r.metric() == "SPEED" ? 1 + Pick(2) : 1);
    r.set_scope(static_cast<spb::Scope::Code>(Pick(6)));
    r.set_solicited(Chance(80));
    r.set_incentivised(Chance(10));
    r.set_survey_id(Slug("s", 3));
    r.set_touchpoint(Slug("t", 4));
    r.set_channel(Slug("ch", 2));
    r.set_segment(Chance(50) ? "Khách mới" : "VIP");
    r.set_owner_team(Slug("team", 3));
    r.set_collected_by(static_cast<spb::CollectedBy::Code>(Pick(4)));
    r.set_usage_status(Chance(50) ? "IN_USE" : "");
    r.set_icp_fit(Chance(50) ? "FIT" : "NO_FIT");
    r.set_stage(static_cast<spb::Stage::Code>(Pick(4)));
    r.set_interaction_id(AnyInteraction(r.customer_id()));
    SayAnew(changed);
    responses_.push_back(changed);
    return EventOf(changed);
  }

  void Ask(ResponseChanged& changed, spb::Answer answer, QuestionType::Code type, int object = 0) {
    auto* q = changed.add_questions();
    q->set_question_id(answer.question_id());
    q->set_type(type);
    q->set_object(static_cast<hoiam::survey::v1::CsiObject::Code>(object));
    *changed.mutable_response()->add_answers() = std::move(answer);
  }

  // What is answered, all of it anew.
  void SayAnew(ResponseChanged& changed) {
    spb::Response& r = *changed.mutable_response();
    r.clear_score();
    r.clear_answers();
    changed.clear_questions();
    changed.clear_band();
    const auto answer = [](const char* id) {
      spb::Answer a;
      a.set_question_id(id);
      return a;
    };
    if (r.metric() == "CSI") {
      for (const char* id : {"speed", "price"}) {
        spb::Answer a = answer(id);
        a.set_number(1 + Pick(10));
        if (Chance(50)) a.set_importance(1 + Pick(10));
        Ask(changed, a, QuestionType::CSI, 1 + Pick(3));
      }
      if (Chance(50)) {
        spb::Answer a = answer("matters");
        a.add_choices("speed");
        Ask(changed, a, QuestionType::CSI_IMPORTANCE);
      }
    } else if (!Chance(10)) {
      r.set_score(r.metric() == "NPS" ? Pick(11) : 1 + Pick(r.metric() == "CSAT" ? 5 : 7));
      const char* bands[] = {"DETRACTOR", "PROMOTER", "SATISFIED", "EASY", "UNHAPPY"};
      changed.set_band(bands[Pick(5)]);
    }
    if (Chance(30)) {
      spb::Answer a = answer("why");
      for (const char* reason : {"late", "rude", "dear"})
        if (Chance(50)) a.add_choices(reason);
      Ask(changed, a, QuestionType::MULTIPLE_CHOICE);
    }
    if (Chance(20)) {
      spb::Answer a = answer("expected");
      a.set_number(1 + Pick(10));
      a.set_expected(1 + Pick(10));
      Ask(changed, a, QuestionType::EXPECTATION_PAIR);
    }
    if (Chance(20)) {
      spb::Answer a = answer("ideal");
      if (Chance(50))
        a.set_nothing_missing(true);
      else
        a.set_text("Giao nhanh hơn");
      Ask(changed, a, QuestionType::IDEAL);
    }
  }

  // Mostly one of the customer's; sometimes another's, or one that has not come yet.
  std::string AnyInteraction(const std::string& customer) {
    if (Chance(30)) return "";
    if (const auto it = ids_of_.find(customer); it != ids_of_.end() && Chance(90))
      return it->second[Pick(it->second.size())];
    return absl::StrCat("i", Pick(interactions_.size() + 5));
  }

  const Options options_;
  std::mt19937_64 rng_;
  std::vector<spb::Interaction> interactions_;
  std::map<std::string, std::vector<std::string>> ids_of_;
  std::vector<ResponseChanged> responses_;
  std::map<std::string, hoiam::event::v1::CustomerChanged> customers_;
  int usages_ = 0;
  std::vector<Event> said_;
};

}  // namespace hoiam::scoring
