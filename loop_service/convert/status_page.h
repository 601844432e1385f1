// A case as its customer sees it.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "loop_service/domain/case.h"
#include "loop_service/domain/playbook.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

// `messages`: of the case, in any order. Shows what was said to the customer and by the customer, and what was done;
// never a note of staff, a name of theirs, or what they wrote down of a call. Texts are cut so that the page stays
// small (limits.h).
pb::CaseStatusPage ToStatusPage(const Case& c, const std::vector<pb::CaseMessage>& messages, const Playbook& playbook);

}  // namespace hoiam::loop
