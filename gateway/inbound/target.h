// Which fields of an interaction a mapping may fill, and how a text gets into one.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "gateway/inbound/json_tree.h"
#include "gateway/inbound/mapping.h"

namespace hoiam::gateway {

// "interactionId", "customer.displayName", "properties.branch", "customer.properties.tier": fills in where it leads to;
// false for anything else. Fields that only we set, and the customer's id beside customerId, are none.
bool FindTarget(absl::string_view name, Mapping::Field& field);
// Those without a dot or with one, by commas, for a message.
const std::string& TargetNames();
// Texts do; times, amounts and names of an enum do not.
bool TakesPrefix(const Mapping::Field& field);

// Sets the field to what was found, or adds a violation of the field's name: WRONG_TYPE, INVALID_TIME, INVALID_AMOUNT,
// INVALID_ENUM. `found` is neither null nor "".
void SetFound(const Mapping& mapping, const Mapping::Field& field, const JsonNode& found,
              hoiam::survey::v1::RecordInteractionRequest& interaction, Violations& v);
// The same with the field's constant.
void SetConstant(const Mapping& mapping, const Mapping::Field& field,
                 hoiam::survey::v1::RecordInteractionRequest& interaction, Violations& v);

}  // namespace hoiam::gateway
