// Money represented: what stands behind an answer, per currency. Exact decimals; currencies are never added.
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
  std::string type;      // "PURCHASE"
  std::string currency;  // "" when no money was involved
  Decimal amount, cost;
};

struct Money {
  Decimal revenue, cost;
  bool is_zero() const { return revenue.is_zero() && cost.is_zero(); }
  Money& operator+=(const Money& o) { return revenue += o.revenue, cost += o.cost, *this; }
  friend Money operator-(const Money& m) { return {-m.revenue, -m.cost}; }
  friend bool operator==(const Money& a, const Money& b) { return a.revenue == b.revenue && a.cost == b.cost; }
};

// By ISO 4217 code; zeros are left out, so equal money is equal maps.
using Represented = std::map<std::string, Money>;

// Adds money of one currency and keeps the map free of zeros.
void AddMoney(Represented& represented, const std::string& currency, const Money& money);

// Whether an answer given at `responded_at` stands for this money: not voided, and spent in
// (responded_at − 365 d, responded_at].
bool IsRepresented(const Spend& spend, absl::Time responded_at);

Represented RepresentedBy(const std::vector<const Spend*>& spends, absl::Time responded_at);

}  // namespace hoiam::scoring
