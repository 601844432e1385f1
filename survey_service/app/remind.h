// Follow-ups to people who were mailed and have not answered.
#pragma once

#include "survey_service/app/mail_work.h"

namespace hoiam::survey {

// DueKind::kRemind. A reminder is an ask: the floor of 24 hours and the policy's rules hold for it, and it counts in
// them. There is none after an answer, a bounce, a withdrawal, or the end of the link.
class Remind final : public MailWork {
 public:
  using MailWork::MailWork;

 private:
  absl::StatusOr<bool> Decide(DueInvitation& due) const override;
  bool reminds() const override { return true; }
  absl::Status Sent(DueInvitation& due) const override;
  absl::Status GiveUp(DueInvitation& due, const std::string& why) const override;
};

}  // namespace hoiam::survey
