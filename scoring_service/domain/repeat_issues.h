// Customers who were unhappy about the same thing more than once (A16).
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "absl/strings/string_view.h"

namespace hoiam::scoring {

// So many of so many.
struct ShareOf {
  int64_t count = 0;
  int64_t of = 0;
};

// Counts unhappy answers, in any order.
class RepeatIssues {
 public:
  // One unhappy answer of a customer about a touchpoint. One of nobody, or about no touchpoint, says nothing.
  void Add(absl::string_view customer_id, absl::string_view touchpoint);
  // Customers with more than one about the same touchpoint, of those with any.
  ShareOf Rate() const;

 private:
  std::map<std::string, std::map<std::string, int64_t>> unhappy_;  // by customer and touchpoint
};

}  // namespace hoiam::scoring
