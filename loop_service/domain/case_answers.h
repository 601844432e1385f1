// What answers do to cases.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "loop_service/domain/answer.h"
#include "loop_service/domain/case.h"

namespace hoiam::loop {

// What a rule made of an answer.
struct Alarm {
  std::string rule;  // its id
  Priority priority = Priority::kP3;
  std::vector<std::string> reasons;  // for people
};

// DETRACTOR, PASSIVE or PROMOTER by the band of its score; FEEDBACK without one.
CaseKind KindOf(const Answer& answer);

// A new case, of the kind and about the place that the answer says.
Case OpenCase(std::string case_id, const Answer& answer, const Alarm& alarm, std::string team, std::string owner,
              absl::Time now);

// A further answer of the same person that rings: raises the priority when it is worse, and counts as the customer's
// reply when one was waited for. Answers whether the case changed: a full one does not.
bool AttachAnswer(Case& c, const Answer& answer, const Alarm& alarm, absl::Time now);

// A later revision of an answer in the case: a new comment, another score, voided, or claimed by its customer, whose
// the case becomes. A new comment counts as the customer's reply when one was waited for. `alarm`: what rings now; an
// open case becomes as urgent as that. Another score of a recovery answer does what TakeRecoveryAnswer says. Answers
// whether anything the case shows has changed.
bool AmendAnswer(Case& c, const Answer& answer, const KnownAnswer& known, const std::optional<Alarm>& alarm,
                 bool may_reopen, absl::Time now);

// The answer to the recovery survey of the case, which joins it. Unhappy still: a case that was resolved is reopened,
// unless `may_reopen` is false (the person has another one open). Happier: a resolved one is verified, by the score. A
// case that is cancelled takes none. Answers whether it changed.
bool TakeRecoveryAnswer(Case& c, const Answer& answer, bool may_reopen, absl::Time now);

// The person answered the recovery survey of `c` unhappily, and has another case open, which takes the answer: `c` is
// not verified by silence.
void NoteStillUnhappy(Case& c, const Answer& answer, absl::Time now);

// An answer of the same person that nobody asked for because of the case. When the case is resolved and the answer, of
// the same metric and later, is in a better band than the one that opened it, the case is verified. Answers whether.
bool VerifyByLaterAnswer(Case& c, const Answer& answer, absl::Time now);

}  // namespace hoiam::loop
