// Mails about cases, written in the transaction that causes them; mail_work.h sends them.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "loop_service/domain/case.h"
#include "loop_service/domain/notice.h"
#include "loop_service/domain/playbook.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::loop {

// 32 bytes: how due work names a mail.
struct MailKey {
  std::string case_id, mail_id;  // 16 bytes each
  static MailKey Of(absl::string_view work_id);
  std::string WorkId() const;
};

// Writes the mails about what has happened to `c` since it had version `since` (0: it is new), to go out at `now`.
// SaveCase does it for every change. Wants nothing.
void NotifyAbout(db::UnitOfWork& uow, const std::string& tenant, const Case& c, int64_t since, const Playbook& playbook,
                 absl::Time now);

// A message of the conversation that goes to the customer by mail.
void MailMessage(db::UnitOfWork& uow, const std::string& tenant, const Case& c, const std::string& message_id,
                 absl::Time now);

}  // namespace hoiam::loop
