// Answers as scoring_service keeps them, written straight into its tables: ten million of them in minutes. The rollups
// are made here from the answers alone, so that figures which equal a GROUP BY over the answers prove something.
#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace hoiam::bench {

inline constexpr char kHeavy[] = "c-heavy";  // a customer with a hundred pages of history, besides
inline constexpr int kPerCustomer = 100;     // answers, each an entry of the history

// NPS answers of the 365 days before `today`, spread over 120,000 combinations of dimensions and size / 100 customers:
// "c0", "c1", …. `today` is a midnight of Asia/Ho_Chi_Minh. Ends the program when they cannot be stored.
void StoreAnswers(const std::string& database_url, const std::string& tenant, int64_t size, absl::Time today);

}  // namespace hoiam::bench
