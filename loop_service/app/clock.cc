#include "loop_service/app/clock.h"

#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "loop_service/app/case_book.h"
#include "loop_service/domain/timers.h"
#include "platform/base/status.h"

namespace hoiam::loop {

absl::Status CaseClock::Decide(const due::Work& work, db::UnitOfWork& uow, absl::Time now) {
  if (!HoldsWork(uow, work)) return absl::OkStatus();
  HOIAM_ASSIGN_OR_RETURN(const std::shared_ptr<const Playbook> playbook, playbooks_.Of(uow, work.tenant_id));
  HOIAM_ASSIGN_OR_RETURN(std::optional<Case> c, LoadCase(uow, work.tenant_id, work.work_id));
  if (!c) {
    FinishWork(uow, work);
    return absl::OkStatus();
  }
  KeepTimers(*c, *playbook, now);
  KeepDue(uow, work.tenant_id, *c);
  while (RingNext(*c, *playbook, now)) SaveCase(uow, work.tenant_id, *c, *playbook, now);  // one event each
  return absl::OkStatus();
}

absl::Status CaseClock::Run(const std::vector<due::Work>& taken, absl::Time until) {
  std::map<std::string, std::vector<rpc::Writer::Item>> by_tenant;
  for (const due::Work& work : taken) {
    rpc::Writer::Item item;
    item.subject = work.subject;
    item.bytes = kCaseBytes;
    item.want = [this, &work](db::UnitOfWork& uow) {
      playbooks_.Want(uow, work.tenant_id);
      WantWork(uow, work);
      WantCase(uow, work.tenant_id, work.work_id);
    };
    item.decide = [this, &work](db::UnitOfWork& uow, absl::Time now) { return Decide(work, uow, now); };
    by_tenant[work.tenant_id].push_back(std::move(item));
  }
  std::vector<std::future<std::vector<absl::Status>>> submitted;
  for (auto& [tenant, items] : by_tenant) {
    rpc::CallContext ctx;
    ctx.tenant = tenant;
    ctx.principal = std::string(kSystemActor);
    ctx.deadline = until;
    auto done = std::make_shared<std::promise<std::vector<absl::Status>>>();
    submitted.push_back(done->get_future());
    writer_.SubmitBatch(ctx, std::move(items), [done](std::vector<absl::Status> statuses, rpc::ReplyMeta) {
      done->set_value(std::move(statuses));
    });
  }
  absl::Status failed;
  for (auto& f : submitted)
    for (const absl::Status& s : f.get()) failed.Update(s);
  return failed;
}

}  // namespace hoiam::loop
