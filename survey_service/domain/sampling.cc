#include "survey_service/domain/sampling.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "platform/base/crypto.h"

namespace hoiam::survey {
namespace {

// People kept of a stratum beside its share, so that chance in a small one never costs a second pass.
constexpr double kSpare = 32;

int64_t Replacements(const SamplePlan& plan, int64_t places, int64_t population) {
  const int64_t wanted = (places * plan.replacement_percent + 99) / 100;
  return std::min(wanted, population - places);
}

std::vector<StratumWeight> Weights(const SamplePlan& plan, const std::map<std::string, int64_t>& populations) {
  std::vector<StratumWeight> out;
  for (const auto& [stratum, population] : populations) {
    const auto it = plan.deviation.find(stratum);
    out.push_back({population, it == plan.deviation.end() ? 1 : it->second});
  }
  return out;
}

int64_t Total(const std::map<std::string, int64_t>& populations) {
  int64_t total = 0;
  for (const auto& [stratum, population] : populations) total += population;
  return total;
}

SampleProblem CheckNamed(const SamplePlan& plan, const std::map<std::string, int64_t>& populations) {
  for (const auto& [stratum, size] : plan.fixed) {
    const auto it = populations.find(stratum);
    if (it == populations.end()) return {SampleProblem::kUnknownStratum, stratum};
    if (size > it->second) return {SampleProblem::kLargerThanStratum, stratum, it->second, size};
  }
  for (const auto& [stratum, deviation] : plan.deviation)
    if (!populations.count(stratum)) return {SampleProblem::kUnknownStratum, stratum};
  return {};
}

// Places by stratum, in the order of `populations`, when what was seen so far were all.
std::vector<double> SharesSoFar(const SamplePlan& plan, const std::map<std::string, int64_t>& populations) {
  std::vector<double> shares;
  if (plan.rule == AllocationRule::kFixed) {
    for (const auto& [stratum, population] : populations) {
      const auto it = plan.fixed.find(stratum);
      shares.push_back(it == plan.fixed.end() ? 0 : static_cast<double>(it->second));
    }
  } else if (plan.size >= Total(populations)) {
    for (const auto& [stratum, population] : populations) shares.push_back(static_cast<double>(population));
  } else if (plan.size < static_cast<int64_t>(populations.size())) {
    shares.assign(populations.size(), 1);
  } else {
    shares = Quotas(plan.rule, Weights(plan, populations), plan.size);
  }
  return shares;
}

}  // namespace

std::vector<double> Quotas(AllocationRule rule, const std::vector<StratumWeight>& strata, int64_t size) {
  // Each share is clamp(λ·weight, 1, population); their sum grows with λ, so one λ gives `size`. Between two bends of
  // that sum it is a straight line: the strata that lie between their bounds share what the others leave.
  struct Stratum {
    double weight, low, high;  // λ from which the share exceeds 1, and at which it holds everybody
  };
  std::vector<Stratum> all;
  std::vector<double> bends;
  for (const StratumWeight& s : strata) {
    const double population = static_cast<double>(s.population);
    const double weight = population * (rule == AllocationRule::kNeyman ? s.deviation : 1);
    all.push_back({weight, 1 / weight, population / weight});
    bends.push_back(1 / weight);
    bends.push_back(population / weight);
  }
  const auto share = [&](size_t i, double lambda) {
    return std::clamp(lambda * all[i].weight, 1.0, static_cast<double>(strata[i].population));
  };
  const auto sum = [&](double lambda) {
    double total = 0;
    for (size_t i = 0; i < all.size(); ++i) total += share(i, lambda);
    return total;
  };
  std::sort(bends.begin(), bends.end());
  const auto next = std::partition_point(bends.begin(), bends.end(),
                                         [&](double lambda) { return sum(lambda) < static_cast<double>(size); });
  double lambda = bends.empty() ? 0 : bends.back();
  if (next != bends.end()) {
    const double before = next == bends.begin() ? *next : *(next - 1);
    double free_weight = 0, held = 0;
    for (size_t i = 0; i < all.size(); ++i) {
      if (all[i].low <= before && all[i].high >= *next && all[i].low < all[i].high)
        free_weight += all[i].weight;
      else
        held += share(i, before);
    }
    lambda = free_weight > 0 ? (static_cast<double>(size) - held) / free_weight : *next;
  }
  std::vector<double> out;
  for (size_t i = 0; i < all.size(); ++i) out.push_back(share(i, lambda));
  return out;
}

std::vector<int64_t> Places(AllocationRule rule, const std::vector<StratumWeight>& strata, int64_t size) {
  const std::vector<double> quotas = Quotas(rule, strata, size);
  std::vector<int64_t> places;
  std::vector<double> rests;
  int64_t left = size;
  for (const double q : quotas) {
    // A share that is whole but for rounding is whole.
    const double whole = std::floor(q + 1e-9);
    places.push_back(static_cast<int64_t>(whole));
    rests.push_back(q - whole);
    left -= places.back();
  }
  std::vector<size_t> order(quotas.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return rests[a] > rests[b] + 1e-12; });
  for (size_t i = 0; left > 0 && !order.empty(); i = (i + 1) % order.size()) {
    if (places[order[i]] >= strata[order[i]].population) continue;
    ++places[order[i]];
    --left;
  }
  return places;
}

