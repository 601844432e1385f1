// Consents: request checks, the normal form that is stored and compared, and what they come to for a customer.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/status.h"
#include "survey_service/domain/consent.h"

namespace hoiam::survey {

// A consent as its caller gave it: output fields unset, stated_at unset when it is to be now.
struct NewConsent {
  v1::Consent consent;
  std::string fingerprint;
};

// Adds every violation.
NewConsent ReadConsent(const v1::CreateConsentRequest& q, absl::Time now, Violations& v);

// Of a stored one.
ConsentStatement ToStatement(const v1::Consent& stored);

// Whether the customer does not want to be asked by this channel, whatever holds for others.
bool Refuses(const v1::Customer& customer, AskChannel channel);

// Consent, refused channels and `unsubscribed` of a customer, which always say the same.
void SetStanding(const ConsentStanding& standing, v1::Customer& customer);

}  // namespace hoiam::survey
