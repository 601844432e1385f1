#include "loop_service/app/conversation.h"

#include <memory>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "loop_service/app/case_book.h"
#include "loop_service/app/change_case.h"
#include "loop_service/app/notify.h"
#include "loop_service/convert/case_proto.h"
#include "loop_service/convert/case_requests.h"
#include "loop_service/convert/message_requests.h"
#include "loop_service/domain/conversation.h"
#include "loop_service/errors.h"
#include "loop_service/limits.h"
#include "loop_service/store/case_reader.h"
#include "loop_service/store/mail_rows.h"
#include "loop_service/store/message_reader.h"
#include "platform/base/ids.h"
#include "platform/base/page_token.h"
#include "platform/base/status.h"
#include "platform/mail/message.h"
#include "platform/rpc/tenant_db.h"

namespace hoiam::loop {
namespace {

// One message being decided.
struct Decision {
  db::UnitOfWork& uow;
  const CaseCaller& caller;
  const Playbook& playbook;
  const MessageCall& call;
  absl::Time now;

  // What the message does to the case.
  absl::Status Apply(Case& c) const {
    const std::string& channel = call.message.channel();
    if (call.message.direction() == pb::MessageDirection::IN) {
      if (!NextState(c.state, CaseVerb::kCustomerMessage))
        return CaseTransitionRefused(Name(c.state), Name(CaseVerb::kCustomerMessage));
      HearCustomer(c, caller.actor, channel, now);
      return absl::OkStatus();
    }
    if (IsFull(c)) return CaseFull();
    if (!TellCustomer(c, caller.actor, channel, call.await_reply, now))
      return CaseTransitionRefused(Name(c.state), Name(CaseVerb::kMessage));
    return absl::OkStatus();
  }

  absl::StatusOr<pb::CreateCaseMessageResponse> Decide() const {
    HOIAM_ASSIGN_OR_RETURN(Case c, LoadVisible(uow, caller, playbook, call.case_id));
    pb::CreateCaseMessageResponse response;
    const std::string& message_id = call.message.message_id();
    if (const auto* known = uow.Find<CaseMessageRow>({caller.tenant, call.case_id, message_id})) {
      if (known->fingerprint != call.fingerprint) return MessageIdReused(message_id);
      if (!response.mutable_message()->ParseFromString(known->body))
        return absl::InternalError("a stored message cannot be read");
    } else {
      HOIAM_RETURN_IF_ERROR(Apply(c));
      pb::CaseMessage& m = *response.mutable_message() = call.message;
      m.set_author(caller.actor);
      SetTime(m, now);
      uow.Put(CaseMessageRow{caller.tenant, call.case_id, message_id, now, call.fingerprint, m.SerializeAsString()});
      if (call.mailed) MailMessage(uow, caller.tenant, c, message_id, now);
      SaveCase(uow, caller.tenant, c, playbook, now);
    }
    *response.mutable_case_() = ToShown(c, now);
    return response;
  }
};

std::string QueryOf(const rpc::CallContext& ctx, const std::string& case_id) {
  return absl::StrCat("ListCaseMessages\n", ctx.tenant, "\n", case_id);
}

}  // namespace

absl::StatusOr<Case> ReadVisible(const db::TenantDb& db, PlaybookCache& playbooks, const rpc::CallContext& ctx,
                                 const std::string& case_id) {
  HOIAM_ASSIGN_OR_RETURN(const auto body, FindCase(db, case_id));
  if (!body) return CaseNotFound(UuidToString(case_id));
  HOIAM_ASSIGN_OR_RETURN(Case c, FromStored(*body));
  if (ctx.teams.empty()) return c;
  HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<const Playbook> playbook, playbooks.Read(db));
  if (!playbook->IsWithin(c.team, ctx.teams)) return CaseNotFound(UuidToString(case_id));
  return c;
}

