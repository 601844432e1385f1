#include "platform/feed/consumer.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "hoiam/feed/v1/feed.grpc.pb.h"
#include "platform/base/status.h"
#include "platform/feed/cursors.h"
#include "platform/observe/log.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::feed {
namespace {

namespace pb = hoiam::feed::v1;

constexpr size_t kReadAhead = 64;  // envelopes waiting per partition
constexpr absl::Duration kMaxWait = absl::Seconds(2);

// One partition's stream; hands envelopes to the consumer's queue and stops reading while that is full.
class Reader : public grpc::ClientReadReactor<pb::Envelope> {
 public:
  Reader(pb::EventFeed::Stub& stub, const ConsumerOptions& o, const Cursor& c, std::mutex& mu,
         std::condition_variable& cv)
      : mu_(mu), cv_(cv) {
    request_.set_consumer(o.consumer);
    request_.set_partition(c.partition);
    request_.set_epoch(c.epoch);
    request_.set_after_seq(c.seq);
    stub.async()->Tail(&context_, &request_, this);
    StartRead(&slot_);
    StartCall();
  }
  void OnReadDone(bool ok) override {
    std::lock_guard lock(mu_);
    if (!ok) return;  // OnDone follows
    waiting.push_back(std::move(slot_));
    slot_ = {};
    cv_.notify_all();
    if (waiting.size() < kReadAhead)
      StartRead(&slot_);
    else
      paused_ = true;
  }
  void OnDone(const grpc::Status& s) override {
    std::lock_guard lock(mu_);
    status = rpc::FromGrpc(s);
    if (status.ok()) status = absl::UnavailableError("the feed ended");
    done = true;
    cv_.notify_all();
  }
  // With the mutex held.
  pb::Envelope Take() {
    pb::Envelope e = std::move(waiting.front());
    waiting.pop_front();
    if (paused_ && !done) {
      paused_ = false;
      StartRead(&slot_);
    }
    return e;
  }
  void Cancel() { context_.TryCancel(); }

  std::deque<pb::Envelope> waiting;
  bool done = false;
  absl::Status status;

 private:
  std::mutex& mu_;
  std::condition_variable& cv_;
  grpc::ClientContext context_;
  pb::TailRequest request_;
  pb::Envelope slot_;
  bool paused_ = false;
};

}  // namespace

struct Consumer::Impl {
  const std::unique_ptr<pb::EventFeed::Stub> stub;
  const Clock& clock;
  const ConsumerOptions options;

  mutable std::mutex mu;
  std::condition_variable cv;        // envelopes, ended streams, stopping
  std::condition_variable advanced;  // the cursor moved
  bool stopping = false;
  int waiters = 0;  // callers of WaitFor that are not there yet
  absl::Status health = absl::UnavailableError("has not reached the source yet");
  Stats stats;
  std::map<uint32_t, Cursor> reached;  // committed by this process

  // Apply thread only.
  Applier applier;
  std::map<uint32_t, std::unique_ptr<Reader>> readers;
  std::map<uint32_t, Cursor> cursors;
  absl::Time last_applied = absl::InfinitePast();
  std::thread thread;

  Impl(std::shared_ptr<grpc::ChannelInterface> channel, db::Pool& pool, EventHandler& handler, const Clock& c,
       ConsumerOptions o)
      : stub(pb::EventFeed::NewStub(channel)), clock(c), options(std::move(o)), applier(pool, handler, c, options) {}

  bool Stopping() {
    std::lock_guard lock(mu);
    return stopping;
  }
  void SetHealth(absl::Status s) {
    std::lock_guard lock(mu);
    if (s != health && !s.ok())
      observe::Warn("feed.not_following", {{"source", options.source}, {"why", std::string(s.message())}});
    if (s.ok() && !health.ok()) observe::Info("feed.following", {{"source", options.source}});
    health = std::move(s);
  }

  void Loop() {
    int failures = 0;
    while (!Stopping()) {
      const absl::Status s = Follow();
      CloseReaders();
      if (Stopping()) return;
      SetHealth(s);
      const bool final = !ReasonOf(s).empty();  // went back, trimmed, unknown event: a person has to act
      failures = std::min(failures + 1, 6);
      const auto pause = std::chrono::milliseconds(final ? 1000 : 20 << failures);
      std::unique_lock lock(mu);
      cv.wait_for(lock, pause, [&] { return stopping; });
      if (s.code() == absl::StatusCode::kCancelled) failures = 0;
    }
  }

