#include "scoring_service/domain/revenue.h"

#include "scoring_service/limits.h"

namespace hoiam::scoring {

void AddAmount(Revenue& revenue, const std::string& currency, Decimal amount) {
  if (amount.is_zero()) return;
  const auto it = revenue.try_emplace(currency).first;
  it->second += amount;
  if (it->second.is_zero()) revenue.erase(it);
}

bool IsRepresented(const Spend& spend, absl::Time responded_at) {
  return !spend.voided && !spend.amount.is_zero() && spend.occurred_at <= responded_at &&
         spend.occurred_at > responded_at - kRevenueWindow;
}

Revenue RepresentedRevenue(const std::vector<const Spend*>& spends, absl::Time responded_at) {
  Revenue revenue;
  for (const Spend* s : spends)
    if (IsRepresented(*s, responded_at)) AddAmount(revenue, s->currency, s->amount);
  return revenue;
}

}  // namespace hoiam::scoring
