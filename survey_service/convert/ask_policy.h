// The policy by which a tenant asks: request checks, defaults, and what the rules need to know of it.
#pragma once

#include <set>
#include <string>

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/status.h"
#include "platform/proto/mask.h"
#include "survey_service/domain/dispatch.h"
#include "survey_service/domain/metric.h"

namespace hoiam::survey {

// Of a tenant that has said nothing; revision 0.
v1::AskPolicy DefaultPolicy();

// Checks a PATCH's mask; and applies it to `policy`, adding every violation of the result. `metrics` holds the tenant's
// own that its rules name.
Patch ReadPolicyPatch(const v1::UpdateAskPolicyRequest& q, Violations& v);
void ApplyPolicyPatch(const v1::AskPolicy& source, const Patch& patch, const MetricBook& metrics, v1::AskPolicy& policy,
                      Violations& v);
// Those.
std::set<std::string> OwnMetrics(const v1::AskPolicy& policy);

// Of a checked policy.
AskRules ToRules(const v1::AskPolicy& policy);

// A person as the rules see one. Somebody without a zone lives in that of the rules.
AskedPerson ToPerson(const v1::Customer& customer, const AskRules& rules);

}  // namespace hoiam::survey
