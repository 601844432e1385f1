#include "platform/feed/hub.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <list>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "platform/observe/log.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::feed {
namespace {

namespace pb = hoiam::feed::v1;

constexpr size_t kRingBytes = 8 << 20;  // per partition, newest first to stay
constexpr size_t kReadAhead = 32;       // envelopes handed to one stream at a time
constexpr auto kPoll = std::chrono::milliseconds(20);

constexpr char kHeads[] = "SELECT partition_id, next_seq, epoch FROM event_head ORDER BY partition_id";
constexpr char kRead[] =
    "SELECT seq, envelope, committed_at FROM event_log WHERE partition_id = ? AND seq > ? ORDER BY seq LIMIT 32";

using EnvelopePtr = std::shared_ptr<const pb::Envelope>;

void SetTime(absl::Time t, google::protobuf::Timestamp* out) {
  const int64_t micros = absl::ToUnixMicros(t);
  out->set_seconds(micros / 1'000'000);
  out->set_nanos(static_cast<int32_t>(micros % 1'000'000) * 1000);
}

struct Partition {
  uint64_t epoch = 0;
  uint64_t last_seq = 0;         // of the log, as far as we know
  std::deque<EnvelopePtr> ring;  // dense
  size_t ring_bytes = 0;
};

}  // namespace

struct Hub::Impl : std::enable_shared_from_this<Hub::Impl> {
  class Stream;
  class Service;

  db::Pool& pool;
  const std::string source;
  std::mutex mu;
  std::condition_variable wake;
  bool nudge = false, stopping = false;
  uint64_t polls = 0;  // how often the heads have been read
  std::map<uint32_t, Partition> partitions;
  std::list<Stream*> streams;
  std::unique_ptr<Service> service;
  std::unique_ptr<BackfillServer> backfill;  // set before the service is registered
  std::unique_ptr<db::Session> session;      // pump thread only
  std::thread pump;

  Impl(db::Pool& p, std::string s, uint32_t n) : pool(p), source(std::move(s)) {
    for (uint32_t i = 0; i < n; ++i) partitions[i];
  }

  void Nudge() {
    nudge = true;
    wake.notify_one();
  }

  absl::StatusOr<std::map<uint32_t, Partition>> ReadHeads(db::Session& s) {
    std::map<uint32_t, Partition> heads;
    HOIAM_RETURN_IF_ERROR(s.Query(kHeads, {}, [&](const db::Row& r) {
      Partition& p = heads[static_cast<uint32_t>(r.Int(0))];
      p.last_seq = static_cast<uint64_t>(r.Int(1)) - 1;
      p.epoch = static_cast<uint64_t>(r.Int(2));
    }));
    return heads;
  }

  void Pump();
  bool ServeStreams(std::unique_lock<std::mutex>& lock);
};

// One reader. Guarded by the hub's mutex, apart from StartWrite and Finish, which gRPC allows from any thread.
class Hub::Impl::Stream : public grpc::ServerWriteReactor<pb::Envelope> {
 public:
  Stream(std::shared_ptr<Impl> hub, const pb::TailRequest& q)
      : hub_(std::move(hub)),
        partition(q.partition()),
        position(q.after_seq()),
        epoch(q.epoch()),
        came_at(hub_->polls) {}

  void OnWriteDone(bool ok) override {
    std::lock_guard lock(hub_->mu);
    writing = false;
    if (!queue.empty()) queue.pop_front();
    if (!ok) gone = true;
    Next();
    if (queue.empty()) hub_->Nudge();
  }
  void OnCancel() override {
    std::lock_guard lock(hub_->mu);
    gone = true;
    Next();
  }
  void OnDone() override {
    {
      std::lock_guard lock(hub_->mu);
      hub_->streams.remove(this);
    }
    delete this;
  }
  // With the hub's mutex held.
  void Give(EnvelopePtr e) {
    position = e->seq();
    queue.push_back(std::move(e));
    Next();
  }
  void End(grpc::Status s) {
    end = std::move(s);
    gone = true;
    Next();
  }
  bool Hungry() const { return !gone && queue.empty(); }

  std::shared_ptr<Impl> hub_;
  const uint32_t partition;
  uint64_t position;
  const uint64_t epoch;
  const uint64_t came_at;  // polls when it came: it is judged by heads read after that
  bool admitted = false;

