// The do-not-sell gate between the wire and the domain.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "loop_service/domain/offer.h"
#include "platform/base/filter.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

// Every bad field at once. Reasons beside those of platform/base/text.h: UNKNOWN_VALUE.
absl::Status CheckOffer(const pb::CheckOfferRequest& q);

// The record of a refusal, or of an override when the request gives a reason for one. `check_id`: 16 bytes.
pb::OfferCheck ToRecord(absl::string_view check_id, const pb::CheckOfferRequest& q, const Obstacle& obstacle,
                        const std::string& actor, absl::Time now);

// What the answer to a request says of its record.
void SetRefusal(const pb::OfferCheck& check, absl::Time since, pb::CheckOfferResponse& response);

// When an interaction happened.
absl::Time OccurredAt(const hoiam::survey::v1::Interaction& interaction);

// On customer, overridden and time. INVALID_ARGUMENT reason INVALID_FILTER.
absl::StatusOr<Filter> ParseOfferFilter(absl::string_view text);

}  // namespace hoiam::loop
