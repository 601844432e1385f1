// Settings of the playbook between the domain and hoiam.loop.v1, which is also how they are stored.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "hoiam/loop/v1/playbook.pb.h"
#include "loop_service/domain/playbook.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

// What there is one of per row of the table `setting`.
enum class SettingKind { kTeam = 1, kMember, kCalendar, kRootCause, kAlarmRule, kPolicy };
// As in the column `kind`: "TEAM", …
absl::string_view Name(SettingKind kind);

// From messages that were checked before they were stored. What they leave out is as in the message's own comment.
Team FromProto(const pb::Team& team);
Member FromProto(const pb::Member& member);
RootCause FromProto(const pb::RootCause& cause);
AlarmRule FromProto(const pb::AlarmRule& rule);
CasePolicy FromProto(const pb::CasePolicy& policy);

pb::Team ToProto(const Team& team);
pb::RootCause ToProto(const RootCause& cause);
pb::AlarmRule ToProto(const AlarmRule& rule);
pb::CasePolicy ToProto(const CasePolicy& policy);

// Puts a stored setting in the place of what Hoiam brings by its id. INTERNAL when it cannot be read.
absl::Status AddStored(absl::string_view kind, absl::string_view body, Playbook::Parts& parts);

}  // namespace hoiam::loop
