#include "platform/feed/consumer.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "hoiam/feed/v1/feed.grpc.pb.h"
#include "platform/base/ids.h"
#include "platform/base/status.h"
#include "platform/db/event_log.h"
#include "platform/db/mysql_error.h"
#include "platform/feed/cursors.h"
#include "platform/observe/log.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::feed {
namespace {

namespace pb = hoiam::feed::v1;
using hoiam::event::v1::Event;

constexpr size_t kReadAhead = 64;  // envelopes waiting per partition
constexpr int kMaxRounds = 6;      // of Want
constexpr absl::Duration kMaxWait = absl::Seconds(2);
constexpr char kCommit[] = "COMMIT";

// Where an event lies in the source's log.
struct Place {
  uint32_t partition;
  uint64_t seq;
  int position;
  auto operator<=>(const Place&) const = default;
};

struct Incoming {
  pb::Envelope envelope;
  std::vector<Event> events;
};

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
  db::Pool& pool;
  EventHandler& handler;
  const Clock& clock;
  const ConsumerOptions options;

  mutable std::mutex mu;
  std::condition_variable cv;        // envelopes, ended streams, stopping
  std::condition_variable advanced;  // the cursor moved
  bool stopping = false;
  int waiters = 0;  // callers of WaitFor that are not there yet
  absl::Status health = absl::UnavailableError("has not reached the source yet");
  Stats stats;

  // Apply thread only.
  std::unique_ptr<db::Session> session;
  std::map<uint32_t, std::unique_ptr<Reader>> readers;
  std::map<uint32_t, Cursor> cursors;
  std::set<std::pair<std::string, std::string>> parked;  // (tenant, subject)
  absl::Time last_applied = absl::InfinitePast();
  std::map<Place, std::string> poison;  // to be parked with the next commit, and why
  std::thread thread;

  Impl(std::shared_ptr<grpc::ChannelInterface> channel, db::Pool& p, EventHandler& h, const Clock& c, ConsumerOptions o)
      : stub(pb::EventFeed::NewStub(channel)), pool(p), handler(h), clock(c), options(std::move(o)) {}

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

  absl::Status EnsureSession() {
    if (session && session->healthy()) return absl::OkStatus();
    session.reset();
    HOIAM_ASSIGN_OR_RETURN(session, pool.Open());
    return session->Execute("SET autocommit = 0");
  }

