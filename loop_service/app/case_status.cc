#include "loop_service/app/case_status.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "loop_service/app/case_book.h"
#include "loop_service/convert/case_proto.h"
#include "loop_service/convert/message_requests.h"
#include "loop_service/convert/status_page.h"
#include "loop_service/domain/conversation.h"
#include "loop_service/errors.h"
#include "loop_service/limits.h"
#include "loop_service/store/case_reader.h"
#include "loop_service/store/mail_rows.h"
#include "loop_service/store/message_reader.h"
#include "platform/base/crypto.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "platform/rpc/tenant_db.h"

namespace hoiam::loop {
namespace {

constexpr absl::string_view kPage = "page";
// More than the page shows, since some of them are not for it.
constexpr size_t kMessagesRead = 2 * kMaxSteps;

CaseCommand CommandOf(Word word, const std::string& text) {
  switch (word) {
    case Word::kAccepts:
    case Word::kDeclines:
      return AnswerSolution{word == Word::kAccepts, text};
    case Word::kUnsettled:
      return Reopen{text.empty() ? "Khách báo chưa ổn" : text};
    default:
      return Verify{Verification::kCustomerWord, text};
  }
}

}  // namespace

// One call with its token read.
struct CaseStatus::Visit {
  rpc::CallContext ctx;  // as the customer
  std::string case_id;
  std::string subject;
  Case c;
  std::vector<pb::CaseMessage> messages;
  std::shared_ptr<const Playbook> playbook;

  CaseCaller Caller() const { return {ctx.tenant, std::string(kCustomerActor), {}}; }
};

absl::StatusOr<CaseStatus::Visit> CaseStatus::Open(const rpc::CallContext& ctx, const std::string& token) const {
  const auto holder = links_.ReadStatusToken(token);
  if (!holder) return LinkUnknown();
  Visit visit;
  visit.ctx = ctx;
  visit.ctx.tenant = holder->tenant;
  visit.ctx.principal = std::string(kCustomerActor);
  visit.case_id = holder->case_id;
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(pool_, visit.ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto body, FindCase(db, visit.case_id));
  if (!body) return LinkUnknown();
  HOIAM_ASSIGN_OR_RETURN(visit.c, FromStored(*body));
  HOIAM_ASSIGN_OR_RETURN(const auto handle, FindHandle(db, visit.case_id));
  if (!handle) return LinkUnknown();
  visit.subject = handle->subject;
  HOIAM_ASSIGN_OR_RETURN(const auto bodies, LastMessages(db, visit.case_id, kMessagesRead));
  for (const std::string& m : bodies)
    if (!visit.messages.emplace_back().ParseFromString(m))
      return absl::InternalError("a stored message cannot be read");
  HOIAM_ASSIGN_OR_RETURN(visit.playbook, playbooks_.Read(db));
  return visit;
}

absl::StatusOr<pb::CaseStatusPage> CaseStatus::Get(const rpc::CallContext& ctx, const pb::GetCaseStatusRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const Visit visit, Open(ctx, q.token()));
  return ToStatusPage(visit.c, visit.messages, *visit.playbook);
}

void CaseStatus::Submit(const Visit& visit, const google::protobuf::Message& request, const std::string& message_id,
                        Change change, rpc::Reply<pb::CaseStatusPage> reply) {
  rpc::Write<pb::CaseStatusPage> write;
  write.subject = visit.subject;
  write.bytes = kMaxCaseTextBytes / 8 + 2 * request.ByteSizeLong();
  const std::string tenant = visit.ctx.tenant, case_id = visit.case_id;
  write.want = [this, tenant, case_id, message_id](db::UnitOfWork& uow) {
    playbooks_.Want(uow, tenant);
    WantCase(uow, tenant, case_id);
    uow.Want<CaseMessageRow>({tenant, case_id, message_id});
  };
  write.decide = [this, tenant, before = visit.messages, change = std::move(change)](
                     db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<pb::CaseStatusPage> {
    HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<const Playbook> playbook, playbooks_.Of(uow, tenant));
    std::vector<pb::CaseMessage> messages = before;
    HOIAM_ASSIGN_OR_RETURN(const Case c, change(uow, *playbook, messages, now));
    return ToStatusPage(c, messages, *playbook);
  };
  writer_.Submit(visit.ctx, request, std::move(write), std::move(reply));
}

