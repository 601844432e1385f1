#include "scoring_service/convert/money.h"

#include "scoring_service/domain/numbers.h"

namespace hoiam::scoring {

void AddRevenue(const Represented& part, const Represented& all, google::protobuf::RepeatedPtrField<v1::Revenue>* out) {
  for (const auto& [currency, money] : part) {
    if (money.revenue.is_zero()) continue;
    v1::Revenue* revenue = out->Add();
    revenue->set_currency(currency);
    revenue->set_amount(money.revenue.ToString());
    revenue->set_percent(Percent(money.revenue.micros(), all.at(currency).revenue.micros()));
  }
}

}  // namespace hoiam::scoring
