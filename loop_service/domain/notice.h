// Who is written to about what happens to a case: from the lines of its history to mails. What a mail says is made when
// it is sent (notice_text.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "loop_service/domain/case.h"
#include "loop_service/domain/playbook.h"

namespace hoiam::loop {

enum class NoticeKind {
  // To the customer.
  kThanks = 1,  // a case was opened
  kDone,        // it is resolved: you said, we did
  kMessage,     // somebody of the staff writes
  // To staff.
  kOpened,
  kAssigned,   // it is theirs now
  kAnswer,     // another answer joined it, or a comment came
  kEscalated,  // nobody took it in time
  kDueSoon,
  kOverdue,
  kResumed,          // the wait for the customer is over
  kCustomerMessage,  // the customer wrote, or answered a proposal
  kSaidTwice,        // a fix did not hold
  kFixFailed,        // theirs
  kReopened,
};
// "THANKS", …
absl::string_view Name(NoticeKind k);
std::optional<NoticeKind> NoticeKindOf(absl::string_view name);
// Else it goes to staff.
inline bool IsForCustomer(NoticeKind k) { return k <= NoticeKind::kMessage; }

struct Notice {
  NoticeKind kind = NoticeKind::kOpened;
  std::string to, to_name;  // of staff; "": the customer, whose address is asked for when it is sent
  std::string note;         // what the line of the history says
};

// The mails about what the lines after `since_version` say (0: all, the case is new). Staff are the team, by its
// address, and the owner, or who stands in at `now`; nobody is told what they did themselves, or one thing twice.
std::vector<Notice> NoticesAbout(const Case& c, int64_t since_version, const Playbook& playbook, absl::Time now);

}  // namespace hoiam::loop
