#include <memory>
#include <optional>

#include "loop_service/app/alarm_facts.h"
#include "loop_service/app/settings.h"
#include "loop_service/convert/alarm_trial.h"
#include "platform/base/status.h"

namespace hoiam::loop {
namespace {

pb::TestAlarmRulesResponse Try(const AlarmBook& alarms, const Signal& signal) {
  pb::TestAlarmRulesResponse response;
  if (const std::optional<Verdict> first = alarms.FirstMatch(signal)) response.set_rule_id(first->rule->rule_id);
  for (const Verdict& verdict : alarms.Verdicts(signal)) {
    auto& to = *response.add_verdicts();
    to.set_rule_id(verdict.rule->rule_id);
    to.set_matched(verdict.matched);
    to.mutable_reasons()->Assign(verdict.reasons.begin(), verdict.reasons.end());
  }
  return response;
}

}  // namespace

void Settings::Test(const rpc::CallContext& ctx, const pb::TestAlarmRulesRequest& q,
                    rpc::Reply<pb::TestAlarmRulesResponse> reply) {
  Violations v;
  const auto answer = std::make_shared<const Answer>(ReadTrial(q, v));
  if (!v.empty()) return reply(v.ToStatus(), {});
  rpc::Write<pb::TestAlarmRulesResponse> w;
  w.subject = answer->customer_id;
  w.bytes = 0;
  w.want = [this, answer, tenant = ctx.tenant](db::UnitOfWork& uow) {
    playbooks_.Want(uow, tenant);
    if (const auto playbook = playbooks_.Of(uow, tenant); playbook.ok()) WantFacts(uow, tenant, *answer, **playbook);
  };
  w.decide = [this, answer, tenant = ctx.tenant](db::UnitOfWork& uow,
                                                 absl::Time) -> absl::StatusOr<pb::TestAlarmRulesResponse> {
    HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<const Playbook> playbook, playbooks_.Of(uow, tenant));
    return Try(playbook->alarms(), FactsOf(uow, tenant, *answer, *playbook));
  };
  writer_.Submit(ctx, q, std::move(w), std::move(reply));
}

}  // namespace hoiam::loop
