#include "platform/feed/backfill_server.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "platform/base/status.h"
#include "platform/feed/cursors.h"
#include "platform/observe/log.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::feed {
namespace {

constexpr size_t kEventsPerChunk = 1000;
constexpr size_t kBytesPerChunk = 4 << 20;  // a message may hold 16 MiB
constexpr int kMaxStreams = 4;              // each has a thread and a connection

}  // namespace

struct BackfillServer::Impl {
  db::Pool& pool;
  const std::string name;
  const BackfillSource source;
  std::mutex mu;
  std::condition_variable ended;
  std::vector<Stream*> streams;
  bool stopping = false;
};

// Lives until both its thread and gRPC are done with it.
class BackfillServer::Stream : public grpc::ServerWriteReactor<v1::BackfillChunk> {
 public:
  explicit Stream(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}

  void Start() {
    std::thread([this] {
      const absl::Status s = Run();
      if (!s.ok() && !Gone()) observe::Warn("feed.backfill_failed", {{"why", std::string(s.message())}});
      Finish(rpc::ToGrpc(s));
      Leave();
    }).detach();
  }
  void Refuse() {
    Leave();
    Finish(grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "too many read everything at once"));
  }
  void OnWriteDone(bool ok) override {
    std::lock_guard lock(mu_);
    writing_ = false;
    gone_ |= !ok;
    changed_.notify_all();
  }
  void OnCancel() override { Go(); }
  void OnDone() override { Leave(); }
  void Go() {
    std::lock_guard lock(mu_);
    gone_ = true;
    changed_.notify_all();
  }

 private:
  bool Gone() {
    std::lock_guard lock(mu_);
    return gone_;
  }
  absl::Status Run() {
    HOIAM_ASSIGN_OR_RETURN(std::shared_ptr<db::Session> session, impl_->pool.Open());
    const db::SystemDb db(std::move(session));
    v1::BackfillChunk next;
    // Before the first row: what commits from here on is in the log after these positions.
    HOIAM_ASSIGN_OR_RETURN(const auto starts, ReadEnds(*db, impl_->name));
    next.mutable_starts()->Assign(starts.begin(), starts.end());
    const std::unique_ptr<BackfillReader> reader = impl_->source();
    HOIAM_ASSIGN_OR_RETURN(const uint64_t total, reader->About(db));
    std::deque<std::string> waiting;
    uint64_t sent = 0;
    for (bool more = true; more || !waiting.empty();) {
      size_t bytes = 0;
      while (static_cast<size_t>(next.events_size()) < kEventsPerChunk && bytes < kBytesPerChunk) {
        if (waiting.empty() && more) {
          HOIAM_ASSIGN_OR_RETURN(std::vector<std::string> read, reader->Next(db));
          more = !read.empty();
          for (std::string& e : read) waiting.push_back(std::move(e));
        }
        if (waiting.empty()) break;
        bytes += waiting.front().size();
        next.add_events(std::move(waiting.front()));
        waiting.pop_front();
      }
      next.set_sent(sent += next.events_size());
      next.set_total(std::max(total, sent));
      HOIAM_RETURN_IF_ERROR(Write(next));
      next.Clear();
    }
    return Flushed();
  }
  // Begins to write `chunk` once the one before is out; takes its content.
  absl::Status Write(v1::BackfillChunk& chunk) {
    HOIAM_RETURN_IF_ERROR(Flushed());
    out_.Swap(&chunk);
    {
      std::lock_guard lock(mu_);
      writing_ = true;
    }
    StartWrite(&out_);
    return absl::OkStatus();
  }
  absl::Status Flushed() {
    std::unique_lock lock(mu_);
    changed_.wait(lock, [&] { return !writing_; });
    return gone_ ? absl::UnavailableError("the caller has left, or the feed is closing") : absl::OkStatus();
  }
  void Leave() {
    if (--holders_ > 0) return;
    const std::shared_ptr<Impl> impl = impl_;
    {
      std::lock_guard lock(impl->mu);
      std::erase(impl->streams, this);
      impl->ended.notify_all();
    }
    delete this;
  }

  const std::shared_ptr<Impl> impl_;
  std::mutex mu_;
  std::condition_variable changed_;
  v1::BackfillChunk out_;
  bool writing_ = false, gone_ = false;
  std::atomic<int> holders_ = 2;  // the thread and gRPC
};

BackfillServer::BackfillServer(db::Pool& pool, std::string name, BackfillSource source)
    : impl_(new Impl{pool, std::move(name), std::move(source)}) {}

BackfillServer::~BackfillServer() { Shutdown(); }

grpc::ServerWriteReactor<v1::BackfillChunk>* BackfillServer::Serve() {
  std::unique_lock lock(impl_->mu);
  auto* stream = new Stream(impl_);
  const bool serve = !impl_->stopping && impl_->streams.size() < kMaxStreams;
  impl_->streams.push_back(stream);
  lock.unlock();
  if (serve)
    stream->Start();
  else
    stream->Refuse();
  return stream;
}

void BackfillServer::Shutdown() {
  std::unique_lock lock(impl_->mu);
  impl_->stopping = true;
  for (Stream* s : impl_->streams) s->Go();
  impl_->ended.wait(lock, [&] { return impl_->streams.empty(); });
}

}  // namespace hoiam::feed
