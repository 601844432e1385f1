#include "loop_service/app/change_case.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "loop_service/app/case_book.h"
#include "loop_service/convert/case_proto.h"
#include "loop_service/errors.h"
#include "loop_service/store/case_reader.h"
#include "loop_service/store/rows.h"
#include "platform/base/crypto.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "platform/rpc/tenant_db.h"

namespace hoiam::loop {
namespace {

void WantChange(db::UnitOfWork& uow, const std::string& tenant, const CaseCall& call) {
  WantCase(uow, tenant, call.case_id);
  if (const auto* note = std::get_if<AddNote>(&call.command))
    uow.Want<CaseNoteRow>({tenant, call.case_id, note->note_id});
}

absl::Status ToStatus(Refusal refusal, const Case& c, const CaseCommand& command) {
  switch (refusal) {
    case Refusal::kNone:
      return absl::OkStatus();
    case Refusal::kTransition:
      return CaseTransitionRefused(Name(c.state), Name(VerbOf(command)));
    case Refusal::kNeedsCustomerReply:
      return NeedsCustomerReply(Contacts(c));
    case Refusal::kFull:
      return CaseFull();
  }
  return absl::OkStatus();
}

// A customer's other open case stands in the way of reopening this one.
absl::Status CheckNoOtherOpen(db::UnitOfWork& uow, const std::string& tenant, const Case& c) {
  if (c.customer_id.empty()) return absl::OkStatus();
  const auto* open = uow.Find<OpenCaseRow>(OpenCaseKey(tenant, c.customer_id, c.kind));
  return !open || open->case_id == c.case_id ? absl::OkStatus() : CaseAlreadyOpen(UuidToString(open->case_id));
}

}  // namespace

absl::StatusOr<Case> DecideChange(db::UnitOfWork& uow, const std::string& tenant, absl::string_view actor,
                                  const CaseCall& call, const Playbook& playbook, absl::Time now) {
  HOIAM_ASSIGN_OR_RETURN(std::optional<Case> found, LoadCase(uow, tenant, call.case_id));
  if (!found) return CaseNotFound(UuidToString(call.case_id));
  Case c = *std::move(found);

  const auto* note = std::get_if<AddNote>(&call.command);
  if (note) {
    const auto* known = uow.Find<CaseNoteRow>({tenant, call.case_id, note->note_id});
    if (known && known->fingerprint != Sha256(note->text)) return NoteIdReused(note->note_id);
    if (known) return c;
  }
  if (call.version != 0 && call.version != c.version) return VersionMismatch(c.version);
  HOIAM_RETURN_IF_ERROR(ToStatus(Apply(c, call.command, actor, now), c, call.command));
  if (std::holds_alternative<Reopen>(call.command)) HOIAM_RETURN_IF_ERROR(CheckNoOtherOpen(uow, tenant, c));

  if (note) uow.Put(CaseNoteRow{tenant, call.case_id, note->note_id, Sha256(note->text), now});
  SaveCase(uow, tenant, c, playbook, now);
  return c;
}

void CaseChanger::Change(const rpc::CallContext& ctx, const google::protobuf::Message& request, CaseCall call,
                         rpc::Reply<pb::CaseChangeResponse> reply) {
  std::optional<CaseHandle> handle;
  {
    const auto db = rpc::OpenDb(pool_, ctx);
    if (!db.ok()) return reply(db.status(), {});
    auto found = FindHandle(*db, call.case_id);
    if (!found.ok()) return reply(found.status(), {});
    handle = *std::move(found);
  }
  if (!handle) return reply(CaseNotFound(UuidToString(call.case_id)), {});

  rpc::Write<pb::CaseChangeResponse> write;
  write.subject = handle->subject;
  write.bytes = 2 * handle->body_bytes + request.ByteSizeLong();  // the row and the event
  write.want = [this, tenant = ctx.tenant, call](db::UnitOfWork& uow) {
    playbooks_.Want(uow, tenant);
    WantChange(uow, tenant, call);
  };
  write.decide = [this, tenant = ctx.tenant, actor = ctx.principal, call](
                     db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<pb::CaseChangeResponse> {
    HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<const Playbook> playbook, playbooks_.Of(uow, tenant));
    HOIAM_ASSIGN_OR_RETURN(const Case c,
                           DecideChange(uow, tenant, actor.empty() ? kSystemActor : actor, call, *playbook, now));
    pb::CaseChangeResponse response;
    *response.mutable_case_() = ToShown(c, now);
    return response;
  };
  writer_.Submit(ctx, request, std::move(write), std::move(reply));
}

}  // namespace hoiam::loop
