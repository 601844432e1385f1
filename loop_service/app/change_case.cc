#include "loop_service/app/change_case.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "loop_service/app/case_book.h"
#include "loop_service/app/said_twice.h"
#include "loop_service/convert/case_proto.h"
#include "loop_service/convert/case_requests.h"
#include "loop_service/errors.h"
#include "loop_service/store/case_reader.h"
#include "loop_service/store/rows.h"
#include "platform/base/crypto.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "platform/rpc/tenant_db.h"

namespace hoiam::loop {
namespace {

void WantChange(db::UnitOfWork& uow, const CaseCaller& caller, const CaseCall& call) {
  const std::string& tenant = caller.tenant;
  WantCase(uow, tenant, call.case_id);
  if (const auto* note = std::get_if<AddNote>(&call.command)) {
    uow.Want<CaseNoteRow>({tenant, call.case_id, note->note_id});
  } else if (const auto* assign = std::get_if<Assign>(&call.command)) {
    WantOwner(uow, tenant, assign->owner);
  } else if (std::holds_alternative<Acknowledge>(call.command)) {
    WantOwner(uow, tenant, caller.actor);
  } else if (const auto* diagnose = std::get_if<Diagnose>(&call.command)) {
    WantFixes(uow, tenant, call.case_id, diagnose->root_cause, diagnose->lot);
  } else if (const auto* resolve = std::get_if<Resolve>(&call.command)) {
    WantFixes(uow, tenant, call.case_id, resolve->root_cause, "");
  }
}

// A customer's other open case stands in the way of opening this one.
absl::Status CheckNoOtherOpen(db::UnitOfWork& uow, const std::string& tenant, const Case& c) {
  if (c.customer_id.empty()) return absl::OkStatus();
  const auto* open = uow.Find<OpenCaseRow>(OpenCaseKey(tenant, c.customer_id, c.kind));
  return !open || open->case_id == c.case_id ? absl::OkStatus() : CaseAlreadyOpen(UuidToString(open->case_id));
}

// What somebody whose change came too late must know: where the case stands, whose it is, and who did what last.
std::map<std::string, std::string> OutlineOf(const Case& c) {
  const HistoryLine& last = c.history.back();
  return {{"state", std::string(Name(c.state))},
          {"priority", std::string(Name(c.priority))},
          {"owner", c.owner},
          {"team", c.team},
          {"updateTime", absl::FormatTime(absl::RFC3339_full, c.update_time, absl::UTCTimeZone())},
          {"lastActor", last.actor},
          {"lastAction", last.action}};
}

// Whether the call has been done before, by the caller's own id of what it adds; ID_REUSED when that id is of something
// else.
absl::StatusOr<bool> WasDone(db::UnitOfWork& uow, const std::string& tenant, const Case& c,
                             const CaseCommand& command) {
  if (const auto* note = std::get_if<AddNote>(&command)) {
    const auto* known = uow.Find<CaseNoteRow>({tenant, c.case_id, note->note_id});
    if (known && known->fingerprint != Sha256(note->text)) return NoteIdReused(note->note_id);
    return known != nullptr;
  }
  if (const auto* need = std::get_if<AddNeed>(&command)) {
    const auto known =
        std::find_if(c.needs.begin(), c.needs.end(), [&](const Need& n) { return n.need_id == need->need_id; });
    if (known == c.needs.end()) return false;
    if (known->text != need->text || known->kind != need->kind) return NeedIdReused(need->need_id);
    return true;
  }
  return false;
}

}  // namespace

CaseCaller CallerOf(const rpc::CallContext& ctx) {
  return {ctx.tenant, ctx.principal.empty() ? std::string(kSystemActor) : ctx.principal, ctx.teams};
}

absl::StatusOr<Case> LoadVisible(db::UnitOfWork& uow, const CaseCaller& caller, const Playbook& playbook,
                                 const std::string& case_id) {
  HOIAM_ASSIGN_OR_RETURN(std::optional<Case> found, LoadCase(uow, caller.tenant, case_id));
  if (!found || (!caller.teams.empty() && !playbook.IsWithin(found->team, caller.teams)))
    return CaseNotFound(UuidToString(case_id));
  return *std::move(found);
}

absl::Status CheckVersionSeen(const Case& c, int64_t version) {
  return version == 0 || version == c.version ? absl::OkStatus() : VersionMismatch(c.version, OutlineOf(c));
}

absl::Status ToStatus(Refusal refusal, const Case& c, CaseVerb verb) {
  switch (refusal) {
    case Refusal::kNone:
      return absl::OkStatus();
    case Refusal::kTransition:
      return CaseTransitionRefused(Name(c.state), Name(verb));
    case Refusal::kNeedsCustomerReply:
      return NeedsCustomerReply(Contacts(c));
    case Refusal::kNoSolutionProposed:
      return NoSolutionProposed();
    case Refusal::kNeedsFull:
      return NeedsFull();
    case Refusal::kFull:
      return CaseFull();
  }
  return absl::OkStatus();
}

absl::StatusOr<Case> DecideChange(db::UnitOfWork& uow, const CaseCaller& caller, const Playbook& playbook,
                                  const CaseCall& call, absl::Time now) {
  const std::string& tenant = caller.tenant;
  HOIAM_ASSIGN_OR_RETURN(Case c, LoadVisible(uow, caller, playbook, call.case_id));
  HOIAM_ASSIGN_OR_RETURN(const bool done, WasDone(uow, tenant, c, call.command));
  if (done) return c;
  HOIAM_RETURN_IF_ERROR(CheckVersionSeen(c, call.version));
  HOIAM_RETURN_IF_ERROR(CheckNames(call.command, playbook));
  HOIAM_RETURN_IF_ERROR(ToStatus(Apply(c, call.command, caller.actor, now), c, VerbOf(call.command)));
  if (std::holds_alternative<Reopen>(call.command)) HOIAM_RETURN_IF_ERROR(CheckNoOtherOpen(uow, tenant, c));

  const bool resolved = std::holds_alternative<Resolve>(call.command);
  if (resolved || std::holds_alternative<Diagnose>(call.command))
    HOIAM_RETURN_IF_ERROR(SaidTwiceNow(uow, tenant, c, playbook, now));
  if (resolved) HOIAM_RETURN_IF_ERROR(NoteFix(uow, tenant, c, now));
  if (const auto* note = std::get_if<AddNote>(&call.command))
    uow.Put(CaseNoteRow{tenant, call.case_id, note->note_id, Sha256(note->text), now});
  SaveCase(uow, tenant, c, playbook, now);
  return c;
}

absl::StatusOr<Case> DecideOpening(db::UnitOfWork& uow, const CaseCaller& caller, const Playbook& playbook,
                                   OpenByHand call, absl::Time now) {
  const std::string& tenant = caller.tenant;
  if (call.team.empty()) call.team = playbook.default_team();
  if (!call.case_id.empty()) {
    HOIAM_ASSIGN_OR_RETURN(std::optional<Case> known, LoadCase(uow, tenant, call.case_id));
    if (known && !WasOpenedBy(*known, call)) return CaseIdReused(UuidToString(call.case_id));
    if (known) return *std::move(known);
  }
  HOIAM_RETURN_IF_ERROR(CheckNames(call, caller.teams, playbook));
  if (call.case_id.empty()) call.case_id = NewUuid(now);
  Case c = OpenCase(call, caller.actor, now);
  HOIAM_RETURN_IF_ERROR(CheckNoOtherOpen(uow, tenant, c));
  SaveCase(uow, tenant, c, playbook, now);
  return c;
}

pb::CaseChangeResponse CaseChanger::Show(const CaseCaller& caller, const Case& c, absl::Time now) const {
  pb::CaseChangeResponse response;
  *response.mutable_case_() = ToShown(c, now);
  response.mutable_case_()->set_status_link(links_.StatusLink(caller.tenant, c.case_id));
  return response;
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
  const CaseCaller caller = CallerOf(ctx);
  write.want = [this, caller, call](db::UnitOfWork& uow) {
    playbooks_.Want(uow, caller.tenant);
    WantChange(uow, caller, call);
  };
  write.decide = [this, caller, call](db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<pb::CaseChangeResponse> {
    HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<const Playbook> playbook, playbooks_.Of(uow, caller.tenant));
    HOIAM_ASSIGN_OR_RETURN(const Case c, DecideChange(uow, caller, *playbook, call, now));
    return Show(caller, c, now);
  };
  writer_.Submit(ctx, request, std::move(write), std::move(reply));
}

void CaseChanger::Change(const rpc::CallContext& ctx, const google::protobuf::Message& request, OpenByHand call,
                         rpc::Reply<pb::CaseChangeResponse> reply) {
  rpc::Write<pb::CaseChangeResponse> write;
  write.subject = call.customer_id;
  write.bytes = 3 * request.ByteSizeLong() + 1024;  // the row, the event, and what every case has
  const CaseCaller caller = CallerOf(ctx);
  write.want = [this, caller, call](db::UnitOfWork& uow) {
    playbooks_.Want(uow, caller.tenant);
    if (!call.case_id.empty()) WantCase(uow, caller.tenant, call.case_id);
    uow.Want<OpenCaseRow>(OpenCaseKey(caller.tenant, call.customer_id, call.kind));
    WantOwner(uow, caller.tenant, call.owner);
  };
  write.decide = [this, caller, call](db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<pb::CaseChangeResponse> {
    HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<const Playbook> playbook, playbooks_.Of(uow, caller.tenant));
    HOIAM_ASSIGN_OR_RETURN(const Case c, DecideOpening(uow, caller, *playbook, call, now));
    return Show(caller, c, now);
  };
  writer_.Submit(ctx, request, std::move(write), std::move(reply));
}

}  // namespace hoiam::loop
