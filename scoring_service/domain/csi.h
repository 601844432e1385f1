// The customer satisfaction index: attributes of product, service and brand, weighted by what matters to people (F9).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "scoring_service/domain/figure.h"

namespace hoiam::scoring {

// The numbers are those of hoiam.scoring.v1.Weights.
enum class CsiWeights { kRated = 1, kChosen = 2, kDerived = 3, kEqual = 4 };

// kWeighted: 10·Σ wᵢ·sᵢ, 10 … 100. kRescaled: 100·(Σ wᵢ·sᵢ − 1)/9, so that 0 is possible.
enum class CsiVariant { kWeighted, kRescaled };

// What was said of one attribute.
struct CsiAttribute {
  int object = 0;  // number of hoiam.survey.v1.CsiObject
  std::string question_id;
  Counts scores{};                    // ratings, 1–10
  Counts importance{};                // how important it was rated, 1–10
  int64_t asked = 0, chosen = 0;      // people who could choose it as important, and who did
  std::optional<double> correlation;  // with the other attributes that the same people rated; unset: not known
};

// What was said of all of them, as it is kept: attributes by object and id, and who rated any of an object's.
struct CsiTallies {
  std::map<std::pair<int, std::string>, CsiAttribute> attributes;
  std::map<int, int64_t> responses;  // by object

  // Adds counts of one item: of the CSI "service" or "service/speed", of CSI_IMPORTANCE and CSI_CHOSEN "service/speed".
  // Anything else is nothing of a CSI's attributes.
  void Add(absl::string_view metric, absl::string_view item, const Counts& counts);
  void Merge(const CsiTallies& other);
};

// "product", "service", "brand", as items name them; 0 for anything else.
int CsiObjectOf(absl::string_view name);

struct WeightedAttribute {
  CsiAttribute attribute;
  double mean = 0;                   // 1–10
  double weight = 0;                 // those of an index make 1
  std::optional<double> importance;  // what the weight came from; unset: kEqual
};

struct CsiFigure {
  Figure figure;
  CsiWeights weights = CsiWeights::kEqual;
  std::vector<WeightedAttribute> attributes;  // by object and id; those that nobody rated are left out
  std::map<int, Figure> objects;              // each by its own attributes, with their weights among themselves
};

// Weights come from the best source that says something of every attribute: importance as rated, as chosen, positive
// correlations, else all are the same. A source that lacks one attribute is not mixed with another one.
// The interval is Σ wᵢ·z·sᵢ/√nᵢ: the same people rate all attributes, so nothing narrower follows from counts.
// nullopt when nobody rated anything.
std::optional<CsiFigure> CsiOf(const CsiTallies& tallies, CsiVariant variant);

// Pearson's correlation of pairs, from their sums.
class Correlator {
 public:
  void Add(double x, double y);
  // nullopt under 3 pairs, or when one side does not vary.
  std::optional<double> Value() const;

 private:
  double n_ = 0, x_ = 0, y_ = 0, xx_ = 0, yy_ = 0, xy_ = 0;
};

}  // namespace hoiam::scoring
