#include "survey_service/domain/icp.h"

namespace hoiam::survey {

std::optional<IcpFit> FitOf(const IcpRules& rules, absl::FunctionRef<FieldValue(const Filter& comparison)> lookup) {
  int all = 0, held = 0;
  for (const IcpCriterion& c : rules.criteria) {
    all += c.weight;
    if (Matches(c.filter, lookup)) held += c.weight;
  }
  if (all == 0) return std::nullopt;
  return IcpFit{100.0 * held / all, 100 * held >= rules.fit_from * all};
}

}  // namespace hoiam::survey
