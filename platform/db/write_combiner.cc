#include "platform/db/write_combiner.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <set>
#include <thread>

#include "absl/container/flat_hash_map.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "platform/db/event_log.h"
#include "platform/db/mysql_error.h"
#include "platform/observe/log.h"

namespace hoiam::db {
namespace {

constexpr int kMaxRounds = 6;                               // of Want
constexpr int kMaxTries = 6;                                // of one command alone
constexpr absl::Duration kReconnectFor = absl::Seconds(8);  // before waiting callers are told that the database is away

struct Outcome {
  absl::Status status;
  LogPosition at;
};

// Commands by tenant, taken in turn, so that a busy tenant cannot push another out of a batch.
class FairQueue {
 public:
  void Push(Command c) {
    auto& q = by_tenant_[c.tenant];
    if (q.empty()) turns_.push_back(c.tenant);
    q.push_back(std::move(c));
    ++size_;
  }
  Command Pop() {
    const std::string tenant = std::move(turns_.front());
    turns_.pop_front();
    const auto it = by_tenant_.find(tenant);
    Command c = std::move(it->second.front());
    it->second.pop_front();
    if (it->second.empty())
      by_tenant_.erase(it);
    else
      turns_.push_back(tenant);
    --size_;
    return c;
  }
  size_t size() const { return size_; }

 private:
  absl::flat_hash_map<std::string, std::deque<Command>> by_tenant_;
  std::list<std::string> turns_;
  size_t size_ = 0;
};

}  // namespace

struct WriteCombiner::Impl {
  Pool& pool;
  const Clock& clock;
  const CombinerOptions options;
  const std::function<void(const Committed&)> on_commit;

  mutable std::mutex mu;
  std::condition_variable arrived;
  FairQueue queue;
  bool stopping = false;
  Stats stats;

  std::mutex done_mu;
  std::condition_variable finished;
  std::deque<std::function<void()>> done_queue;
  bool done_stopping = false;

  std::unique_ptr<Session> session;  // writer thread only
  std::thread writer;
  std::vector<std::thread> completers;

  Impl(Pool& p, const Clock& c, CombinerOptions o, std::function<void(const Committed&)> f)
      : pool(p), clock(c), options(o), on_commit(std::move(f)) {}

  // --- writer thread
  // ---------------------------------------------------------------------------------------------------

  void WriterLoop() {
    for (;;) {
      std::vector<Command> batch = TakeBatch();
      if (batch.empty()) return;
      Execute(batch);
    }
  }

  std::vector<Command> TakeBatch() {
    std::vector<Command> batch;
    std::unique_lock lock(mu);
    while (batch.empty()) {
      arrived.wait(lock, [&] { return stopping || queue.size() > 0; });
      if (queue.size() == 0) return batch;
      size_t bytes = 0;
      const absl::Time now = clock.Now();
      while (queue.size() > 0 && batch.size() < options.max_commands && bytes < options.max_bytes) {
        Command c = queue.Pop();
        if (c.deadline <= now) {
          ++stats.expired;
          Complete(std::move(c), {MakeError(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                                            "the deadline passed before the write began; nothing was changed"),
                                  {}});
          continue;
        }
        bytes += c.bytes;
        batch.push_back(std::move(c));
      }
    }
    return batch;
  }

