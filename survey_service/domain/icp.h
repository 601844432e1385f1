// The ideal customer profile: whom the company wants as customers, and how well somebody fits.
#pragma once

#include <optional>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "platform/base/filter_match.h"

namespace hoiam::survey {

struct IcpCriterion {
  Filter filter;
  int weight = 0;
};

struct IcpRules {
  std::vector<IcpCriterion> criteria;  // none: there is no profile
  int fit_from = 0;                    // percent
};

struct IcpFit {
  double score = 0;  // weight of the criteria that hold, percent of all weights
  bool fits = false;
};

// nullopt without criteria. `lookup` says what a field of the customer holds.
std::optional<IcpFit> FitOf(const IcpRules& rules, absl::FunctionRef<FieldValue(const Filter& comparison)> lookup);

}  // namespace hoiam::survey
