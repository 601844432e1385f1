// Invitations whose time has come: a link is handed to the CRM, a mail goes out.
#pragma once

#include "survey_service/app/mail_work.h"

namespace hoiam::survey {

// DueKind::kSend. What no longer holds is dropped; what falls into quiet hours, days without surveys, the floor of 24
// hours after another ask, or a pause of the survey waits. LINK: SCHEDULED → CREATED. EMAIL: SCHEDULED, CREATED → SENT,
// or BOUNCED.
class SendInvitations final : public MailWork {
 public:
  using MailWork::MailWork;

 private:
  absl::StatusOr<bool> Decide(DueInvitation& due) const override;
  bool reminds() const override { return false; }
  absl::Status Sent(DueInvitation& due) const override;
  absl::Status GiveUp(DueInvitation& due, const std::string& why) const override;
};

}  // namespace hoiam::survey
