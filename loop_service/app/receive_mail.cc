// Conversation::Receive: a mail of the customer becomes a message of the case.
#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "loop_service/app/case_book.h"
#include "loop_service/app/change_case.h"
#include "loop_service/app/conversation.h"
#include "loop_service/convert/case_proto.h"
#include "loop_service/convert/message_requests.h"
#include "loop_service/domain/conversation.h"
#include "loop_service/errors.h"
#include "loop_service/limits.h"
#include "loop_service/store/case_reader.h"
#include "loop_service/store/mail_rows.h"
#include "loop_service/store/message_reader.h"
#include "platform/base/crypto.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "platform/base/text.h"
#include "platform/mail/parse.h"
#include "platform/rpc/tenant_db.h"

namespace hoiam::loop {
namespace {

constexpr absl::string_view kEmail = "email";
constexpr absl::string_view kNobody = "<>";  // sent by a machine that wants no answer

// A mail as the rules look at it.
struct Incoming {
  std::string case_id;
  std::string hash;        // tells it from other mails
  std::string message_id;  // of the message that it becomes
  mail::Received mail;
  std::string words;  // what is new in it
};

std::string Cut(std::string text, size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  while (max_bytes > 0 && (static_cast<unsigned char>(text[max_bytes]) & 0xc0) == 0x80) --max_bytes;
  return text.substr(0, max_bytes);
}

// The first max_chars code points.
std::string CutChars(std::string text, size_t max_chars) {
  size_t chars = 0;
  for (size_t at = 0; at < text.size(); ++at)
    if ((static_cast<unsigned char>(text[at]) & 0xc0) != 0x80 && chars++ == max_chars) return text.substr(0, at);
  return text;
}

// Where it says which case it is about: the address that it was sent to, else those in its head, else the mail of ours
// that it answers.
std::optional<std::string> CaseOf(const CaseLinks& links, const std::string& tenant, const std::string& envelope_to,
                                  const mail::Received& mail) {
  std::vector<std::string> places = {envelope_to};
  places.insert(places.end(), mail.to.begin(), mail.to.end());
  places.insert(places.end(), mail.references.begin(), mail.references.end());
  for (const std::string& place : places)
    if (auto case_id = links.CaseOfAddress(tenant, place)) return case_id;
  return std::nullopt;
}

absl::StatusOr<Incoming> Read(const CaseLinks& links, const std::string& tenant, const pb::ReceiveMailRequest& q,
                              const std::string& mail_from) {
  Violations v;
  if (q.mail().empty()) v.Add("mail", "REQUIRED", "is required");
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  if (q.mail().size() > kMaxMailBytes) return InvalidMail();
  absl::StatusOr<mail::Received> parsed = mail::Parse(q.mail());
  if (!parsed.ok()) return InvalidMail();
  Incoming in;
  in.mail = *std::move(parsed);
  if (absl::StripAsciiWhitespace(q.envelope_from()) == kNobody) in.mail.report = in.mail.automatic = true;
  if (absl::EqualsIgnoreCase(in.mail.from, mail_from) || links.CaseOfAddress(tenant, in.mail.id)) return MailLoop();
  const auto case_id = CaseOf(links, tenant, q.envelope_to(), in.mail);
  if (!case_id) return ReplyAddressUnknown();
  in.case_id = *case_id;
  in.hash = Sha256(absl::StrCat(in.case_id, in.mail.id.empty() ? q.mail() : in.mail.id));
  in.message_id = absl::StrCat("mail-", Hex(in.hash).substr(0, 32));
  in.words = CutChars(mail::NewWords(in.mail.text), kMaxMessageChars);
  return in;
}

// One mail being decided.
struct Decision {
  db::UnitOfWork& uow;
  const CaseCaller& caller;
  const Playbook& playbook;
  const Incoming& in;
  absl::Time now;

