#include "cli/demo/goods.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "absl/strings/str_format.h"
#include "cli/api/time.h"
#include "cli/demo/random.h"
#include "cli/demo/words.h"

namespace hoiam::cli {
namespace {

constexpr int kCsiAnswers = 60;
constexpr int kSilentInUse = 30;

constexpr struct {
  const char* id;
  int usual;      // score of most people
  int important;  // how many of a hundred choose it
} kAttributes[] = {{"quality", 8, 55},  {"range", 8, 12},    {"price", 7, 38},   {"staff", 9, 30},
                   {"checkout", 8, 10}, {"delivery", 6, 48}, {"returns", 6, 35}, {"shop", 8, 5},
                   {"trust", 8, 40},    {"promises", 7, 20}, {"benefits", 7, 7}};

std::string TextOf(const survey::v1::RecordInteractionRequest& i, const char* property) {
  const auto it = i.properties().find(property);
  return it == i.properties().end() ? "" : it->second.string_value();
}

// Customers who own a fryer of the bad lot, and when they bought it.
std::map<std::string, absl::Time> Owners(const Demo& demo) {
  std::map<std::string, absl::Time> owners;
  for (const auto& i : demo.interactions) {
    if (TextOf(i, "lot") == kBadLot) owners[i.customer_id()] = ToTime(i.occurred_at());
  }
  return owners;
}

class Usages {
 public:
  explicit Usages(Demo& demo) : demo_(demo) {}
  void Add(const std::string& customer, const char* status, absl::Time at, const char* detail = "") {
    survey::v1::RecordUsageRequest u;
    u.set_customer_id(customer);
    u.set_usage_id(absl::StrFormat("sd-%04d", demo_.usage.size() + 1));
    u.set_item(absl::StrFormat("%s-%s", kBadLot, customer));
    u.set_status(status);
    u.set_detail(detail);
    u.set_stated_by(survey::v1::CollectedBy::STAFF);
    u.mutable_occurred_at()->set_seconds(absl::ToUnixSeconds(at));
    demo_.usage.push_back(std::move(u));
  }

 private:
  Demo& demo_;
};

void AddAnswer(survey::v1::CreateResponseRequest& r, const char* question, double number) {
  auto& a = *r.add_answers();
  a.set_question_id(question);
  a.set_number(number);
}

void AddOpinion(Random& rng, survey::v1::CreateResponseRequest& r) {
  const int mood = rng.Between(-2, 1);
  std::vector<const char*> important;
  for (const auto& attribute : kAttributes) {
    AddAnswer(r, attribute.id, std::clamp(attribute.usual + mood + rng.Between(-1, 1), 1, 10));
    if (important.size() < 3 && rng.Percent(attribute.important)) important.push_back(attribute.id);
  }
  if (!important.empty()) {
    auto& a = *r.add_answers();
    a.set_question_id("important");
    for (const char* id : important) a.add_choices(id);
  }
  auto& expectation = *r.add_answers();
  expectation.set_question_id("expectation");
  expectation.add_choices(mood < -1 ? "below" : mood > 0 ? "above" : "as_expected");
  auto& ideal = *r.add_answers();
  ideal.set_question_id("ideal");
  if (rng.Percent(55)) {
    ideal.set_nothing_missing(true);
  } else {
    static constexpr std::array kWishes = {"Giao đúng hẹn, có thay đổi thì gọi báo trước giúp em.",
                                           "Đổi trả trong 7 ngày thay vì 3 ngày ạ.", "Thêm quầy thanh toán cuối tuần.",
                                           "Hướng dẫn sử dụng bằng tiếng Việt."};
    ideal.set_text(kWishes[rng.Below(static_cast<int>(kWishes.size()))]);
  }
}

}  // namespace

void AddUsage(Demo& demo) {
  const auto owners = Owners(demo);
  std::map<std::string, absl::Time> complained;
  std::map<std::string, const survey::v1::RecordInteractionRequest*> about;
  for (const auto& i : demo.interactions) about[i.interaction_id()] = &i;
  for (const auto& a : demo.answers) {
    const absl::Time at = ToTime(about.at(a.interaction_id())->occurred_at());
    if (owners.count(a.customer_id()) && a.score() <= 6 && !complained.count(a.customer_id()))
      complained[a.customer_id()] = at;
  }
  Usages usages(demo);
  int n = 0;
  for (const auto& [customer, at] : complained) {
    usages.Add(customer, "DELIVERED", owners.at(customer));
    usages.Add(customer, "PROBLEM", at, "Máy kêu to rồi ngắt, mùi khét");
    if (++n % 3 == 0) {
      usages.Add(customer, "STOPPED", at + absl::Hours(24 * 2), "Khách không dùng nữa");
      continue;
    }
    usages.Add(customer, "IN_WARRANTY", at + absl::Hours(24));
    if (n % 3 == 1) usages.Add(customer, "REPLACED", at + absl::Hours(24 * 6), "Đổi máy mới, lô khác");
  }
  int silent = 0;
  for (const auto& [customer, at] : owners) {
    if (!complained.count(customer) && ++silent <= kSilentInUse)
      usages.Add(customer, "IN_USE", at + absl::Hours(24 * 14));
  }
}

void AddCsiWave(uint64_t seed, absl::Time loaded_at, Demo& demo) {
  Random rng(seed ^ 0xC51);
  const auto owners = Owners(demo);
  const std::string vinh = Shops()[ShopIndex("vinh")].team;
  std::vector<const survey::v1::Customer*> people;
  for (size_t i = 1; i < demo.customers.size(); ++i) {
    const auto& c = demo.customers[i];
    if (c.lifecycle() == survey::v1::Lifecycle::ACTIVE && c.owner_team() != vinh && !owners.count(c.customer_id()))
      people.push_back(&c);
  }
  rng.Shuffle(people);
  for (int n = 0; n < std::min<int>(kCsiAnswers, static_cast<int>(people.size())); ++n) {
    survey::v1::CreateResponseRequest r;
    r.set_response_id(absl::StrFormat("csi-%03d", n + 1));
    r.set_customer_id(people[n]->customer_id());
    r.set_survey_id(kCsiSurvey);
    r.set_metric("CSI");
    r.set_language("vi");
    r.mutable_responded_at()->set_seconds(
        absl::ToUnixSeconds(loaded_at - absl::Hours(24) - absl::Minutes(rng.Below(60 * 24 * 13))));
    AddOpinion(rng, r);
    demo.csi.push_back(std::move(r));
  }
}

}  // namespace hoiam::cli
