// The ideal customer profile: request checks, and what the rules need to know of it and of a customer.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/status.h"
#include "platform/proto/mask.h"
#include "survey_service/domain/icp.h"

namespace hoiam::survey {

// Of a tenant that has said nothing: no criteria; revision 0.
v1::IcpProfile DefaultIcpProfile();

// Checks a PATCH's mask; and applies it to `profile`, adding every violation of the result.
Patch ReadIcpPatch(const v1::UpdateIcpProfileRequest& q, Violations& v);
void ApplyIcpPatch(const v1::IcpProfile& source, const Patch& patch, v1::IcpProfile& profile, Violations& v);

// Of a checked profile.
IcpRules ToIcpRules(const v1::IcpProfile& profile);

// Sets icp_fit and icp_score; clears them when there is no profile.
void SetIcpFit(const IcpRules& rules, v1::Customer& customer);

}  // namespace hoiam::survey
