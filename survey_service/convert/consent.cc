#include "survey_service/convert/consent.h"

#include <algorithm>

#include "platform/base/text.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/times.h"
#include "survey_service/convert/trigger.h"

namespace hoiam::survey {

NewConsent ReadConsent(const v1::CreateConsentRequest& q, absl::Time now, Violations& v) {
  NewConsent n;
  CheckClientId(q.customer_id(), "customerId", v);
  CheckClientId(q.consent_id(), "consentId", v);
  if (q.wish() == v1::ConsentState::UNSPECIFIED)
    v.Add("wish", "REQUIRED", "must be GIVEN or WITHDRAWN");
  else if (!v1::ConsentState::Code_IsValid(q.wish()))
    UnknownEnum("wish", v);
  if (!v1::DeliveryChannel::Code_IsValid(q.channel())) UnknownEnum("channel", v);
  CheckReason(q.how(), "how", v);
  if (q.has_stated_at()) CheckTime(q.stated_at(), "statedAt", now, v);
  n.consent.set_consent_id(q.consent_id());
  n.consent.set_customer_id(q.customer_id());
  n.consent.set_wish(q.wish());
  n.consent.set_channel(q.channel());
  n.consent.set_how(q.how());
  if (q.has_stated_at() && IsValid(q.stated_at())) SetTime(ToTime(q.stated_at()), n.consent.mutable_stated_at());
  if (v.empty()) n.fingerprint = Fingerprint(n.consent);
  return n;
}

ConsentStatement ToStatement(const v1::Consent& stored) {
  ConsentStatement s{static_cast<ConsentWish>(stored.wish()), std::nullopt, ToTime(stored.stated_at()),
                     ToTime(stored.create_time())};
  if (stored.channel() != v1::DeliveryChannel::UNSPECIFIED) s.channel = ToChannel(stored.channel());
  return s;
}

bool Refuses(const v1::Customer& customer, AskChannel channel) {
  return std::count(customer.refused_channels().begin(), customer.refused_channels().end(), FromChannel(channel)) > 0;
}

void SetStanding(const ConsentStanding& standing, v1::Customer& customer) {
  customer.set_consent(static_cast<v1::ConsentState::Code>(standing.wish));
  customer.set_unsubscribed(standing.wish == ConsentWish::kWithdrawn);
  customer.clear_refused_channels();
  for (AskChannel c : standing.refused) customer.add_refused_channels(FromChannel(c));
}

}  // namespace hoiam::survey
