// Whom a wave asks: places dealt out to strata, and the people drawn for them.
//
// A person's rank is the first 8 bytes, big endian, of SHA-256(seed in decimal ‖ 0x00 ‖ customer id); a tie is broken
// by the id. The people of a stratum in the order of their ranks are its random order: the first ones get its places,
// the next ones are its replacements. So the same seed, people and settings draw the same people, in whatever order
// they come, and anybody can check it with a shell.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace hoiam::survey {

enum class AllocationRule { kProportional, kNeyman, kFixed };

// One stratum before the places are dealt out.
struct StratumWeight {
  int64_t population = 0;  // > 0
  double deviation = 1;    // of its scores, > 0; counts for kNeyman
};

// Fair shares of `size` places: in proportion to population (kNeyman: × deviation), at least 1 each, at most the
// stratum's population; what one cannot hold is dealt out to the others in the same proportion. Neyman: n_h = n·N_h·S_h
// / Σ N·S (Cochran, Sampling Techniques, 5.5). Needs strata.size() ≤ size ≤ Σ population. Not for kFixed.
std::vector<double> Quotas(AllocationRule rule, const std::vector<StratumWeight>& strata, int64_t size);

// The same in whole places by largest remainders (of equal ones the first stratum's): their sum is `size`.
std::vector<int64_t> Places(AllocationRule rule, const std::vector<StratumWeight>& strata, int64_t size);

// How a sample is to be drawn.
struct SamplePlan {
  AllocationRule rule = AllocationRule::kProportional;
  int64_t size = 0;                         // kFixed: the sum of `fixed`
  std::map<std::string, int64_t> fixed;     // kFixed: places by stratum, > 0
  std::map<std::string, double> deviation;  // kNeyman: by stratum; of those not named it is 1
  int replacement_percent = 20;             // of a stratum's places, rounded up
  uint64_t seed = 0;
};

struct DrawnStratum {
  std::string stratum;
  int64_t population = 0, places = 0, replacements = 0;
};

// Why a sample cannot be drawn.
struct SampleProblem {
  enum Kind {
    kNone,
    kEmptyPopulation,
    kLargerThanPopulation,   // population, size
    kFewerPlacesThanStrata,  // every stratum gets one; population: how many strata there are
    kUnknownStratum,         // `stratum`, which the plan names, has nobody
    kLargerThanStratum,      // population of `stratum`, size wanted
  } kind = kNone;
  std::string stratum;
  int64_t population = 0, size = 0;
};

// The strata by value, with their places; `populations` holds nobody's stratum with 0.
SampleProblem Deal(const SamplePlan& plan, const std::map<std::string, int64_t>& populations,
                   std::vector<DrawnStratum>& out);

// A person's place in the random order.
uint64_t Rank(uint64_t seed, absl::string_view customer_id);

struct DrawnPerson {
  uint64_t rank = 0;
  std::string customer_id;
  bool operator<(const DrawnPerson& other) const {
    return rank != other.rank ? rank < other.rank : customer_id < other.customer_id;
  }
};

// Draws in one pass, in memory that follows the sample and not the population: of each stratum it keeps about twice the
// people that its share of those seen so far would need. Shares only fall while people come, so what was let go is not
// wanted later, unless chance is very uneven: then complete() is false, and a pass with a larger `keep` makes it good.
class Draw {
 public:
  explicit Draw(SamplePlan plan, double keep = 2);

  // Everybody of the population, once each, in any order.
  void Offer(absl::string_view stratum, absl::string_view customer_id);

  // After the last Offer.
  SampleProblem Finish();
  bool complete() const { return complete_; }
  // The rest only after a Finish without problem, and complete.
  const std::vector<DrawnStratum>& strata() const { return strata_; }  // by value
  // Those drawn from strata()[i] in their random order: the places first, then the replacements.
  const std::vector<DrawnPerson>& people(size_t i) const { return people_[i]; }

  size_t strata_seen() const { return open_.size(); }
  size_t kept() const { return kept_; }  // people in memory

 private:
  struct Open {
    int64_t population = 0;
    uint64_t limit = UINT64_MAX;  // ranks above are of no use any more
    std::vector<DrawnPerson> people;
  };
  std::map<std::string, int64_t> Populations() const;
  void Prune();  // lets go whom no share so far needs

  const SamplePlan plan_;
  const double keep_;
  absl::flat_hash_map<std::string, Open> open_;
  size_t kept_ = 0, prune_at_ = 0;
  bool complete_ = false;
  std::vector<DrawnStratum> strata_;
  std::vector<std::vector<DrawnPerson>> people_;
};

}  // namespace hoiam::survey
