#include "scoring_service/domain/observation.h"

#include <algorithm>
#include <array>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "scoring_service/domain/csi.h"

namespace hoiam::scoring {
namespace {

using Type = AnsweredQuestion::Type;

constexpr int kBuiltinVersion = 1;
constexpr std::array<absl::string_view, 4> kObjects = {"", "product", "service", "brand"};

// A mean of whole numbers, halves up.
struct Mean {
  int sum = 0, n = 0;
  void Add(int value) { sum += value, ++n; }
  int rounded() const { return (2 * sum + n) / (2 * n); }
};

bool On(const char* metric, int value) {
  const MetricDef* def = FindBuiltin(metric);
  return value >= def->min && value <= def->max;
}

// A rating that can be counted.
bool IsRating(const AnsweredQuestion& q) {
  return q.type == Type::kCsi && q.object > 0 && q.object < static_cast<int>(kObjects.size()) && q.number &&
         On(kCsi, *q.number);
}

std::string ItemOf(const AnsweredQuestion& q) { return absl::StrCat(kObjects[q.object], "/", q.id); }

std::optional<Mean> RatingsOf(const std::vector<AnsweredQuestion>& questions) {
  Mean all;
  for (const AnsweredQuestion& q : questions)
    if (IsRating(q)) all.Add(*q.number);
  return all.n > 0 ? std::optional(all) : std::nullopt;
}

void AddCsi(const std::vector<AnsweredQuestion>& questions, std::vector<Observation>& out) {
  const auto all = RatingsOf(questions);
  if (!all) return;
  const auto asked = std::find_if(questions.begin(), questions.end(),
                                  [](const AnsweredQuestion& q) { return q.type == Type::kCsiImportance; });
  out.push_back({kCsi, kBuiltinVersion, "", all->rounded()});
  std::map<int, Mean> objects;
  for (const AnsweredQuestion& q : questions) {
    if (!IsRating(q)) continue;
    objects[q.object].Add(*q.number);
    out.push_back({kCsi, kBuiltinVersion, ItemOf(q), *q.number});
    if (q.importance && On(kCsi, *q.importance))
      out.push_back({kCsiImportance, kBuiltinVersion, ItemOf(q), *q.importance});
    if (asked != questions.end()) {
      const auto& chosen = asked->choices;
      const bool is_chosen = std::find(chosen.begin(), chosen.end(), q.id) != chosen.end();
      out.push_back({kCsiChosen, kBuiltinVersion, ItemOf(q), is_chosen ? 1 : 0});
    }
  }
  for (const auto& [object, mean] : objects)
    out.push_back({kCsi, kBuiltinVersion, std::string(kObjects[object]), mean.rounded()});
}

std::optional<int> ExpectationOf(const AnsweredQuestion& q) {
  if (q.type == Type::kExpectation && !q.choices.empty()) {
    static constexpr std::array<absl::string_view, 3> kChoices = {"below", "as_expected", "above"};
    const auto it = std::find(kChoices.begin(), kChoices.end(), q.choices.front());
    if (it != kChoices.end()) return static_cast<int>(it - kChoices.begin());
  }
  if (q.type == Type::kExpectationPair && q.number && q.expected)
    return *q.number < *q.expected ? 0 : *q.number == *q.expected ? 1 : 2;
  return std::nullopt;
}

// Whether something is still named; nullopt when it was not asked.
std::optional<int> GapOf(const AnsweredQuestion& q) {
  if (q.type != Type::kIdeal) return std::nullopt;
  if (q.nothing_missing) return 0;
  return q.text.empty() ? std::nullopt : std::optional(1);
}

}  // namespace

std::vector<Observation> ObservationsOf(const Answer& answer, const std::vector<AnsweredQuestion>& questions) {
  std::vector<Observation> out;
  if (answer.score) out.push_back({answer.metric, answer.version, "", *answer.score});
  AddCsi(questions, out);
  std::optional<int> expectation, gap;
  for (const AnsweredQuestion& q : questions) {
    if (answer.score && (q.type == Type::kSingleChoice || q.type == Type::kMultipleChoice))
      for (const std::string& option : q.choices)
        out.push_back({answer.metric, answer.version, absl::StrCat(q.id, "/", option), *answer.score});
    if (const auto one = ExpectationOf(q)) expectation = std::min(expectation.value_or(*one), *one);
    if (const auto one = GapOf(q)) gap = std::max(gap.value_or(*one), *one);
  }
  if (expectation) out.push_back({kExpectation, kBuiltinVersion, "", *expectation});
  const Observation* main = MainOf(answer.metric, out);
  if (gap && main && IsHappy(BandOf(answer, *main))) out.push_back({kIdealGap, kBuiltinVersion, "", *gap});
  return out;
}

const Observation* MainOf(absl::string_view metric, const std::vector<Observation>& observations) {
  const auto it = std::find_if(observations.begin(), observations.end(),
                               [&](const Observation& o) { return o.metric == metric && o.item.empty(); });
  return it == observations.end() ? nullptr : &*it;
}

Band BandOf(const Answer& answer, const Observation& main) {
  return main.metric == kCsi ? PartOf(*FindBuiltin(kCsi), main.value).band : answer.band;
}

std::optional<int> OwnCsi(const std::vector<Observation>& observations) {
  struct Attribute {
    int score = 0;
    std::optional<int> rated, chosen;
  };
  std::map<absl::string_view, Attribute> attributes;
  for (const Observation& o : observations) {
    if (!absl::StrContains(o.item, '/')) continue;
    if (o.metric == kCsi && CsiObjectOf(absl::string_view(o.item).substr(0, o.item.find('/'))) > 0)
      attributes[o.item].score = o.value;
    if (o.metric == kCsiImportance) attributes[o.item].rated = o.value;
    if (o.metric == kCsiChosen) attributes[o.item].chosen = o.value;
  }
  if (attributes.empty()) return std::nullopt;
  const auto weighted = [&](const auto& weight_of) -> std::optional<int> {
    int64_t sum = 0, weights = 0;
    for (const auto& [item, a] : attributes) {
      const std::optional<int> weight = weight_of(a);
      if (!weight) return std::nullopt;
      weights += *weight;
      sum += int64_t{*weight} * a.score;
    }
    if (weights == 0) return std::nullopt;
    return static_cast<int>((2 * 10'000 * sum + weights) / (2 * weights));
  };
  if (const auto rated = weighted([](const Attribute& a) { return a.rated; })) return rated;
  if (const auto chosen = weighted([](const Attribute& a) { return a.chosen; })) return chosen;
  return weighted([](const Attribute&) { return std::optional(1); });
}

}  // namespace hoiam::scoring
