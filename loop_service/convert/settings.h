// Requests that change the playbook: what a PATCH sets, and what one setting must be like by itself. What it must be
// like among the others: domain/playbook_rules.h.
#pragma once

#include "google/protobuf/field_mask.pb.h"
#include "hoiam/loop/v1/playbook.pb.h"
#include "platform/base/status.h"
#include "platform/proto/mask.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

// `mask` is nullptr when there is none. Checks the id too.
Patch ReadSettingPatch(const pb::Team& team, const google::protobuf::FieldMask* mask, Violations& v);
Patch ReadSettingPatch(const pb::Member& member, const google::protobuf::FieldMask* mask, Violations& v);
Patch ReadSettingPatch(const pb::Calendar& calendar, const google::protobuf::FieldMask* mask, Violations& v);
Patch ReadSettingPatch(const pb::RootCause& cause, const google::protobuf::FieldMask* mask, Violations& v);
Patch ReadSettingPatch(const pb::AlarmRule& rule, const google::protobuf::FieldMask* mask, Violations& v);
Patch ReadSettingPatch(const pb::CasePolicy& policy, const google::protobuf::FieldMask* mask, Violations& v);

// Checks one that was made or changed, as a whole. Reasons beside those of platform/base/text.h: REQUIRED,
// UNKNOWN_VALUE, TOO_MANY, OUT_OF_RANGE, DUPLICATE, INVALID_EMAIL, DURATION_OUT_OF_RANGE; of a member INVALID_ABSENCE;
// of a calendar those of CheckCalendar; of a rule UNKNOWN_METRIC, INVALID_KEYWORD (nothing in it that could be found),
// INVALID_AMOUNT, INVALID_CURRENCY, TEAM_NOT_FIXED.
void CheckSetting(const pb::Team& team, Violations& v);
void CheckSetting(const pb::Member& member, Violations& v);
void CheckSetting(const pb::Calendar& calendar, Violations& v);
void CheckSetting(const pb::RootCause& cause, Violations& v);
void CheckSetting(const pb::AlarmRule& rule, Violations& v);
void CheckSetting(const pb::CasePolicy& policy, Violations& v);

}  // namespace hoiam::loop
