#include "scoring_service/domain/repeat_issues.h"

#include <algorithm>

namespace hoiam::scoring {

void RepeatIssues::Add(absl::string_view customer_id, absl::string_view touchpoint) {
  if (!customer_id.empty() && !touchpoint.empty()) ++unhappy_[std::string(customer_id)][std::string(touchpoint)];
}

ShareOf RepeatIssues::Rate() const {
  const auto again = [](const auto& customer) {
    return std::any_of(customer.second.begin(), customer.second.end(), [](const auto& t) { return t.second > 1; });
  };
  return {std::count_if(unhappy_.begin(), unhappy_.end(), again), static_cast<int64_t>(unhappy_.size())};
}

}  // namespace hoiam::scoring