SampleProblem Deal(const SamplePlan& plan, const std::map<std::string, int64_t>& populations,
                   std::vector<DrawnStratum>& out) {
  out.clear();
  const int64_t total = Total(populations), strata = static_cast<int64_t>(populations.size());
  if (total == 0) return {SampleProblem::kEmptyPopulation};
  if (SampleProblem p = CheckNamed(plan, populations); p.kind != SampleProblem::kNone) return p;
  if (plan.size > total) return {SampleProblem::kLargerThanPopulation, "", total, plan.size};
  std::vector<int64_t> places;
  if (plan.rule == AllocationRule::kFixed) {
    for (const double share : SharesSoFar(plan, populations)) places.push_back(static_cast<int64_t>(share));
  } else {
    if (plan.size < strata) return {SampleProblem::kFewerPlacesThanStrata, "", strata, plan.size};
    places = Places(plan.rule, Weights(plan, populations), plan.size);
  }
  size_t i = 0;
  for (const auto& [stratum, population] : populations) {
    out.push_back({stratum, population, places[i], Replacements(plan, places[i], population)});
    ++i;
  }
  return {};
}

uint64_t Rank(uint64_t seed, absl::string_view customer_id) {
  const std::string digest = Sha256(absl::StrCat(seed, absl::string_view("\0", 1), customer_id));
  uint64_t rank = 0;
  for (int i = 0; i < 8; ++i) rank = rank << 8 | static_cast<unsigned char>(digest[i]);
  return rank;
}

Draw::Draw(SamplePlan plan, double keep)
    : plan_(std::move(plan)), keep_(keep), prune_at_(4 * static_cast<size_t>(2 * plan_.size + 1024)) {}

void Draw::Offer(absl::string_view stratum, absl::string_view customer_id) {
  auto it = open_.find(stratum);
  if (it == open_.end()) it = open_.emplace(std::string(stratum), Open{}).first;
  Open& open = it->second;
  ++open.population;
  const uint64_t rank = Rank(plan_.seed, customer_id);
  if (rank > open.limit) return;
  open.people.push_back({rank, std::string(customer_id)});
  if (++kept_ > prune_at_) Prune();
}

std::map<std::string, int64_t> Draw::Populations() const {
  std::map<std::string, int64_t> out;
  for (const auto& [stratum, open] : open_) out[stratum] = open.population;
  return out;
}

void Draw::Prune() {
  const auto populations = Populations();
  const std::vector<double> shares = SharesSoFar(plan_, populations);
  kept_ = 0;
  size_t i = 0;
  for (const auto& [stratum, population] : populations) {
    Open& open = open_.at(stratum);
    const double needed = shares[i++] * (1 + plan_.replacement_percent / 100.0) + 1;
    const size_t keep = static_cast<size_t>(std::ceil(keep_ * (needed + kSpare)));
    if (open.people.size() > keep) {
      std::nth_element(open.people.begin(), open.people.begin() + static_cast<int64_t>(keep) - 1, open.people.end());
      open.people.resize(keep);
      open.limit = open.people.back().rank;
    }
    kept_ += open.people.size();
  }
  // Twice what is left: pruning stays cheap per person.
  prune_at_ = std::max(prune_at_, 2 * kept_);
}

SampleProblem Draw::Finish() {
  const SampleProblem problem = Deal(plan_, Populations(), strata_);
  if (problem.kind != SampleProblem::kNone) return problem;
  complete_ = true;
  for (const DrawnStratum& s : strata_) {
    std::vector<DrawnPerson>& people = open_.at(s.stratum).people;
    const size_t wanted = static_cast<size_t>(s.places + s.replacements);
    complete_ &= people.size() >= wanted;
    std::sort(people.begin(), people.end());
    people.resize(std::min(people.size(), wanted));
    people_.push_back(std::move(people));
  }
  open_.clear();
  return problem;
}

}  // namespace hoiam::survey
