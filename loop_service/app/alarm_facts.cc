#include "loop_service/app/alarm_facts.h"

#include <algorithm>

#include "loop_service/domain/fix.h"
#include "loop_service/domain/purchase.h"
#include "loop_service/store/alarm_rows.h"
#include "loop_service/store/fix_list.h"

namespace hoiam::loop {
namespace {

db::Values FixKey(const std::string& tenant, Relation relation, const std::string& id) {
  return {tenant, std::string(ScopeKind(relation)), id};
}

template <class F>
bool AnyFix(db::UnitOfWork& uow, const db::Values& prefix, F holds) {
  for (const FixRow* row : uow.List<FixRow>(prefix)) {
    const FixList fixes = ToFixes(row->body);
    if (std::any_of(fixes.begin(), fixes.end(), holds)) return true;
  }
  return false;
}

bool AsksPerson(const Answer& a, const Playbook& p) {
  return p.alarms().asks_repeated_person() && a.detractor() && !a.customer_id.empty();
}
bool AsksCause(const Answer& a, const Playbook& p) { return p.alarms().asks_repeated_cause() && !a.touchpoint.empty(); }
bool AsksSpend(const Answer& a, const Playbook& p) { return p.alarms().asks_spend() && !a.customer_id.empty(); }

}  // namespace

void WantFacts(db::UnitOfWork& uow, const std::string& tenant, const Answer& a, const Playbook& p) {
  if (AsksPerson(a, p)) uow.Want<FixRow>(FixKey(tenant, Relation::kSamePerson, a.customer_id));
  if (AsksCause(a, p)) uow.Want<FixRow>(FixKey(tenant, Relation::kSameTouchpoint, a.touchpoint));
  if (AsksSpend(a, p))
    for (const int64_t month : MonthsBefore(a.responded_at)) uow.Want<PurchaseRow>({tenant, a.customer_id, month});
}

Signal FactsOf(db::UnitOfWork& uow, const std::string& tenant, const Answer& a, const Playbook& p) {
  Signal signal{a};
  const absl::Duration within = p.policy().said_twice_within;
  const auto lately = [&](const Fix& f) {
    return f.resolved_at < a.responded_at && a.responded_at - f.resolved_at <= within;
  };
  if (AsksPerson(a, p))
    signal.repeated_person = AnyFix(uow, FixKey(tenant, Relation::kSamePerson, a.customer_id), lately);
  if (AsksCause(a, p))
    signal.repeated_cause = AnyFix(uow, FixKey(tenant, Relation::kSameTouchpoint, a.touchpoint),
                                   [&](const Fix& f) { return f.failed && lately(f); });
  if (AsksSpend(a, p))
    for (const int64_t month : MonthsBefore(a.responded_at))
      for (const PurchaseRow* row : uow.List<PurchaseRow>({tenant, a.customer_id, month}))
        if (CountsAsSpent(row->occurred_at, a.responded_at)) signal.spend[row->currency] += row->amount;
  return signal;
}

}  // namespace hoiam::loop
