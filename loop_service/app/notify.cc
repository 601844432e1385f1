#include "loop_service/app/notify.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "loop_service/app/due_kinds.h"
#include "loop_service/convert/case_proto.h"
#include "loop_service/store/mail_rows.h"
#include "platform/base/crypto.h"
#include "platform/due/work.h"

namespace hoiam::loop {
namespace {

constexpr size_t kIdBytes = 16;

// `what` tells it from the other mails about the case: the same mail has the same id, however often it is decided.
void AddMail(db::UnitOfWork& uow, const std::string& tenant, const Case& c, absl::string_view what, CaseMail mail,
             absl::Time now) {
  mail.create_time = now;
  constexpr absl::string_view kEnd("\0", 1);
  const MailKey key{c.case_id,
                    Sha256(absl::StrCat(c.case_id, kEnd, mail.kind, kEnd, mail.to, kEnd, what)).substr(0, kIdBytes)};
  uow.Put(CaseMailRow{tenant, key.case_id, key.mail_id, mail.Serialize()});
  due::AddWork(uow, tenant, DueKind::kMail, SubjectOf(c), key.WorkId(), now);
}

}  // namespace

MailKey MailKey::Of(absl::string_view work_id) {
  return {std::string(work_id.substr(0, kIdBytes)), std::string(work_id.substr(std::min(kIdBytes, work_id.size())))};
}

std::string MailKey::WorkId() const { return absl::StrCat(case_id, mail_id); }

void NotifyAbout(db::UnitOfWork& uow, const std::string& tenant, const Case& c, int64_t since, const Playbook& playbook,
                 absl::Time now) {
  for (const Notice& notice : NoticesAbout(c, since, playbook, now)) {
    CaseMail mail;
    mail.kind = std::string(Name(notice.kind));
    mail.to = notice.to;
    mail.to_name = notice.to_name;
    mail.note = notice.note;
    AddMail(uow, tenant, c, absl::StrCat(since), std::move(mail), now);
  }
}

void MailMessage(db::UnitOfWork& uow, const std::string& tenant, const Case& c, const std::string& message_id,
                 absl::Time now) {
  CaseMail mail;
  mail.kind = std::string(Name(NoticeKind::kMessage));
  mail.message_id = message_id;
  AddMail(uow, tenant, c, message_id, std::move(mail), now);
}

}  // namespace hoiam::loop