 private:
  void Next() {
    if (writing || finished) return;
    if (gone) {
      finished = true;
      return Finish(end);
    }
    if (queue.empty()) return;
    writing = true;
    StartWrite(queue.front().get());
  }
  std::deque<EnvelopePtr> queue;
  bool writing = false, gone = false, finished = false;
  grpc::Status end = grpc::Status(grpc::StatusCode::UNAVAILABLE, "the feed is closing");
};

class Hub::Impl::Service : public pb::EventFeed::CallbackService {
 public:
  explicit Service(Impl* hub) : hub_(hub) {}

  grpc::ServerWriteReactor<pb::Envelope>* Tail(grpc::CallbackServerContext*, const pb::TailRequest* q) override {
    std::lock_guard lock(hub_->mu);
    auto* stream = new Stream(hub_->shared_from_this(), *q);
    hub_->streams.push_back(stream);
    if (hub_->stopping) stream->End(grpc::Status(grpc::StatusCode::UNAVAILABLE, "the feed is closing"));
    hub_->Nudge();
    return stream;
  }

  grpc::ServerUnaryReactor* GetLog(grpc::CallbackServerContext* c, const pb::GetLogRequest*, pb::Log* log) override {
    auto* reactor = c->DefaultReactor();
    std::lock_guard lock(hub_->mu);
    log->set_source(hub_->source);
    bool known = true;
    for (const auto& [id, p] : hub_->partitions) {
      auto* end = log->add_ends();
      end->set_source(hub_->source);
      end->set_partition(id);
      end->set_epoch(p.epoch);
      end->set_seq(p.last_seq);
      known &= p.epoch != 0;
    }
    reactor->Finish(known ? grpc::Status::OK
                          : grpc::Status(grpc::StatusCode::UNAVAILABLE, "the log has not been read yet"));
    return reactor;
  }

  grpc::ServerWriteReactor<pb::BackfillChunk>* Backfill(grpc::CallbackServerContext* c,
                                                        const pb::BackfillRequest* q) override {
    return hub_->backfill ? hub_->backfill->Serve() : pb::EventFeed::CallbackService::Backfill(c, q);
  }

 private:
  Impl* hub_;
};

// Gives every hungry stream what there is for it: from memory, else from the table. Returns whether any got something.
bool Hub::Impl::ServeStreams(std::unique_lock<std::mutex>& lock) {
  bool served = false;
  for (Stream* s : std::vector<Stream*>(streams.begin(), streams.end())) {
    if (std::find(streams.begin(), streams.end(), s) == streams.end() || !s->Hungry()) continue;
    const auto it = partitions.find(s->partition);
    if (it == partitions.end()) {
      s->End(grpc::Status(grpc::StatusCode::NOT_FOUND, "no such partition"));
      continue;
    }
    Partition& p = it->second;
    if (!s->admitted) {
      // Other replicas commit too, so what this one remembers may lie behind the reader; and a poll may have begun
      // before it came.
      if (polls < s->came_at + 2) continue;
      if ((s->epoch != 0 && s->epoch != p.epoch) || s->position > p.last_seq) {
        s->End(
            rpc::ToGrpc(MakeError(absl::StatusCode::kFailedPrecondition, "FEED_WENT_BACK",
                                  absl::StrCat("the reader is at epoch ", s->epoch, " seq ", s->position,
                                               ", the log of ", source, " ends at epoch ", p.epoch, " seq ", p.last_seq,
                                               ": the source was restored; rebuild the reader's projection"))));
        continue;
      }
      s->admitted = true;
    }
    if (s->position >= p.last_seq) continue;
    if (!p.ring.empty() && s->position + 1 >= p.ring.front()->seq() && s->position < p.ring.back()->seq()) {
      for (size_t i = s->position + 1 - p.ring.front()->seq(), n = 0; i < p.ring.size() && n < kReadAhead; ++i, ++n)
        s->Give(p.ring[i]);
      served = true;
      continue;
    }
    // Older than memory, or committed by another replica.
    const int64_t partition = s->partition, after = static_cast<int64_t>(s->position);
    const uint64_t epoch = p.epoch;
    lock.unlock();
    std::vector<EnvelopePtr> found;
    absl::Status st;
    if (!session || !session->healthy()) {
      auto opened = pool.Open();
      st = opened.status();
      if (opened.ok()) session = *std::move(opened);
    }
    if (st.ok()) {
      st = session->Query(kRead, {partition, after}, [&](const db::Row& r) {
        auto e = std::make_shared<pb::Envelope>();
        e->set_partition(static_cast<uint32_t>(partition));
        e->set_epoch(epoch);
        e->set_seq(static_cast<uint64_t>(r.Int(0)));
        e->set_payload(r.Bytes(1));
        SetTime(r.Time(2), e->mutable_committed_at());
        found.push_back(std::move(e));
      });
    }
    lock.lock();
    if (std::find(streams.begin(), streams.end(), s) == streams.end() || !s->Hungry()) continue;
    if (!st.ok()) {
      s->End(grpc::Status(grpc::StatusCode::UNAVAILABLE, "the log cannot be read"));
    } else if (!found.empty() && found.front()->seq() != static_cast<uint64_t>(after) + 1) {
      s->End(rpc::ToGrpc(
          MakeError(absl::StatusCode::kOutOfRange, "FEED_TRIMMED",
                    "envelopes after the reader's position are no longer kept; rebuild the reader's projection")));
    } else {
      for (EnvelopePtr& e : found) s->Give(std::move(e));
      served |= !found.empty();
    }
  }
  return served;
}

