// Revenue represented: the money behind an answer, per currency. Exact decimals; currencies are never added.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "platform/base/decimal.h"

namespace hoiam::scoring {

// One interaction, as far as money and counting of interactions go.
struct Spend {
  std::string interaction_id;
  int64_t revision = 0;
  absl::Time occurred_at;
  bool voided = false;
  std::string currency;  // "" when no money was involved
  Decimal amount;
};

// By ISO 4217 code; zero amounts are left out, so equal revenues are equal maps.
using Revenue = std::map<std::string, Decimal>;

// Adds one amount and keeps the map free of zeros.
void AddAmount(Revenue& revenue, const std::string& currency, Decimal amount);

// Whether an answer given at `responded_at` stands for this money: not voided, and spent in
// (responded_at − 365 d, responded_at].
bool IsRepresented(const Spend& spend, absl::Time responded_at);

Revenue RepresentedRevenue(const std::vector<const Spend*>& spends, absl::Time responded_at);

}  // namespace hoiam::scoring
