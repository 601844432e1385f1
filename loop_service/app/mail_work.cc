#include "loop_service/app/mail_work.h"

#include <future>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "loop_service/app/notify.h"
#include "loop_service/convert/case_proto.h"
#include "loop_service/domain/conversation.h"
#include "loop_service/domain/notice_text.h"
#include "loop_service/store/case_reader.h"
#include "loop_service/store/mail_rows.h"
#include "loop_service/store/message_reader.h"
#include "platform/base/crypto.h"
#include "platform/base/status.h"
#include "platform/mail/message.h"
#include "platform/mail/retry.h"
#include "platform/observe/log.h"

namespace hoiam::loop {
namespace {

constexpr absl::string_view kTestMode = "~test";
// The thread of a case is told by its last mails; further back nobody answers.
constexpr size_t kThreadMessages = 50;

// What mail programs of the customer gave the customer's last mails: the latest first.
std::vector<std::string> MailsFromCustomer(const std::vector<std::string>& bodies) {
  std::vector<std::string> ids;
  for (const std::string& body : bodies) {
    pb::CaseMessage m;
    if (m.ParseFromString(body) && m.direction() == pb::MessageDirection::IN && !m.auto_reply() && !m.mail_id().empty())
      ids.push_back(m.mail_id());
  }
  return ids;
}

bool IsHeaderValue(absl::string_view id) {
  return !id.empty() && id.size() <= 254 &&
         std::all_of(id.begin(), id.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '<' && c != '>'; });
}

}  // namespace

struct MailWork::Draft {
  due::Work work;
  MailKey key;
  bool gone = false;  // there is nothing to send
  CaseMail mail;
  NoticeKind kind = NoticeKind::kMessage;
  Case c;
  std::shared_ptr<const Playbook> playbook;
  std::optional<pb::CaseMessage> message;    // of the conversation
  std::vector<std::string> customers_mails;  // Message-IDs, latest first
  MailText text;                             // as it goes out
  std::string id;                            // Message-ID
};

MailWork::MailWork(Deps deps, std::string from) : deps_(deps), from_(std::move(from)), connections_(deps_.transport) {}

absl::StatusOr<MailWork::Draft> MailWork::Read(const due::Work& work) const {
  Draft draft;
  draft.work = work;
  draft.key = MailKey::Of(work.work_id);
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db,
                         db::TenantDb::Open(deps_.pool, work.tenant_id, deps_.clock.Now() + due::kTakeWithin));
  HOIAM_ASSIGN_OR_RETURN(const auto mail, FindMail(db, draft.key.case_id, draft.key.mail_id));
  HOIAM_ASSIGN_OR_RETURN(const auto body, FindCase(db, draft.key.case_id));
  const std::optional<CaseMail> parsed = mail ? CaseMail::Parse(*mail) : std::nullopt;
  const std::optional<NoticeKind> kind = parsed ? NoticeKindOf(parsed->kind) : std::nullopt;
  draft.gone = !body || !kind;
  if (draft.gone) return draft;
  draft.mail = *parsed;
  draft.kind = *kind;
  HOIAM_ASSIGN_OR_RETURN(draft.c, FromStored(*body));
  HOIAM_ASSIGN_OR_RETURN(draft.playbook, deps_.playbooks.Read(db));
  if (!IsForCustomer(draft.kind)) return draft;
  if (draft.kind == NoticeKind::kMessage) {
    HOIAM_ASSIGN_OR_RETURN(const auto message, FindMessage(db, draft.key.case_id, draft.mail.message_id));
    draft.message.emplace();
    draft.gone = !message || !draft.message->ParseFromString(*message);
  }
  HOIAM_ASSIGN_OR_RETURN(const auto last, LastMessages(db, draft.key.case_id, kThreadMessages));
  draft.customers_mails = MailsFromCustomer(last);
  return draft;
}

mail::Outcome MailWork::Send(mail::Connection& connection, const Draft& draft, std::string to_name,
                             const std::string& to) const {
  const std::string domain = from_.substr(from_.find('@') + 1);
  mail::Message m;
  m.id = draft.id;
  m.date = deps_.clock.Now();
  m.from_name = IsForCustomer(draft.kind) ? draft.playbook->policy().brand : "Hoiam";
  m.from = from_;
  m.to_name = std::move(to_name);
  m.to = to;
  m.subject = draft.text.subject;
  m.text = draft.text.text;
  m.html = draft.text.html;
  // All mails about a case are one thread, whoever's is answered.
  const std::string root = absl::StrCat("<case.", Hex(draft.key.case_id), "@", domain, ">");
  std::string references = root, answered = root;
  for (const std::string& id : draft.customers_mails) {
    if (!IsHeaderValue(id)) continue;
    answered = absl::StrCat("<", id, ">");
    absl::StrAppend(&references, " ", answered);
    break;
  }
  m.headers = {{"In-Reply-To", answered}, {"References", references}};
  if (IsForCustomer(draft.kind)) {
    const std::string reply_to = deps_.links.ReplyAddress(draft.work.tenant_id, draft.key.case_id);
    if (!reply_to.empty()) m.headers.emplace_back("Reply-To", reply_to);
  }
  if (draft.kind != NoticeKind::kMessage) {  // nobody wrote it: no machine is to answer
    m.headers.emplace_back("Auto-Submitted", "auto-generated");
    m.headers.emplace_back("X-Auto-Response-Suppress", "All");
  }
  const absl::StatusOr<std::string> bytes = mail::Compose(m);
  if (!bytes.ok()) return {mail::Outcome::kRefusedMail, std::string(bytes.status().message())};
  return connection.Send({draft.id, from_, to}, *bytes);
}

