// Interactions: request checks, and the normal form that is stored and compared.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/status.h"
#include "survey_service/convert/customer.h"

namespace hoiam::survey {

// An interaction as it will be stored (output fields unset), and what came with it.
struct NewInteraction {
  v1::Interaction interaction;  // times to µs, amounts canonical; touchpoint and channel as they were said
  std::string fingerprint;      // of the whole request in its normal form
  CustomerPatch customer;       // source is nullptr when the request has none; points into the request
};

// Adds every violation; the result is good only when there is none.
NewInteraction ReadInteraction(const v1::RecordInteractionRequest& q, const PhoneNumbers& phones, absl::Time now,
                               Violations& v);

// FULL or RECORD_ONLY; unset is FULL. Reason EFFECTS_NOT_ALLOWED.
v1::Effects::Code ReadInteractionEffects(v1::Effects::Code effects, Violations& v);

}  // namespace hoiam::survey