  // Runs the batch to its end: every command is completed.
  void Execute(std::vector<Command>& batch) {
    std::vector<Outcome> outcomes(batch.size());
    absl::Status s;
    const absl::Time give_up = clock.Now() + kReconnectFor;
    for (int attempt = 1;; ++attempt) {
      s = Transact(batch, outcomes);
      if (s.ok()) {
        for (size_t i = 0; i < batch.size(); ++i) Complete(std::move(batch[i]), std::move(outcomes[i]));
        return;
      }
      {
        std::lock_guard lock(mu);
        ++stats.retries;
      }
      if (IsLost(s)) {  // nothing is wrong with the commands
        session.reset();
        if (clock.Now() >= give_up) break;
        clock.Sleep(absl::Milliseconds(std::min(20 * attempt, 250)));
        continue;
      }
      if (session) session->Execute("ROLLBACK").IgnoreError();
      if (batch.size() > 1 && attempt >= 2) return Split(batch);
      if (batch.size() == 1 && (attempt >= kMaxTries || !(IsRetry(s) || IsDuplicate(s)))) break;
      if (batch.size() == 1 && attempt > 2) clock.Sleep(absl::Milliseconds(5 * attempt));
    }
    const absl::Status refusal =
        IsLost(s) || IsRetry(s)
            ? MakeError(absl::StatusCode::kUnavailable, "STORE_UNAVAILABLE",
                        "the store did not answer in time; repeat the request with the same id to learn its outcome")
            : absl::InternalError(s.message());
    observe::Error("write.failed", {{"error", std::string(s.message())}, {"commands", std::to_string(batch.size())}});
    for (Command& c : batch) Complete(std::move(c), {refusal, {}});
  }

  // Down to the guilty command.
  void Split(std::vector<Command>& batch) {
    const size_t half = batch.size() / 2;
    std::vector<Command> first(std::make_move_iterator(batch.begin()), std::make_move_iterator(batch.begin() + half));
    std::vector<Command> second(std::make_move_iterator(batch.begin() + half), std::make_move_iterator(batch.end()));
    Execute(first);
    Execute(second);
  }

  // One transaction. OK: committed, and outcomes are filled.
  absl::Status Transact(const std::vector<Command>& batch, std::vector<Outcome>& outcomes) {
    if (!session || !session->healthy()) {
      HOIAM_ASSIGN_OR_RETURN(session, pool.Open());
      HOIAM_RETURN_IF_ERROR(session->Execute("SET autocommit = 0"));  // the first statement begins a transaction
    }
    // (a) The locks come first: everything below is decided under them.
    std::set<uint32_t> partitions;
    for (const Command& c : batch) partitions.insert(c.partition);
    HOIAM_ASSIGN_OR_RETURN(const auto heads, LockHeads(*session, partitions));
    const absl::Time now = absl::FromUnixMicros(absl::ToUnixMicros(clock.Now()));

    // (b) What the commands want, in rounds.
    UnitOfWork uow;
    std::vector<absl::Status> violations(batch.size());
    for (int round = 0;; ++round) {
      for (size_t i = 0; i < batch.size(); ++i) {
        uow.Begin(batch[i].partition, batch[i].tenant);
        batch[i].want(uow);
        violations[i].Update(uow.violation());
      }
      if (!uow.NeedsLoad()) break;
      if (round == kMaxRounds) return absl::InternalError("a command wants rows without end");
      HOIAM_RETURN_IF_ERROR(uow.Load(*session));
    }

    // (c) Each decision sees what those before it wrote.
    std::set<uint32_t> touched;
    for (size_t i = 0; i < batch.size(); ++i) {
      uow.Begin(batch[i].partition, batch[i].tenant);
      outcomes[i].status = violations[i];
      if (outcomes[i].status.ok()) outcomes[i].status = batch[i].decide(uow, now);
      outcomes[i].status.Update(uow.violation());
      if (!outcomes[i].status.ok()) {
        uow.Abandon();
      } else if (uow.Wrote()) {
        touched.insert(batch[i].partition);
      }
    }

    // (d) rows, (e) envelopes, (f) COMMIT.
    std::vector<Committed> written;
    if (touched.empty()) {
      HOIAM_RETURN_IF_ERROR(session->Execute("ROLLBACK"));
    } else {
      HOIAM_RETURN_IF_ERROR(uow.Flush(*session));
      const std::string batch_id = NewUuid(now);
      HOIAM_ASSIGN_OR_RETURN(written, AppendEnvelopes(*session, heads, touched, uow, batch_id, now));
      HOIAM_RETURN_IF_ERROR(Commit(written, batch_id));
    }
    {
      std::lock_guard lock(mu);
      ++stats.transactions;
      stats.commands += batch.size();
    }
    if (on_commit)
      for (const Committed& c : written) on_commit(c);
    for (size_t i = 0; i < batch.size(); ++i) {
      const Head& head = heads.at(batch[i].partition);
      const bool moved = touched.contains(batch[i].partition);
      outcomes[i].at = {batch[i].partition, head.epoch, moved ? head.next_seq : head.next_seq - 1};
    }
    return absl::OkStatus();
  }

