#include "loop_service/app/said_twice.h"

#include <optional>
#include <utility>
#include <vector>

#include "loop_service/app/case_book.h"
#include "loop_service/convert/case_proto.h"
#include "loop_service/domain/fix.h"
#include "loop_service/store/alarm_rows.h"
#include "loop_service/store/fix_list.h"
#include "loop_service/store/rows.h"
#include "platform/base/status.h"

namespace hoiam::loop {
namespace {

db::Values KeyOf(const std::string& tenant, const FixScope& scope, const std::string& root_cause) {
  return {tenant, std::string(ScopeKind(scope.relation)), scope.id, root_cause};
}

// What another decision of this batch has just made findable was not wanted, and shows nothing yet.
FixList FixesIn(db::UnitOfWork& uow, const db::Values& key) {
  if (!uow.Wanted<FixRow>(key)) return {};
  const FixRow* row = uow.Find<FixRow>(key);
  return row ? ToFixes(row->body) : FixList();
}

void Put(db::UnitOfWork& uow, const std::string& tenant, const FixScope& scope, const std::string& root_cause,
         const FixList& fixes) {
  uow.Put(FixRow{tenant, std::string(ScopeKind(scope.relation)), scope.id, root_cause, ToBody(fixes)});
}

struct Broken {
  std::string case_id;
  Relation relation = Relation::kSamePerson;
};

// By the strongest relation that shows one. Rows that are not read yet show none.
std::optional<Broken> FindBroken(db::UnitOfWork& uow, const std::string& tenant, const Case& c,
                                 const std::string& root_cause, absl::Duration within) {
  for (const FixScope& scope : ScopesOf(c)) {
    const FixList fixes = FixesIn(uow, KeyOf(tenant, scope, root_cause));
    if (const Fix* fix = BrokenFix(fixes, c, within)) return Broken{fix->case_id, scope.relation};
  }
  return std::nullopt;
}

void WantFixesOf(db::UnitOfWork& uow, const std::string& tenant, const Case& c, const std::string& root_cause) {
  for (const FixScope& scope : ScopesOf(c)) uow.Want<FixRow>(KeyOf(tenant, scope, root_cause));
}

}  // namespace

void WantFixes(db::UnitOfWork& uow, const std::string& tenant, const std::string& case_id,
               const std::string& root_cause, const std::string& lot) {
  auto found = LoadCase(uow, tenant, case_id);
  if (!found.ok() || !*found) return;
  Case& c = **found;
  if (!lot.empty()) c.lot = lot;
  WantFixesOf(uow, tenant, c, root_cause);
  // Whatever the policy's bound is, the fix that counts is the latest.
  const auto broken = FindBroken(uow, tenant, c, root_cause, absl::InfiniteDuration());
  if (!broken) return;
  WantCase(uow, tenant, broken->case_id);
  if (auto earlier = LoadCase(uow, tenant, broken->case_id); earlier.ok() && *earlier)
    WantFixesOf(uow, tenant, **earlier, root_cause);
}

absl::Status SaidTwiceNow(db::UnitOfWork& uow, const std::string& tenant, Case& c, const Playbook& playbook,
                          absl::Time now) {
  if (c.said_twice || c.root_cause.empty()) return absl::OkStatus();
  const auto broken = FindBroken(uow, tenant, c, c.root_cause, playbook.policy().said_twice_within);
  if (!broken || !uow.Wanted<CaseRow>({tenant, broken->case_id})) return absl::OkStatus();
  HOIAM_ASSIGN_OR_RETURN(std::optional<Case> earlier, LoadCase(uow, tenant, broken->case_id));
  if (!earlier) return absl::OkStatus();
  SayTwice(c, *earlier, broken->relation, c.root_cause, now);
  if (FailFix(*earlier, c, broken->relation, c.root_cause, now)) SaveCase(uow, tenant, *earlier, playbook, now);
  for (const FixScope& scope : ScopesOf(*earlier)) {
    FixList fixes = FixesIn(uow, KeyOf(tenant, scope, c.root_cause));
    if (MarkFailed(fixes, earlier->case_id)) Put(uow, tenant, scope, c.root_cause, fixes);
  }
  return absl::OkStatus();
}

absl::Status NoteFix(db::UnitOfWork& uow, const std::string& tenant, const Case& c, absl::Time now) {
  for (const FixScope& scope : ScopesOf(c)) {
    if (!c.cause_removed && scope.relation != Relation::kSamePerson) continue;
    const db::Values key = KeyOf(tenant, scope, c.root_cause);
    if (!uow.Wanted<FixRow>(key)) continue;
    FixList fixes = FixesIn(uow, key);
    AddFix(fixes, c, now);
    Put(uow, tenant, scope, c.root_cause, fixes);
  }
  return absl::OkStatus();
}

}  // namespace hoiam::loop