  absl::StatusOr<pb::ReceiveMailResponse> Decide() const {
    const std::string& tenant = caller.tenant;
    pb::ReceiveMailResponse response;
    response.set_case_id(UuidToString(in.case_id));
    HOIAM_ASSIGN_OR_RETURN(Case c, LoadVisible(uow, caller, playbook, in.case_id));
    if (const auto* known = uow.Find<CaseMessageRow>({tenant, in.case_id, in.message_id})) {
      if (!response.mutable_message()->ParseFromString(known->body))
        return absl::InternalError("a stored message cannot be read");
      return response;
    }
    pb::CaseMessage& m = *response.mutable_message() = FromCustomer(in.message_id, kEmail, in.words, now);
    m.set_subject(Cut(in.mail.subject, kMaxSubjectBytes));
    m.set_auto_reply(in.mail.automatic);
    m.set_mail_id(Cut(in.mail.id, kMaxSubjectBytes));
    if (in.mail.automatic) m.set_author(std::string(kSystemActor));
    uow.Put(CaseMessageRow{tenant, in.case_id, in.message_id, now, in.hash, m.SerializeAsString()});
    uow.Put(ReceivedMailRow{tenant, in.hash, in.case_id, in.message_id, now});
    if (in.mail.automatic) return response;
    HearCustomer(c, kCustomerActor, kEmail, now);
    SaveCase(uow, tenant, c, playbook, now);
    return response;
  }
};

}  // namespace

void Conversation::Receive(const rpc::CallContext& ctx, const pb::ReceiveMailRequest& q,
                           rpc::Reply<pb::ReceiveMailResponse> reply) {
  auto in = Read(deps_.links, ctx.tenant, q, mail_from_);
  if (!in.ok()) return reply(in.status(), {});
  std::optional<CaseHandle> handle;
  const absl::Status admitted = [&]() -> absl::Status {
    HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps_.pool, ctx));
    HOIAM_ASSIGN_OR_RETURN(handle, FindHandle(db, in->case_id));
    const auto found = ReadVisible(db, deps_.playbooks, ctx, in->case_id);
    if (absl::IsNotFound(found.status())) return ReplyAddressUnknown();
    HOIAM_RETURN_IF_ERROR(found.status());
    HOIAM_ASSIGN_OR_RETURN(const auto known, FindMessage(db, in->case_id, in->message_id));
    if (known) return absl::OkStatus();
    HOIAM_ASSIGN_OR_RETURN(const int64_t lately,
                           CountReceived(db, in->case_id, deps_.clock.Now() - absl::Hours(1), kMaxMailsAnHour));
    if (lately >= kMaxMailsAnHour) return MailLoop();
    // Who reports about delivery is a mail server, and knows the address from our mail alone.
    if (in->mail.report) return absl::OkStatus();
    if (found->customer_id.empty()) return SenderUnknown();
    HOIAM_ASSIGN_OR_RETURN(const auto customer, deps_.customers.Find(ctx.tenant, found->customer_id, ctx.deadline));
    const bool known_sender =
        customer && !customer->email.empty() && absl::EqualsIgnoreCase(customer->email, in->mail.from);
    return known_sender ? absl::OkStatus() : SenderUnknown();
  }();
  if (!admitted.ok()) return reply(admitted, {});

  rpc::Write<pb::ReceiveMailResponse> write;
  write.subject = handle->subject;
  write.bytes = 2 * handle->body_bytes + 2 * in->words.size();
  const CaseCaller caller = CallerOf(ctx);
  auto shared = std::make_shared<const Incoming>(*std::move(in));
  write.want = [this, caller, shared](db::UnitOfWork& uow) {
    deps_.playbooks.Want(uow, caller.tenant);
    WantCase(uow, caller.tenant, shared->case_id);
    uow.Want<CaseMessageRow>({caller.tenant, shared->case_id, shared->message_id});
  };
  write.decide = [this, caller, shared](db::UnitOfWork& uow,
                                        absl::Time now) -> absl::StatusOr<pb::ReceiveMailResponse> {
    HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<const Playbook> playbook, deps_.playbooks.Of(uow, caller.tenant));
    return Decision{uow, caller, *playbook, *shared, now}.Decide();
  };
  deps_.writer.Submit(ctx, q, std::move(write), std::move(reply));
}

}  // namespace hoiam::loop