void Conversation::Create(const rpc::CallContext& ctx, const pb::CreateCaseMessageRequest& q,
                          rpc::Reply<pb::CreateCaseMessageResponse> reply) {
  auto call = ParseMessage(q);
  if (!call.ok()) return reply(call.status(), {});
  std::optional<CaseHandle> handle;
  const absl::Status ready = [&]() -> absl::Status {
    HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps_.pool, ctx));
    HOIAM_ASSIGN_OR_RETURN(handle, FindHandle(db, call->case_id));
    HOIAM_ASSIGN_OR_RETURN(const Case c, ReadVisible(db, deps_.playbooks, ctx, call->case_id));
    if (!call->mailed) return absl::OkStatus();
    HOIAM_ASSIGN_OR_RETURN(const auto known, FindMessage(db, call->case_id, call->message.message_id()));
    if (known) return absl::OkStatus();
    if (c.customer_id.empty()) return NoAddress();
    HOIAM_ASSIGN_OR_RETURN(const auto customer, deps_.customers.Find(ctx.tenant, c.customer_id, ctx.deadline));
    return customer && mail::IsAddress(customer->email) && !customer->bounced ? absl::OkStatus() : NoAddress();
  }();
  if (!ready.ok()) return reply(ready, {});

  rpc::Write<pb::CreateCaseMessageResponse> write;
  write.subject = handle->subject;
  write.bytes = 2 * handle->body_bytes + 2 * q.ByteSizeLong();  // the row, the event and the message
  const CaseCaller caller = CallerOf(ctx);
  write.want = [this, caller, call = *call](db::UnitOfWork& uow) {
    deps_.playbooks.Want(uow, caller.tenant);
    WantCase(uow, caller.tenant, call.case_id);
    uow.Want<CaseMessageRow>({caller.tenant, call.case_id, call.message.message_id()});
  };
  write.decide = [this, caller, call = *std::move(call)](
                     db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<pb::CreateCaseMessageResponse> {
    HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<const Playbook> playbook, deps_.playbooks.Of(uow, caller.tenant));
    HOIAM_ASSIGN_OR_RETURN(auto response, (Decision{uow, caller, *playbook, call, now}.Decide()));
    response.mutable_case_()->set_status_link(deps_.links.StatusLink(caller.tenant, call.case_id));
    return response;
  };
  deps_.writer.Submit(ctx, q, std::move(write), std::move(reply));
}

absl::StatusOr<pb::ListCaseMessagesResponse> Conversation::List(const rpc::CallContext& ctx,
                                                                const pb::ListCaseMessagesRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const std::string case_id, ParseCaseId(q.case_id()));
  HOIAM_ASSIGN_OR_RETURN(const int page_size, CheckPageSize(q.page_size()));
  const std::string query = QueryOf(ctx, case_id);
  HOIAM_ASSIGN_OR_RETURN(const auto key, DecodePageToken(query, q.page_token()));
  std::optional<MessagePosition> after;
  int64_t micros = 0;
  if (key.size() == 2 && absl::SimpleAtoi(key[0], &micros)) after = {absl::FromUnixMicros(micros), key[1]};

  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps_.pool, ctx));
  HOIAM_RETURN_IF_ERROR(ReadVisible(db, deps_.playbooks, ctx, case_id).status());
  HOIAM_ASSIGN_OR_RETURN(const MessagePage page, ListMessages(db, case_id, after, page_size, kMaxPageBytes));
  pb::ListCaseMessagesResponse response;
  for (const StoredMessage& m : page.messages)
    if (!response.add_messages()->ParseFromString(m.body))
      return absl::InternalError("a stored message cannot be read");
  if (page.more) {
    const MessagePosition& last = page.messages.back().position;
    response.set_next_page_token(
        EncodePageToken(query, {absl::StrCat(absl::ToUnixMicros(last.create_time)), last.message_id}));
  }
  return response;
}

}  // namespace hoiam::loop
