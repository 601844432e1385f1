// Customers: what may stand in one, and what a PATCH makes of it.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/filter.h"
#include "platform/base/status.h"
#include "platform/proto/mask.h"
#include "survey_service/domain/phone.h"

namespace hoiam::survey {

// A PATCH of one customer, checked. Holds pointers into its request.
struct CustomerPatch {
  const v1::Customer* source = nullptr;
  Patch patch;
  std::optional<std::string> phone;  // as it is looked up; nullopt: the patch does not set it
};

// Checks the fields of a customer that a caller gave (not its id).
void CheckCustomerFields(const v1::Customer& customer, absl::string_view prefix, Violations& v);
// `mask` is nullptr when there is none.
CustomerPatch ReadCustomerPatch(const v1::Customer& customer, const google::protobuf::FieldMask* mask,
                                const PhoneNumbers& phones, Violations& v);
// Sets fields and properties of `target`. Fails when its properties grew too large by merging.
absl::Status Apply(const CustomerPatch& patch, v1::Customer& target);

// How a mail address is looked up: whatever the case of its letters.
std::string NormalEmail(absl::string_view email);
// The filter of a list of customers with phones and mail addresses as they are looked up.
void NormaliseCustomerFilter(const PhoneNumbers& phones, Filter& filter);

}  // namespace hoiam::survey