  // Connects, reads, applies; returns when something went wrong.
  absl::Status Follow() {
    HOIAM_RETURN_IF_ERROR(EnsureSession());
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
      std::vector<Incoming> batch;
      HOIAM_RETURN_IF_ERROR(NextBatch(batch));
      if (batch.empty()) return absl::CancelledError("stopping");
      HOIAM_RETURN_IF_ERROR(ApplyFully(batch));
    }
  }

  absl::Status LoadPosition() {
    HOIAM_ASSIGN_OR_RETURN(cursors, ReadCursors(*session, options.consumer, options.source));
    HOIAM_ASSIGN_OR_RETURN(parked, ReadParkedSubjects(*session, options.consumer, options.source));
    return session->Execute("ROLLBACK");
  }

  void CloseReaders() {
    for (auto& [id, r] : readers) r->Cancel();
    std::unique_lock lock(mu);
    for (auto& [id, r] : readers) cv.wait(lock, [&r = r] { return r->done; });
    lock.unlock();
    readers.clear();
  }

  // What is waiting, of all partitions, up to the limit. Blocks while there is nothing. Empty: stopping.
  absl::Status NextBatch(std::vector<Incoming>& batch) {
    std::unique_lock lock(mu);
    for (;;) {
      if (stopping) return absl::OkStatus();
      for (auto& [id, r] : readers) {
        while (!r->waiting.empty() && batch.size() < options.max_envelopes) {
          Incoming in{r->Take(), {}};
          const Cursor& c = cursors.at(id);
          if (in.envelope.seq() <= c.seq + Pending(batch, id)) continue;  // applied by another replica meanwhile
          batch.push_back(std::move(in));
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
    lock.unlock();
    for (Incoming& in : batch) {
      pb::Batch events;
      if (!events.ParseFromString(in.envelope.payload())) return absl::InternalError("an envelope cannot be read");
      for (const std::string& raw : events.events())
        if (!in.events.emplace_back().ParseFromString(raw)) return absl::InternalError("an event cannot be read");
    }
    return absl::OkStatus();
  }

  static uint64_t Pending(const std::vector<Incoming>& batch, uint32_t partition) {
    return std::count_if(batch.begin(), batch.end(),
                         [&](const Incoming& in) { return in.envelope.partition() == partition; });
  }

  // Applies the batch, whatever it takes: again after a deadlock, one by one and with poison parked after other
  // failures.
  absl::Status ApplyFully(std::vector<Incoming>& batch) {
    for (int attempt = 1;; ++attempt) {
      std::optional<Place> guilty;
      const absl::Status s = Transact(batch, guilty, /*commit=*/true);
      if (s.ok()) {
        poison.clear();
        return s;
      }
      if (session->healthy()) session->Execute("ROLLBACK").IgnoreError();
      if (db::IsLost(s) || s.code() == absl::StatusCode::kUnimplemented) return s;
      if (s.code() == absl::StatusCode::kOutOfRange) {  // the cursors have been read again
        if (!DropApplied(batch)) return s;
        if (batch.empty()) return absl::OkStatus();
        attempt = 0;
        continue;
      }
      if (db::IsRetry(s) && attempt < 20) continue;
      if (attempt < options.tries) {
        clock.Sleep(absl::Milliseconds(10 * attempt));
        continue;
      }
      if (!guilty) {
        HOIAM_ASSIGN_OR_RETURN(guilty, FindGuilty(batch));
        if (!guilty) return s;
      }
      poison[*guilty] = std::string(s.message());
      observe::Error("feed.parked", {{"source", options.source},
                                     {"partition", absl::StrCat(guilty->partition)},
                                     {"seq", absl::StrCat(guilty->seq)},
                                     {"error", std::string(s.message())}});
      attempt = options.tries - 1;
    }
  }

  // Leaves what no replica has applied yet. False when that does not begin where the cursors stand: read again from
  // there.
  bool DropApplied(std::vector<Incoming>& batch) {
    std::erase_if(batch,
                  [&](const Incoming& in) { return in.envelope.seq() <= cursors.at(in.envelope.partition()).seq; });
    std::map<uint32_t, uint64_t> next;
    for (const Incoming& in : batch) {
      uint64_t& seq =
          next.try_emplace(in.envelope.partition(), cursors.at(in.envelope.partition()).seq + 1).first->second;
      if (in.envelope.seq() != seq++) return false;
    }
    return true;
  }

  // A failure while writing names no event: try each one alone, without committing.
  absl::StatusOr<std::optional<Place>> FindGuilty(const std::vector<Incoming>& batch) {
    for (const Incoming& in : batch) {
      for (size_t i = 0; i < in.events.size(); ++i) {
        const Place place{in.envelope.partition(), in.envelope.seq(), static_cast<int>(i)};
        if (poison.contains(place)) continue;
        Incoming alone{in.envelope, {in.events[i]}};
        std::optional<Place> unused;
        std::vector<Incoming> one{std::move(alone)};
        const absl::Status s = Transact(one, unused, /*commit=*/false);
        if (session->healthy()) session->Execute("ROLLBACK").IgnoreError();
        if (db::IsLost(s)) return s;
        if (!s.ok() && !db::IsRetry(s)) return std::optional(place);
      }
    }
    return std::optional<Place>();
  }

  // One transaction over the whole batch. `guilty` is the event whose Apply failed, if one did.
  absl::Status Transact(const std::vector<Incoming>& batch, std::optional<Place>& guilty, bool commit) {
    HOIAM_RETURN_IF_ERROR(EnsureSession());
    // First statement: the cursors, by compare-and-set. Whoever else applies these envelopes waits here, then finds
    // them moved.
    std::map<uint32_t, Cursor> next;
    for (const Incoming& in : batch) {
      Cursor& c = next.try_emplace(in.envelope.partition(), cursors.at(in.envelope.partition())).first->second;
      c.seq = in.envelope.seq();
    }
    if (commit) {
      for (auto& [id, c] : next) {
        c.parked_version += poison.empty() ? 0 : 1;
        HOIAM_ASSIGN_OR_RETURN(const bool moved,
                               MoveCursor(*session, options.consumer, options.source, cursors.at(id), c));
        if (moved) continue;
        HOIAM_RETURN_IF_ERROR(session->Execute("ROLLBACK"));
        HOIAM_RETURN_IF_ERROR(LoadPosition());
        return absl::OutOfRangeError("another replica moved the cursor");
      }
    }
    const absl::Time now = absl::FromUnixMicros(absl::ToUnixMicros(clock.Now()));
    std::map<uint32_t, db::Head> heads;
    if (options.own_partitions > 0) {
      std::set<uint32_t> own;
      for (const Incoming& in : batch)
        for (const Event& e : in.events) own.insert(OwnPartition(e));
      if (!own.empty()) {
        HOIAM_ASSIGN_OR_RETURN(heads, db::LockHeads(*session, own));
      }
    }

    db::UnitOfWork uow;
    for (int round = 0;; ++round) {
      for (const Incoming& in : batch) {
        for (size_t i = 0; i < in.events.size(); ++i) {
          const Place place{in.envelope.partition(), in.envelope.seq(), static_cast<int>(i)};
          if (poison.contains(place)) continue;
          uow.Begin(0, in.events[i].tenant_id());
          handler.Want(in.events[i], uow);
          if (absl::Status s = uow.violation(); !s.ok()) {
            guilty = place;
            return s;
          }
        }
      }
      if (!uow.NeedsLoad()) break;
      if (round == kMaxRounds) return absl::InternalError("a handler wants rows without end");
      HOIAM_RETURN_IF_ERROR(uow.Load(*session));
    }

    std::set<uint32_t> touched;
    auto parked_now = parked;
    uint64_t applied = 0, newly_parked = 0;
    for (const Incoming& in : batch) {
      for (size_t i = 0; i < in.events.size(); ++i) {
        const Event& e = in.events[i];
        const Place place{in.envelope.partition(), in.envelope.seq(), static_cast<int>(i)};
        const std::pair<std::string, std::string> subject(e.tenant_id(), e.subject());
        std::string why;
        if (const auto it = poison.find(place); it != poison.end())
          why = it->second;
        else if (!e.subject().empty() && parked_now.contains(subject))
          why = "behind a parked event of the same customer";
        if (!why.empty()) {
          if (commit)
            HOIAM_RETURN_IF_ERROR(Park(*session, options.consumer, options.source, in.envelope.partition(),
                                       in.envelope.seq(), static_cast<int>(i), e, why, now));
          parked_now.insert(subject);
          ++newly_parked;
          continue;
        }
        uow.Begin(options.own_partitions > 0 ? OwnPartition(e) : 0, e.tenant_id());
        absl::Status s = handler.Apply(e, uow, now);
        s.Update(uow.violation());
        if (!s.ok()) {
          if (s.code() == absl::StatusCode::kUnimplemented)
            return MakeError(absl::StatusCode::kUnimplemented, "UNKNOWN_EVENT",
                             absl::StrCat("an event of a kind that this release does not know, at seq ",
                                          in.envelope.seq(), ": upgrade"));
          guilty = place;
          return s;
        }
        ++applied;
        if (uow.Wrote() && options.own_partitions > 0) touched.insert(OwnPartition(e));
      }
    }
    HOIAM_RETURN_IF_ERROR(uow.Flush(*session));
    if (!commit) return absl::OkStatus();
    std::vector<db::Committed> written;
    if (!touched.empty()) {
      HOIAM_ASSIGN_OR_RETURN(written, db::AppendEnvelopes(*session, heads, touched, uow, NewUuid(now), now));
    }
    HOIAM_RETURN_IF_ERROR(
        session->Execute(kCommit));  // outcome unknown when lost: the cursor tells, after reconnecting
    for (const auto& c : written)
      if (options.on_commit) options.on_commit(c);
    for (const auto& [id, c] : next) cursors[id] = c;
    if (options.on_applied && applied > 0) options.on_applied();
    if (newly_parked > 0) {  // one version for all partitions: read it back
      HOIAM_RETURN_IF_ERROR(LoadPosition());
    }
    last_applied = clock.Now();
    {
      std::lock_guard lock(mu);
      stats.applied += applied;
      stats.parked += newly_parked;
      ++stats.transactions;
    }
    advanced.notify_all();
    return absl::OkStatus();
  }

  uint32_t OwnPartition(const Event& e) const {
    // An anonymous answer has no subject: its own id decides, as it does for calls about what it caused.
    const bool anonymous = e.subject().empty() && e.has_response();
    return PartitionOf(e.tenant_id(), anonymous ? e.response().response().response_id() : e.subject(),
                       options.own_partitions);
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
  for (;;) {
    uint64_t transactions;
    {
      std::lock_guard lock(impl_->mu);
      transactions = impl_->stats.transactions;
    }
    HOIAM_ASSIGN_OR_RETURN(const auto cursors, ReadCursors(*db.system(), o.consumer, o.source));
    const bool reached = std::all_of(mine.begin(), mine.end(), [&](const pb::Position* p) {
      const auto it = cursors.find(p->partition());
      return it != cursors.end() && std::pair(it->second.epoch, it->second.seq) >= std::pair(p->epoch(), p->seq());
    });
    if (reached) return absl::OkStatus();
    if (impl_->clock.Now() >= until)
      return MakeError(absl::StatusCode::kUnavailable, "PROJECTION_BEHIND",
                       "the write is stored but not shown yet; read again in a moment");
    // Our own progress wakes us; that of other replicas is looked up.
    std::unique_lock lock(impl_->mu);
    ++impl_->waiters;
    impl_->cv.notify_all();
    impl_->advanced.wait_for(lock, std::chrono::milliseconds(5),
                             [&] { return impl_->stats.transactions != transactions; });
    --impl_->waiters;
  }
}

}  // namespace hoiam::feed
