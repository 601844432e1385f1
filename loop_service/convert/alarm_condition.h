// Conditions of alarm rules between the domain and hoiam.loop.v1, and what one must be like.
#pragma once

#include "hoiam/loop/v1/playbook.pb.h"
#include "loop_service/domain/alarm_rule.h"
#include "platform/base/status.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

// Of one that was checked.
AlarmCondition FromProto(const pb::AlarmCondition& condition);
pb::AlarmCondition ToProto(const AlarmCondition& condition);

// `condition`, field by field. Whether there are such metrics, touchpoints, channels and surveys only survey_service
// knows: one that is not there never matches.
void CheckCondition(const pb::AlarmCondition& condition, Violations& v);

}  // namespace hoiam::loop
