#include "loop_service/app/watch_deadlines.h"

#include <chrono>
#include <future>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "loop_service/app/case_book.h"
#include "loop_service/domain/service_level.h"
#include "loop_service/limits.h"
#include "loop_service/store/due_reader.h"
#include "platform/base/status.h"
#include "platform/db/tenant_db.h"
#include "platform/observe/log.h"

namespace hoiam::loop {
namespace {

// One event per deadline that was missed; none when another replica was here before.
absl::Status Decide(const std::string& tenant, const std::string& case_id, db::UnitOfWork& uow, absl::Time now) {
  HOIAM_ASSIGN_OR_RETURN(std::optional<Case> c, LoadCase(uow, tenant, case_id));
  if (!c) return absl::OkStatus();
  const std::vector<Deadline> missed = UnmarkedDeadlines(*c, now);
  for (Deadline d : missed) {
    MarkOverdue(*c, d, now);
    SaveCase(uow, tenant, *c, now);
  }
  if (missed.empty()) KeepDue(uow, tenant, *c);
  return absl::OkStatus();
}

rpc::Writer::Item ItemOf(const DueCase& due) {
  rpc::Writer::Item item;
  item.subject = due.subject;
  item.bytes = 2 * due.body_bytes;  // the row and the event
  item.want = [due](db::UnitOfWork& uow) { WantCase(uow, due.tenant_id, due.case_id); };
  item.decide = [due](db::UnitOfWork& uow, absl::Time now) { return Decide(due.tenant_id, due.case_id, uow, now); };
  return item;
}

}  // namespace

absl::StatusOr<int> DeadlineWatch::Look() {
  std::vector<DueCase> due;
  {
    HOIAM_ASSIGN_OR_RETURN(const auto db, db::SystemDb::Open(pool_, clock_.Now() + kLookWithin));
    HOIAM_ASSIGN_OR_RETURN(due, FindDueCases(db, clock_.Now(), kMaxDueCases));
  }
  std::map<std::string, std::vector<rpc::Writer::Item>> by_tenant;
  for (const DueCase& d : due) by_tenant[d.tenant_id].push_back(ItemOf(d));
  std::vector<std::future<std::vector<absl::Status>>> submitted;
  for (auto& [tenant, items] : by_tenant) {
    rpc::CallContext ctx;
    ctx.tenant = tenant;
    ctx.principal = std::string(kSystemActor);
    ctx.deadline = clock_.Now() + kLookWithin;
    auto done = std::make_shared<std::promise<std::vector<absl::Status>>>();
    submitted.push_back(done->get_future());
    writer_.SubmitBatch(ctx, std::move(items), [done](std::vector<absl::Status> statuses, rpc::ReplyMeta) {
      done->set_value(std::move(statuses));
    });
  }
  absl::Status failed;
  for (auto& f : submitted)
    for (const absl::Status& s : f.get()) failed.Update(s);
  HOIAM_RETURN_IF_ERROR(failed);
  return static_cast<int>(due.size());
}

absl::Status DeadlineWatch::Start() {
  thread_ = std::thread([this] { Run(); });
  return absl::OkStatus();
}

void DeadlineWatch::Stop() {
  {
    std::lock_guard lock(mu_);
    stop_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void DeadlineWatch::Run() {
  std::unique_lock lock(mu_);
  while (!stop_) {
    lock.unlock();
    const auto looked = Look();
    if (!looked.ok()) observe::Warn("deadlines.look_failed", {{"error", std::string(looked.status().message())}});
    lock.lock();
    if (looked.ok() && *looked == kMaxDueCases) continue;  // there are more
    wake_.wait_for(lock, absl::ToChronoNanoseconds(kLookEvery), [this] { return stop_; });
  }
}

}  // namespace hoiam::loop