void Hub::Impl::Pump() {
  std::unique_lock lock(mu);
  bool known = false;
  auto polled = std::chrono::steady_clock::now() - kPoll;
  while (!stopping) {
    if (!ServeStreams(lock) && !nudge) {
      if (streams.empty() && known)
        wake.wait(lock, [&] { return nudge || stopping; });
      else
        wake.wait_for(lock, kPoll, [&] { return nudge || stopping; });
    }
    nudge = false;
    if (stopping || std::chrono::steady_clock::now() - polled < kPoll) continue;
    polled = std::chrono::steady_clock::now();
    lock.unlock();
    absl::StatusOr<std::map<uint32_t, Partition>> heads = absl::UnavailableError("not connected");
    if (!session || !session->healthy()) {
      if (auto opened = pool.Open(); opened.ok()) session = *std::move(opened);
    }
    if (session && session->healthy()) heads = ReadHeads(*session);
    lock.lock();
    if (!heads.ok()) continue;
    known = true;
    ++polls;
    for (const auto& [id, head] : *heads) {
      Partition& p = partitions[id];
      p.epoch = head.epoch;
      p.last_seq = std::max(p.last_seq, head.last_seq);
    }
  }
}

Hub::Hub(db::Pool& pool, std::string source, uint32_t partitions)
    : impl_(std::make_shared<Impl>(pool, std::move(source), partitions)) {
  impl_->service = std::make_unique<Impl::Service>(impl_.get());
  impl_->pump = std::thread([impl = impl_.get()] { impl->Pump(); });
}

Hub::~Hub() { Shutdown(); }

void Hub::Shutdown() {
  {
    std::lock_guard lock(impl_->mu);
    if (!impl_->pump.joinable()) return;
    impl_->stopping = true;
    impl_->wake.notify_one();
    for (auto* s : std::vector<Impl::Stream*>(impl_->streams.begin(), impl_->streams.end()))
      s->End(grpc::Status(grpc::StatusCode::UNAVAILABLE, "the feed is closing"));
  }
  impl_->pump.join();
  if (impl_->backfill) impl_->backfill->Shutdown();
}

void Hub::Offer(BackfillSource source) {
  impl_->backfill = std::make_unique<BackfillServer>(impl_->pool, impl_->source, std::move(source));
}

void Hub::Publish(const db::Committed& c) {
  auto e = std::make_shared<pb::Envelope>();
  e->set_partition(c.at.partition);
  e->set_epoch(c.at.epoch);
  e->set_seq(c.at.seq);
  e->set_payload(*c.payload);
  SetTime(c.time, e->mutable_committed_at());
  std::lock_guard lock(impl_->mu);
  Partition& p = impl_->partitions[c.at.partition];
  p.epoch = c.at.epoch;
  p.last_seq = std::max(p.last_seq, c.at.seq);
  // Two writers of one process (combiner and consumer) may publish out of order, and other replicas commit in between:
  // the ring then starts anew, and readers take what is missing from the table.
  if (!p.ring.empty() && p.ring.back()->seq() + 1 != c.at.seq) {
    if (c.at.seq <= p.ring.back()->seq()) return impl_->Nudge();
    p.ring.clear();
    p.ring_bytes = 0;
  }
  p.ring_bytes += c.payload->size() + 64;
  p.ring.push_back(std::move(e));
  while (p.ring_bytes > kRingBytes && p.ring.size() > 1) {
    p.ring_bytes -= p.ring.front()->payload().size() + 64;
    p.ring.pop_front();
  }
  impl_->Nudge();
}

grpc::Service* Hub::service() { return impl_->service.get(); }

}  // namespace hoiam::feed
