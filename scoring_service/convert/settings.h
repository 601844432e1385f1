// Targets and improvements: request checks.
#pragma once

#include <string>

#include "google/protobuf/field_mask.pb.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "platform/base/status.h"
#include "platform/proto/mask.h"
#include "scoring_service/domain/metric.h"
#include "scoring_service/domain/target.h"

namespace hoiam::scoring {

// `mask` is nullptr when there is none.
Patch ReadSettingPatch(const v1::Target& target, const google::protobuf::FieldMask* mask, Violations& v);
Patch ReadSettingPatch(const v1::Improvement& improvement, const google::protobuf::FieldMask* mask, Violations& v);

// Checks one that was made or changed, as a whole. The book has all of the tenant's metrics.
void CheckSetting(const v1::Target& target, const MetricBook& book, Violations& v);
void CheckSetting(const v1::Improvement& improvement, const MetricBook& book, Violations& v);

TargetScore ToTargetScore(const v1::Target& target);
// Whether two targets are for the same metric and cut.
bool AimAtTheSame(const v1::Target& a, const v1::Target& b);

}  // namespace hoiam::scoring
