// The clock of a case: what rings when, and what happens then. All of it is in the case itself: what has rung is in its
// history, so it rings once however often somebody looks.
//
//   a deadline comes near     due         when warn_at_percent of its working time has gone
//   a deadline is missed      overdue     right after it
//   nobody has acknowledged   escalate    right after acknowledge_by, and every escalate_every, up the teams' chain
//   the customer is silent    resume      max_wait after a case began to wait: WAITING_CUSTOMER → IN_PROGRESS
//   nobody contradicts        verify      verify_after after resolving: RESOLVED → VERIFIED by SILENCE
#pragma once

#include <optional>

#include "absl/time/time.h"
#include "loop_service/domain/case.h"
#include "loop_service/domain/playbook.h"

namespace hoiam::loop {

// Starts, stops and moves deadlines and timers after whatever was recorded since the case was last stored: opened and
// reopened cases start, waiting for the customer stops them and shifts them afterwards, more urgent ones hurry. Called
// for every change (SaveCase does).
void KeepTimers(Case& c, const Playbook& playbook, absl::Time now);

// When something rings next, as the case is; nullopt: never.
std::optional<absl::Time> NextMoment(const Case& c);

// Does the first thing that rings at `now`, with one line of history. False, and nothing changed, when nothing does:
// then NextMoment is later than `now`. KeepTimers must have been called since the last change.
bool RingNext(Case& c, const Playbook& playbook, absl::Time now);

}  // namespace hoiam::loop
