// What Hoiam brings into every playbook, as the messages it is shown as, by id.
#pragma once

#include <string>

#include "absl/container/btree_map.h"
#include "hoiam/loop/v1/playbook.pb.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

const absl::btree_map<std::string, pb::Team>& BuiltInTeams();
const absl::btree_map<std::string, pb::Calendar>& BuiltInCalendars();
const absl::btree_map<std::string, pb::RootCause>& BuiltInRootCauses();
// Not in the order they are tried.
const absl::btree_map<std::string, pb::AlarmRule>& BuiltInRules();
const pb::CasePolicy& BuiltInPolicy();

}  // namespace hoiam::loop