void CaseStatus::Write(const rpc::CallContext& ctx, const pb::WriteCaseStatusRequest& q,
                       rpc::Reply<pb::CaseStatusPage> reply) {
  const absl::StatusOr<Visit> visit = Open(ctx, q.token());
  if (!visit.ok()) return reply(visit.status(), {});
  if (absl::Status bad = CheckWords(q); !bad.ok()) return reply(std::move(bad), {});
  const std::string fingerprint = Sha256(q.text());
  Change change = [caller = visit->Caller(), case_id = visit->case_id, id = q.message_id(), text = q.text(),
                   fingerprint](db::UnitOfWork& uow, const Playbook& playbook, std::vector<pb::CaseMessage>& messages,
                                absl::Time now) -> absl::StatusOr<Case> {
    HOIAM_ASSIGN_OR_RETURN(Case c, LoadVisible(uow, caller, playbook, case_id));
    if (const auto* known = uow.Find<CaseMessageRow>({caller.tenant, case_id, id})) {
      if (known->fingerprint != fingerprint) return MessageIdReused(id);
      return c;
    }
    if (!MayWrite(c)) return CaseTransitionRefused(Name(c.state), Name(CaseVerb::kCustomerMessage));
    const pb::CaseMessage& m = messages.emplace_back(FromCustomer(id, kPage, text, now));
    uow.Put(CaseMessageRow{caller.tenant, case_id, id, now, fingerprint, m.SerializeAsString()});
    HearCustomer(c, kCustomerActor, kPage, now);
    SaveCase(uow, caller.tenant, c, playbook, now);
    return c;
  };
  Submit(*visit, q, q.message_id(), std::move(change), std::move(reply));
}

void CaseStatus::Confirm(const rpc::CallContext& ctx, const pb::ConfirmCaseStatusRequest& q,
                         rpc::Reply<pb::CaseStatusPage> reply) {
  const absl::StatusOr<Visit> visit = Open(ctx, q.token());
  if (!visit.ok()) return reply(visit.status(), {});
  if (absl::Status bad = CheckWords(q); !bad.ok()) return reply(std::move(bad), {});
  // What is said with it is a message of its own: of this version of the case there is one.
  const std::string id = "page-" + Hex(Sha256(q.text() + "\n" + std::to_string(visit->c.version))).substr(0, 32);
  Change change = [caller = visit->Caller(), case_id = visit->case_id, id, text = q.text(), settled = q.settled()](
                      db::UnitOfWork& uow, const Playbook& playbook, std::vector<pb::CaseMessage>& messages,
                      absl::Time now) -> absl::StatusOr<Case> {
    HOIAM_ASSIGN_OR_RETURN(Case c, LoadVisible(uow, caller, playbook, case_id));
    const Word word = WordOf(c, settled);
    if (word == Word::kNone) return CaseTransitionRefused(Name(c.state), Name(CaseVerb::kVerify));
    if (!text.empty() && !uow.Find<CaseMessageRow>({caller.tenant, case_id, id})) {
      const pb::CaseMessage& m = messages.emplace_back(FromCustomer(id, kPage, text, now));
      uow.Put(CaseMessageRow{caller.tenant, case_id, id, now, Sha256(text), m.SerializeAsString()});
      HearCustomer(c, kCustomerActor, kPage, now);
      SaveCase(uow, caller.tenant, c, playbook, now);
    }
    return DecideChange(uow, caller, playbook, CaseCall{case_id, 0, CommandOf(word, text)}, now);
  };
  Submit(*visit, q, id, std::move(change), std::move(reply));
}

}  // namespace hoiam::loop
