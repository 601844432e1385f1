#include "survey_service/convert/interaction.h"

#include "platform/base/decimal.h"
#include "platform/base/text.h"
#include "survey_service/convert/catalogue.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/times.h"
#include "survey_service/domain/currency.h"

namespace hoiam::survey {
namespace {

// The canonical form; "" when there is none, or it is no amount.
std::string ReadAmount(const std::string& said, absl::string_view field, Violations& v) {
  if (said.empty()) return "";
  const auto amount = Decimal::ParseAmount(said);
  if (amount) return amount->ToString();
  v.Add(field, "INVALID_AMOUNT", "must be a decimal of at most 18 digits, at most 6 after the point");
  return "";
}

void ReadMoney(const v1::RecordInteractionRequest& q, v1::Interaction& out, Violations& v) {
  if (!q.currency().empty() && !IsCurrency(q.currency()))
    v.Add("currency", "UNKNOWN_CURRENCY", "must be an active ISO 4217 code such as VND");
  const bool money = !q.amount().empty() || !q.cost().empty();
  if (money && q.currency().empty()) v.Add("currency", "REQUIRED", "is required with amount and cost");
  if (!money && !q.currency().empty()) v.Add("amount", "REQUIRED", "amount or cost is required with currency");
  out.set_amount(ReadAmount(q.amount(), "amount", v));
  out.set_cost(ReadAmount(q.cost(), "cost", v));
  if (money) out.set_currency(q.currency());
}

}  // namespace

NewInteraction ReadInteraction(const v1::RecordInteractionRequest& q, const PhoneNumbers& phones, absl::Time now,
                               Violations& v) {
  NewInteraction n;
  v1::Interaction& i = n.interaction;
  CheckClientId(q.interaction_id(), "interactionId", v);
  CheckClientId(q.customer_id(), "customerId", v);
  CheckUpperSnake(q.type(), "type", v);
  CheckSaid(q.touchpoint(), "touchpoint", v);
  CheckSaid(q.channel(), "channel", v);
  i.set_interaction_id(q.interaction_id());
  i.set_customer_id(q.customer_id());
  i.set_type(q.type());
  i.set_touchpoint(q.touchpoint());
  i.set_channel(q.channel());
  if (!q.has_occurred_at()) {
    v.Add("occurredAt", "REQUIRED", "is required");
  } else {
    CheckTime(q.occurred_at(), "occurredAt", now, v);
    if (IsValid(q.occurred_at())) SetTime(ToTime(q.occurred_at()), i.mutable_occurred_at());
  }
  ReadMoney(q, i, v);
  CheckProperties(q.properties(), "properties", v);
  *i.mutable_properties() = q.properties();
  if (q.has_customer()) {
    if (!q.customer().customer_id().empty() && q.customer().customer_id() != q.customer_id())
      v.Add("customer.customerId", "ID_MISMATCH", "must be customerId, or be left out");
    CheckCustomerFields(q.customer(), "customer.", v);
    n.customer = ReadCustomerPatch(q.customer(), nullptr, phones, v);
  }
  if (v.empty()) n.fingerprint = q.has_customer() ? Fingerprint(i, q.customer()) : Fingerprint(i);
  return n;
}

v1::Effects::Code ReadInteractionEffects(v1::Effects::Code effects, Violations& v) {
  if (effects == v1::Effects::UNSPECIFIED) return v1::Effects::FULL;
  if (effects != v1::Effects::FULL && effects != v1::Effects::RECORD_ONLY)
    v.Add("effects", "EFFECTS_NOT_ALLOWED", "must be FULL or RECORD_ONLY");
  return effects;
}

}  // namespace hoiam::survey