  // A connection lost in COMMIT leaves the outcome unknown: look for our batch on a fresh connection, behind the head
  // lock.
  absl::Status Commit(const std::vector<Committed>& written, const std::string& batch_id) {
    absl::Status s = session->Execute("COMMIT");
    if (s.ok() || session->healthy()) return s;
    const absl::Time give_up = clock.Now() + kReconnectFor;
    for (int attempt = 1; clock.Now() < give_up; ++attempt) {
      session.reset();
      auto fresh = pool.Open();
      if (fresh.ok()) {
        const auto committed = WasCommitted(**fresh, written, batch_id);
        if (committed.ok()) return *committed ? absl::OkStatus() : absl::UnavailableError("the commit did not happen");
      }
      clock.Sleep(absl::Milliseconds(std::min(20 * attempt, 250)));
    }
    return absl::UnavailableError("the outcome of a commit is unknown");
  }

  // --- completion threads
  // ----------------------------------------------------------------------------------------------

  void Complete(Command c, Outcome o) {
    {
      std::lock_guard lock(done_mu);
      done_queue.push_back([done = std::move(c.done), o = std::move(o)]() mutable { done(std::move(o.status), o.at); });
    }
    finished.notify_one();
  }

  void CompleterLoop() {
    for (;;) {
      std::deque<std::function<void()>> work;
      {
        std::unique_lock lock(done_mu);
        finished.wait(lock, [&] { return done_stopping || !done_queue.empty(); });
        if (done_queue.empty()) return;
        work.swap(done_queue);
      }
      for (auto& f : work) f();
    }
  }
};

WriteCombiner::WriteCombiner(Pool& pool, const Clock& clock, CombinerOptions options,
                             std::function<void(const Committed&)> on_commit)
    : impl_(new Impl(pool, clock, options, std::move(on_commit))) {
  impl_->writer = std::thread([this] { impl_->WriterLoop(); });
  for (int i = 0; i < options.completion_threads; ++i)
    impl_->completers.emplace_back([this] { impl_->CompleterLoop(); });
}

WriteCombiner::~WriteCombiner() {
  {
    std::lock_guard lock(impl_->mu);
    impl_->stopping = true;
  }
  impl_->arrived.notify_all();
  impl_->writer.join();
  {
    std::lock_guard lock(impl_->done_mu);
    impl_->done_stopping = true;
  }
  impl_->finished.notify_all();
  for (auto& t : impl_->completers) t.join();
}

void WriteCombiner::Submit(Command command) {
  {
    std::lock_guard lock(impl_->mu);
    if (!impl_->stopping && impl_->queue.size() < impl_->options.max_queued) {
      impl_->queue.Push(std::move(command));
      impl_->arrived.notify_one();
      return;
    }
  }
  command.done(
      MakeError(absl::StatusCode::kResourceExhausted, "OVERLOADED", "too many writes are waiting; try again later"),
      {});
}

uint32_t WriteCombiner::partitions() const { return impl_->options.partitions; }

WriteCombiner::Stats WriteCombiner::stats() const {
  std::lock_guard lock(impl_->mu);
  Stats s = impl_->stats;
  s.queued = impl_->queue.size();
  return s;
}

}  // namespace hoiam::db
