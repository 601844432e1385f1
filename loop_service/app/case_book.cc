#include "loop_service/app/case_book.h"

#include "hoiam/event/v1/event.pb.h"
#include "loop_service/app/due_kinds.h"
#include "loop_service/convert/case_proto.h"
#include "loop_service/domain/timers.h"
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

}  // namespace

db::Values OpenCaseKey(const std::string& tenant, const std::string& customer_id, CaseKind kind) {
  return {tenant, customer_id, std::string(Name(kind))};
}

void WantCase(db::UnitOfWork& uow, const std::string& tenant, const std::string& case_id) {
  const db::Values key = {tenant, case_id};
  uow.Want<CaseRow>(key);
  const CaseRow* row = uow.Find<CaseRow>(key);
  if (!row) return;
  uow.Want<due::Work>(ClockKey(tenant, row->subject, case_id));
  if (!row->customer_id.empty()) uow.Want<OpenCaseRow>({tenant, row->customer_id, row->kind});
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
  uow.Put(ToRow(tenant, c));
  KeepOpenCase(uow, tenant, c);
  KeepDue(uow, tenant, c);
  c.stored = {c.version, c.priority, SubjectOf(c)};
  uow.Emit(CaseChanged(tenant, c, now));
}

}  // namespace hoiam::loop
