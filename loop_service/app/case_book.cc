#include "loop_service/app/case_book.h"

#include <algorithm>

#include "hoiam/event/v1/event.pb.h"
#include "loop_service/app/due_kinds.h"
#include "loop_service/app/notify.h"
#include "loop_service/convert/case_proto.h"
#include "loop_service/domain/timers.h"
#include "loop_service/store/alarm_rows.h"
#include "loop_service/store/fact_rows.h"
#include "loop_service/store/rows.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "platform/due/work.h"

namespace hoiam::loop {
namespace {

CaseRow ToRow(const std::string& tenant, const Case& c) {
  CaseRow row;
  row.tenant_id = tenant;
  row.case_id = c.case_id;
  row.subject = SubjectOf(c);
  row.customer_id = c.customer_id;
  row.kind = std::string(Name(c.kind));
  row.state = std::string(Name(c.state));
  row.is_open = IsOpen(c.state);
  row.priority = std::string(Name(c.priority));
  row.owner = c.owner;
  row.team = c.team;
  row.version = c.version;
  row.create_time = c.create_time;
  row.update_time = c.update_time;
  row.body = ToStored(c).SerializeAsString();
  row.touchpoint = c.touchpoint;
  row.root_cause = c.root_cause;
  row.origin = std::string(Name(c.origin));
  return row;
}

db::Values ClockKey(const std::string& tenant, const std::string& subject, const std::string& case_id) {
  return due::Work::Key(tenant, subject, DueKind::kCase, case_id);
}

// A customer has at most one open case of a kind; nobody can be recognised in an anonymous one.
void KeepOpenCase(db::UnitOfWork& uow, const std::string& tenant, const Case& c) {
  if (c.customer_id.empty()) return;
  const db::Values key = OpenCaseKey(tenant, c.customer_id, c.kind);
  const OpenCaseRow* row = uow.Find<OpenCaseRow>(key);
  if (IsOpen(c.state)) {
    if (!row) uow.Put(OpenCaseRow{tenant, c.customer_id, std::string(Name(c.kind)), c.case_id});
  } else if (row && row->case_id == c.case_id) {
    uow.Delete<OpenCaseRow>(key);
  }
}

// What is stored of a case that is about to be saved; nothing of a new one.
struct Before {
  std::string customer_id, owner;
  bool resolved = false;
};

Before BeforeOf(db::UnitOfWork& uow, const std::string& tenant, const Case& c) {
  const CaseRow* row = c.stored.version > 0 ? uow.Find<CaseRow>({tenant, c.case_id}) : nullptr;
  if (!row) return {};
  return {row->customer_id, row->is_open ? row->owner : "", row->state == Name(CaseState::kResolved)};
}

void AddToLoad(db::UnitOfWork& uow, const std::string& tenant, const std::string& owner, int64_t cases) {
  if (owner.empty()) return;
  const int64_t open = OpenCasesOf(uow, tenant, owner) + cases;
  uow.Put(OwnerLoadRow{tenant, owner, std::max<int64_t>(open, 0)});
}

void KeepOwnerLoad(db::UnitOfWork& uow, const std::string& tenant, const Before& before, const Case& c) {
  const std::string owner = IsOpen(c.state) ? c.owner : "";
  if (owner == before.owner) return;
  AddToLoad(uow, tenant, before.owner, -1);
  AddToLoad(uow, tenant, owner, 1);
}

void KeepResolved(db::UnitOfWork& uow, const std::string& tenant, const Before& before, const Case& c) {
  const std::string was = before.resolved ? before.customer_id : "";
  const std::string is = c.state == CaseState::kResolved ? c.customer_id : "";
  if (was == is) return;
  if (!was.empty()) uow.Delete<ResolvedCaseRow>({tenant, was, c.case_id});
  if (!is.empty()) uow.Put(ResolvedCaseRow{tenant, is, c.case_id});
}

}  // namespace

void WantOwner(db::UnitOfWork& uow, const std::string& tenant, const std::string& owner) {
  if (!owner.empty()) uow.Want<OwnerLoadRow>({tenant, owner});
}

bool HoldsOwner(db::UnitOfWork& uow, const std::string& tenant, const std::string& owner) {
  return uow.Wanted<OwnerLoadRow>({tenant, owner});
}

int64_t OpenCasesOf(db::UnitOfWork& uow, const std::string& tenant, const std::string& owner) {
  const auto* row = uow.Find<OwnerLoadRow>({tenant, owner});
  return row ? row->open_cases : 0;
}

db::Values OpenCaseKey(const std::string& tenant, const std::string& customer_id, CaseKind kind) {
  return {tenant, customer_id, std::string(Name(kind))};
}

void WantCase(db::UnitOfWork& uow, const std::string& tenant, const std::string& case_id) {
  const db::Values key = {tenant, case_id};
  uow.Want<CaseRow>(key);
  const CaseRow* row = uow.Find<CaseRow>(key);
  if (!row) return;
  uow.Want<due::Work>(ClockKey(tenant, row->subject, case_id));
  WantOwner(uow, tenant, row->owner);
  if (row->customer_id.empty()) return;
  uow.Want<OpenCaseRow>({tenant, row->customer_id, row->kind});
  if (row->state == Name(CaseState::kResolved)) uow.Want<ResolvedCaseRow>({tenant, row->customer_id, case_id});
}

absl::StatusOr<std::optional<Case>> LoadCase(db::UnitOfWork& uow, const std::string& tenant,
                                             const std::string& case_id) {
  const CaseRow* row = uow.Find<CaseRow>({tenant, case_id});
  if (!row) return std::optional<Case>();
  HOIAM_ASSIGN_OR_RETURN(Case c, FromStored(row->body));
  return std::optional<Case>(std::move(c));
}

void KeepDue(db::UnitOfWork& uow, const std::string& tenant, const Case& c) {
  const std::string& subject = SubjectOf(c);
  // Whoever claimed its answer has it now.
  if (c.stored.version > 0 && c.stored.subject != subject)
    uow.Delete<due::Work>(ClockKey(tenant, c.stored.subject, c.case_id));
  if (const auto due_at = NextMoment(c))
    due::AddWork(uow, tenant, DueKind::kCase, subject, c.case_id, *due_at);
  else
    uow.Delete<due::Work>(ClockKey(tenant, subject, c.case_id));
}

std::string CaseChanged(const std::string& tenant, const Case& c, absl::Time now) {
  hoiam::event::v1::Event event;
  event.set_event_id(NewUuid(now));
  event.set_tenant_id(tenant);
  event.set_subject(c.customer_id);
  *event.mutable_case_()->mutable_case_() = ToShown(c, now);
  *event.mutable_occurred_at() = event.case_().case_().update_time();
  return event.SerializeAsString();
}

void SaveCase(db::UnitOfWork& uow, const std::string& tenant, Case& c, const Playbook& playbook, absl::Time now) {
  KeepTimers(c, playbook, now);
  const Before before = BeforeOf(uow, tenant, c);
  uow.Put(ToRow(tenant, c));
  uow.Replace(CaseFactRow{tenant, FactOf(c)});
  KeepOwnerLoad(uow, tenant, before, c);
  KeepResolved(uow, tenant, before, c);
  KeepOpenCase(uow, tenant, c);
  KeepDue(uow, tenant, c);
  NotifyAbout(uow, tenant, c, c.stored.version, playbook, now);
  c.stored = {c.version, c.priority, SubjectOf(c)};
  uow.Emit(CaseChanged(tenant, c, now));
}

}  // namespace hoiam::loop
