// The policy by which a tenant asks: request checks, defaults, and what the rules need to know of it.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/status.h"
#include "platform/proto/mask.h"
#include "survey_service/domain/dispatch.h"

namespace hoiam::survey {

// Of a tenant that has said nothing; revision 0.
v1::AskPolicy DefaultPolicy();

// Checks a PATCH's mask; and applies it to `policy`, adding every violation of the result.
Patch ReadPolicyPatch(const v1::UpdateAskPolicyRequest& q, Violations& v);
void ApplyPolicyPatch(const v1::AskPolicy& source, const Patch& patch, v1::AskPolicy& policy, Violations& v);

// Of a checked policy.
AskRules ToRules(const v1::AskPolicy& policy);

// A person as the rules see one. Somebody without a zone lives in that of the rules.
AskedPerson ToPerson(const v1::Customer& customer, const AskRules& rules);

}  // namespace hoiam::survey