  // Connects, reads, applies; returns when something went wrong.
  absl::Status Follow() {
    HOIAM_ASSIGN_OR_RETURN(db::Session * session, applier.Session());
    pb::Log log;
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(5));
    HOIAM_RETURN_IF_ERROR(rpc::FromGrpc(stub->GetLog(&context, {}, &log)));
    for (const auto& end : log.ends())
      HOIAM_RETURN_IF_ERROR(EnsureCursor(*session, options.consumer, options.source, end));
    HOIAM_RETURN_IF_ERROR(LoadPosition());
    for (const auto& [id, c] : cursors) readers[id] = std::make_unique<Reader>(*stub, options, c, mu, cv);
    SetHealth(absl::OkStatus());
    while (true) {
      std::vector<pb::Envelope> batch;
      HOIAM_RETURN_IF_ERROR(NextBatch(batch));
      if (batch.empty()) return absl::CancelledError("stopping");
      HOIAM_RETURN_IF_ERROR(ApplyFully(batch));
    }
  }

  absl::Status LoadPosition() {
    HOIAM_ASSIGN_OR_RETURN(db::Session * session, applier.Session());
    HOIAM_ASSIGN_OR_RETURN(cursors, ReadCursors(*session, options.consumer, options.source));
    return applier.ReadParked();
  }

  void CloseReaders() {
    for (auto& [id, r] : readers) r->Cancel();
    std::unique_lock lock(mu);
    for (auto& [id, r] : readers) cv.wait(lock, [&r = r] { return r->done; });
    lock.unlock();
    readers.clear();
  }

  // What is waiting, of all partitions, up to the limit. Blocks while there is nothing. Empty: stopping.
  absl::Status NextBatch(std::vector<pb::Envelope>& batch) {
    std::unique_lock lock(mu);
    for (;;) {
      if (stopping) return absl::OkStatus();
      for (auto& [id, r] : readers) {
        while (!r->waiting.empty() && batch.size() < options.max_envelopes) {
          pb::Envelope e = r->Take();
          const Cursor& c = cursors.at(id);
          if (e.seq() <= c.seq + Pending(batch, id)) continue;  // applied by another replica meanwhile
          batch.push_back(std::move(e));
        }
      }
      const absl::Duration rest = batch.size() >= options.max_envelopes || waiters > 0
                                      ? absl::ZeroDuration()
                                      : last_applied + options.gather - clock.Now();
      if (!batch.empty() && rest <= absl::ZeroDuration()) break;
      for (auto& [id, r] : readers)
        if (r->done) return r->status;
      if (batch.empty())
        cv.wait(lock);
      else
        cv.wait_for(lock, absl::ToChronoNanoseconds(rest));
    }
    return absl::OkStatus();
  }

  static uint64_t Pending(const std::vector<pb::Envelope>& batch, uint32_t partition) {
    return std::count_if(batch.begin(), batch.end(), [&](const pb::Envelope& e) { return e.partition() == partition; });
  }

  static absl::Status AppendEvents(const pb::Envelope& e, std::vector<PlacedEvent>& out) {
    pb::Batch events;
    if (!events.ParseFromString(e.payload())) return absl::InternalError("an envelope cannot be read");
    for (int i = 0; i < events.events_size(); ++i) {
      PlacedEvent& placed = out.emplace_back(PlacedEvent{{e.partition(), e.seq(), i}, {}});
      if (!placed.event.ParseFromString(events.events(i))) return absl::InternalError("an event cannot be read");
    }
    return absl::OkStatus();
  }

  // Applies the batch, or what other replicas have left of it.
  absl::Status ApplyFully(std::vector<pb::Envelope>& batch) {
    while (!batch.empty()) {
      std::vector<PlacedEvent> events;
      for (const pb::Envelope& e : batch) HOIAM_RETURN_IF_ERROR(AppendEvents(e, events));
      std::map<uint32_t, Cursor> next;
      // First statement: the cursors, by compare-and-set. Whoever else applies these envelopes waits here, then finds
      // them moved.
      const auto guard = [&](db::Session& session, bool parks) -> absl::Status {
        next.clear();
        for (const pb::Envelope& e : batch)
          next.try_emplace(e.partition(), cursors.at(e.partition())).first->second.seq = e.seq();
        for (auto& [id, c] : next) {
          c.parked_version += parks ? 1 : 0;
          HOIAM_ASSIGN_OR_RETURN(const bool moved,
                                 MoveCursor(session, options.consumer, options.source, cursors.at(id), c));
          if (!moved) return absl::OutOfRangeError("another replica moved the cursor");
        }
        return absl::OkStatus();
      };
      const absl::StatusOr<Applier::Done> done = applier.Apply(events, guard);
      if (done.ok()) return Applied(*done, next);
      if (done.status().code() != absl::StatusCode::kOutOfRange) return done.status();
      HOIAM_RETURN_IF_ERROR(LoadPosition());
      if (!DropApplied(batch)) return done.status();
    }
    return absl::OkStatus();
  }

  // Leaves what no replica has applied yet. False when that does not begin where the cursors stand: read again from
  // there.
  bool DropApplied(std::vector<pb::Envelope>& batch) {
    std::erase_if(batch, [&](const pb::Envelope& e) { return e.seq() <= cursors.at(e.partition()).seq; });
    std::map<uint32_t, uint64_t> next;
    for (const pb::Envelope& e : batch) {
      uint64_t& seq = next.try_emplace(e.partition(), cursors.at(e.partition()).seq + 1).first->second;
      if (e.seq() != seq++) return false;
    }
    return true;
  }

  absl::Status Applied(const Applier::Done& done, const std::map<uint32_t, Cursor>& next) {
    for (const auto& [id, c] : next) cursors[id] = c;
    if (options.on_applied && done.applied > 0) options.on_applied();
    if (done.parked > 0) HOIAM_RETURN_IF_ERROR(LoadPosition());  // one version for all partitions: read it back
    last_applied = clock.Now();
    {
      std::lock_guard lock(mu);
      stats.applied += done.applied;
      stats.parked += done.parked;
      ++stats.transactions;
      for (const auto& [id, c] : next) reached[id] = c;
    }
    advanced.notify_all();
    return absl::OkStatus();
  }
};