mail::Outcome MailWork::SendToCustomer(mail::Connection& connection, Draft& draft) const {
  const std::string& tenant = draft.work.tenant_id;
  const auto found = deps_.customers.Find(tenant, draft.c.customer_id, deps_.clock.Now() + due::kTakeWithin);
  if (!found.ok()) return {mail::Outcome::kNotNow, "the customer's address cannot be asked for now"};
  if (!*found) return {mail::Outcome::kNoMailbox, "CUSTOMER_UNKNOWN"};
  const CustomerContact& customer = **found;
  if (!mail::IsAddress(customer.email)) return {mail::Outcome::kNoMailbox, "NO_ADDRESS"};
  if (customer.bounced) return {mail::Outcome::kNoMailbox, "ADDRESS_BOUNCED"};
  const Letter letter = draft.message ? Letter{draft.message->subject(), draft.message->text()} : Letter{};
  draft.text = WriteToCustomer(draft.kind, draft.c, *draft.playbook,
                               {MailLanguage(customer.locale), customer.honorific, customer.given_name}, letter,
                               deps_.links.StatusLink(tenant, draft.key.case_id), deps_.clock.Now());
  return Send(connection, draft, customer.display_name, customer.email);
}

mail::Outcome MailWork::Send(mail::Connection& connection, Draft& draft) const {
  // A reply that comes without the reply address still names the case by the mail that it answers.
  const std::string who =
      IsForCustomer(draft.kind)
          ? absl::StrCat("case+", deps_.links.ReplyToken(draft.work.tenant_id, draft.key.case_id), ".")
          : "";
  draft.id = absl::StrCat(who, Hex(draft.key.mail_id), "@", from_.substr(from_.find('@') + 1));
  if (absl::EndsWith(draft.work.tenant_id, kTestMode)) return {mail::Outcome::kTaken, ""};  // nobody gets anything
  if (IsForCustomer(draft.kind)) return SendToCustomer(connection, draft);
  draft.text = WriteToStaff(draft.kind, draft.c, *draft.playbook, draft.mail.note);
  return Send(connection, draft, draft.mail.to_name, draft.mail.to);
}

void MailWork::Record(const Draft& draft, const mail::Outcome& outcome, absl::Time until) const {
  const std::string& tenant = draft.work.tenant_id;
  const db::Values mail_key = {tenant, draft.key.case_id, draft.key.mail_id};
  const db::Values message_key = {tenant, draft.key.case_id, draft.mail.message_id};
  std::vector<rpc::Writer::Item> items(1);
  items[0].subject = draft.work.subject;
  items[0].want = [&](db::UnitOfWork& uow) {
    WantWork(uow, draft.work);
    uow.Want<CaseMailRow>(mail_key);
    uow.Want<CaseMessageRow>(message_key);
  };
  items[0].decide = [&](db::UnitOfWork& uow, absl::Time now) -> absl::Status {
    if (!HoldsWork(uow, draft.work)) return absl::OkStatus();
    const bool later = outcome.code == mail::Outcome::kNotNow || outcome.code == mail::Outcome::kNoServer;
    const std::optional<absl::Duration> pause = later ? mail::PauseAfter(draft.work.attempts) : std::nullopt;
    if (pause && !draft.gone) {
      PutOffWork(uow, draft.work, now + *pause);
      return absl::OkStatus();
    }
    FinishWork(uow, draft.work);
    if (uow.Find<CaseMailRow>(mail_key)) uow.Delete<CaseMailRow>(mail_key);
    const CaseMessageRow* row = uow.Find<CaseMessageRow>(message_key);
    pb::CaseMessage message;
    if (draft.gone || !row || !message.ParseFromString(row->body)) return absl::OkStatus();
    if (!draft.text.subject.empty()) message.set_subject(draft.text.subject);
    message.set_mail_id(draft.id);
    message.set_state(outcome.code == mail::Outcome::kTaken ? pb::MessageState::SENT : pb::MessageState::FAILED);
    message.set_failure(outcome.why);
    CaseMessageRow after = *row;
    after.body = message.SerializeAsString();
    uow.Put(std::move(after));
    return absl::OkStatus();
  };
  rpc::CallContext ctx;
  ctx.tenant = tenant;
  ctx.deadline = until + mail::kSendWithin;
  std::promise<void> done;
  deps_.writer.SubmitBatch(ctx, std::move(items), [&done](std::vector<absl::Status> statuses, rpc::ReplyMeta) {
    if (!statuses[0].ok()) observe::Warn("mail.not_recorded", {{"error", std::string(statuses[0].message())}});
    done.set_value();
  });
  done.get_future().wait();
}

absl::Status MailWork::Run(const std::vector<due::Work>& taken, absl::Time until) {
  std::unique_ptr<mail::Connection> connection = connections_.Borrow();
  std::optional<mail::Outcome> no_server;  // then there is no point in trying the others
  absl::Status failed;
  for (const due::Work& work : taken) {
    if (deps_.clock.Now() + mail::kSendWithin > until) break;  // the rest comes back
    absl::StatusOr<Draft> draft = Read(work);
    if (!draft.ok()) {
      failed = draft.status();
      continue;
    }
    mail::Outcome outcome;
    if (!draft->gone) outcome = no_server ? *no_server : Send(*connection, *draft);
    if (outcome.code == mail::Outcome::kNoServer && !draft->gone && !no_server) {
      observe::Warn("mail.no_server", {{"error", outcome.why}});
      no_server = outcome;
    }
    Record(*draft, outcome, until);
  }
  connections_.GiveBack(std::move(connection));
  return failed;
}

}  // namespace hoiam::loop
