#include "scoring_service/domain/revenue.h"

#include "scoring_service/limits.h"

namespace hoiam::scoring {

void AddMoney(Represented& represented, const std::string& currency, const Money& money) {
  if (money.is_zero()) return;
  const auto it = represented.try_emplace(currency).first;
  it->second += money;
  if (it->second.is_zero()) represented.erase(it);
}

bool IsRepresented(const Spend& spend, absl::Time responded_at) {
  return !spend.voided && !(spend.amount.is_zero() && spend.cost.is_zero()) && spend.occurred_at <= responded_at &&
         spend.occurred_at > responded_at - kRevenueWindow;
}

Represented RepresentedBy(const std::vector<const Spend*>& spends, absl::Time responded_at) {
  Represented represented;
  for (const Spend* s : spends)
    if (IsRepresented(*s, responded_at)) AddMoney(represented, s->currency, {s->amount, s->cost});
  return represented;
}

}  // namespace hoiam::scoring
