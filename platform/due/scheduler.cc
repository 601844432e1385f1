#include "platform/due/scheduler.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <map>
#include <utility>

#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "platform/due/reader.h"
#include "platform/observe/log.h"

namespace hoiam::due {
namespace {

struct Attempt {
  Work row;  // as it was found; as it was taken, once it is
  bool taken = false;
};

// Takes the row unless somebody else has changed it since it was found.
rpc::Writer::Item TakingOf(Attempt& attempt, const std::string& owner, absl::Time until) {
  rpc::Writer::Item item;
  item.subject = attempt.row.subject;
  item.want = [row = attempt.row](db::UnitOfWork& uow) { WantWork(uow, row); };
  item.decide = [&attempt, found = attempt.row, owner, until](db::UnitOfWork& uow, absl::Time) {
    attempt.taken = HoldsWork(uow, found);
    if (!attempt.taken) return absl::OkStatus();
    attempt.row = found;
    attempt.row.owner = owner;
    attempt.row.due_at = until;
    attempt.row.attempts = found.attempts + 1;
    uow.Put(attempt.row);
    return absl::OkStatus();
  };
  return item;
}

}  // namespace

Scheduler::Scheduler(db::Pool& pool, rpc::Writer& writer, const Clock& clock)
    : pool_(pool), writer_(writer), clock_(clock), owner_(NewUuid(clock.Now())) {}

void Scheduler::Handle(int64_t kind, Handler& handler, TakeOptions options) {
  kinds_.push_back(std::unique_ptr<Kind>(new Kind{kind, handler, options}));
}

absl::StatusOr<Scheduler::Taken> Scheduler::Take(const Kind& kind) {
  const absl::Time now = clock_.Now();
  std::vector<Work> due;
  {
    HOIAM_ASSIGN_OR_RETURN(const auto db, db::SystemDb::Open(pool_, now + kTakeWithin));
    HOIAM_ASSIGN_OR_RETURN(due, FindDueWork(db, kind.kind, now, kind.options.batch));
  }
  Taken result;
  // Rows hold microseconds: what is compared later must be what is stored.
  result.until = absl::FromUnixMicros(absl::ToUnixMicros(now + kind.options.lease));
  std::map<std::string, std::vector<Attempt>> by_tenant;
  for (Work& row : due) by_tenant[row.tenant_id].push_back({std::move(row)});
  std::vector<std::future<std::vector<absl::Status>>> submitted;
  for (auto& [tenant, attempts] : by_tenant) {
    rpc::CallContext ctx;
    ctx.tenant = tenant;
    ctx.deadline = now + kTakeWithin;
    std::vector<rpc::Writer::Item> items;
    for (Attempt& a : attempts) items.push_back(TakingOf(a, owner_, result.until));
    auto done = std::make_shared<std::promise<std::vector<absl::Status>>>();
    submitted.push_back(done->get_future());
    writer_.SubmitBatch(ctx, std::move(items), [done](std::vector<absl::Status> statuses, rpc::ReplyMeta) {
      done->set_value(std::move(statuses));
    });
  }
  size_t i = 0;
  for (auto& [tenant, attempts] : by_tenant) {
    const std::vector<absl::Status> statuses = submitted[i++].get();
    for (size_t k = 0; k < attempts.size(); ++k) {
      if (!statuses[k].ok()) observe::Warn("work.not_taken", {{"error", std::string(statuses[k].message())}});
      if (!statuses[k].ok()) continue;
      if (attempts[k].taken)
        result.rows.push_back(std::move(attempts[k].row));
      else
        result.raced = true;
    }
  }
  return result;
}

absl::Status Scheduler::Do(const Kind& kind, const Taken& taken) {
  if (taken.rows.empty()) return absl::OkStatus();
  return kind.handler.Run(taken.rows, taken.until);
}

absl::StatusOr<int> Scheduler::RunDue() {
  int n = 0;
  for (const auto& kind : kinds_) {
    HOIAM_ASSIGN_OR_RETURN(const Taken taken, Take(*kind));
    HOIAM_RETURN_IF_ERROR(Do(*kind, taken));
    n += static_cast<int>(taken.rows.size());
  }
  return n;
}

absl::Status Scheduler::Start() {
  for (const auto& kind : kinds_)
    for (int i = 0; i < kind->options.workers; ++i) threads_.emplace_back([this, k = kind.get()] { RunWorker(*k); });
  return absl::OkStatus();
}

void Scheduler::Stop() {
  {
    std::lock_guard lock(mu_);
    stop_ = true;
  }
  wake_.notify_all();
  for (std::thread& t : threads_) t.join();
  threads_.clear();
}

void Scheduler::RunWorker(Kind& kind) {
  const auto stopped = [this](absl::Duration wait) {
    std::unique_lock lock(mu_);
    return wake_.wait_for(lock, absl::ToChronoNanoseconds(wait), [this] { return stop_; });
  };
  while (true) {
    Taken taken;
    {
      std::lock_guard looking(kind.looking);
      while (taken.rows.empty()) {
        absl::Duration wait = kLookEvery;
        if (auto found = Take(kind); found.ok()) {
          taken = *std::move(found);
          if (!taken.rows.empty() || taken.raced) wait = absl::ZeroDuration();
        } else {
          observe::Warn("work.look_failed", {{"error", std::string(found.status().message())}});
        }
        if (stopped(wait)) return;  // what was just taken comes back when its lease ends
      }
    }
    if (const absl::Status s = Do(kind, taken); !s.ok())
      observe::Warn("work.failed", {{"kind", std::to_string(kind.kind)}, {"error", std::string(s.message())}});
  }
}

}  // namespace hoiam::due