Consumer::Consumer(std::shared_ptr<grpc::ChannelInterface> channel, db::Pool& pool, EventHandler& handler,
                   const Clock& clock, ConsumerOptions options)
    : impl_(new Impl(std::move(channel), pool, handler, clock, std::move(options))) {
  impl_->thread = std::thread([this] { impl_->Loop(); });
}

Consumer::~Consumer() { Stop(); }

void Consumer::Stop() {
  {
    std::lock_guard lock(impl_->mu);
    impl_->stopping = true;
  }
  impl_->cv.notify_all();
  if (impl_->thread.joinable()) impl_->thread.join();
}

absl::Status Consumer::health() const {
  std::lock_guard lock(impl_->mu);
  return impl_->health;
}

Consumer::Stats Consumer::stats() const {
  std::lock_guard lock(impl_->mu);
  return impl_->stats;
}

absl::Status Consumer::WaitFor(const std::vector<pb::Position>& positions, absl::Time deadline,
                               const db::TenantDb& db) {
  const auto& o = impl_->options;
  std::vector<const pb::Position*> mine;
  for (const auto& p : positions)
    if (p.source() == o.source && p.seq() > 0) mine.push_back(&p);
  if (mine.empty()) return absl::OkStatus();
  const absl::Time until = std::min(deadline, impl_->clock.Now() + kMaxWait);
  const auto all_in = [&](const std::map<uint32_t, Cursor>& cursors) {
    return std::all_of(mine.begin(), mine.end(), [&](const pb::Position* p) {
      const auto it = cursors.find(p->partition());
      return it != cursors.end() && std::pair(it->second.epoch, it->second.seq) >= std::pair(p->epoch(), p->seq());
    });
  };
  for (;;) {
    uint64_t transactions;
    {
      std::lock_guard lock(impl_->mu);
      if (all_in(impl_->reached)) return absl::OkStatus();
      transactions = impl_->stats.transactions;
    }
    HOIAM_ASSIGN_OR_RETURN(const auto cursors, ReadCursors(*db.system(), o.consumer, o.source));
    if (all_in(cursors)) return absl::OkStatus();
    if (impl_->clock.Now() >= until)
      return MakeError(absl::StatusCode::kUnavailable, "PROJECTION_BEHIND",
                       "the write is stored but not shown yet; read again in a moment");
    // Our own progress wakes us, and is known; that of other replicas is looked up.
    std::unique_lock lock(impl_->mu);
    ++impl_->waiters;
    impl_->cv.notify_all();
    impl_->advanced.wait_for(lock, std::chrono::milliseconds(5),
                             [&] { return impl_->stats.transactions != transactions; });
    --impl_->waiters;
  }
}

}  // namespace hoiam::feed
