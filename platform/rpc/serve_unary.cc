#include "platform/rpc/serve_unary.h"

#include <grpcpp/support/proto_buffer_reader.h>

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "platform/base/ids.h"
#include "platform/base/process_time.h"
#include "platform/base/status.h"
#include "platform/observe/log.h"
#include "platform/rpc/runtime.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::rpc {
namespace {

constexpr absl::Duration kDefaultDeadline = absl::Seconds(10);
constexpr absl::Duration kMaxDeadline = absl::Seconds(60);

class PoolRuntime final : public Runtime {
 public:
  PoolRuntime(const Clock& clock, observe::Metrics& metrics, int threads, size_t max_queued)
      : clock_(clock), metrics_(metrics), max_queued_(max_queued) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
  }
  ~PoolRuntime() override {
    {
      std::lock_guard lock(mu_);
      stopping_ = true;
    }
    arrived_.notify_all();
    for (auto& t : threads_) t.join();
  }

  absl::StatusOr<CallContext> Admit(grpc::CallbackServerContext& c, const char* method) override {
    CallContext ctx;
    ctx.method = method;
    const auto& md = c.client_metadata();
    const auto get = [&](const char* name) {
      const auto it = md.find(name);
      return it == md.end() ? std::string() : std::string(it->second.data(), it->second.size());
    };
    ctx.tenant = get("hoiam-tenant");
    ctx.principal = get("hoiam-principal");
    ctx.request_id = get("hoiam-request-id");
    ctx.traceparent = get("traceparent");
    ctx.idempotency_key = get("hoiam-idempotency-key");
    ctx.scopes = get("hoiam-scopes");
    ctx.role = get("hoiam-role");
    ctx.teams = absl::StrSplit(get("hoiam-teams"), ',', absl::SkipEmpty());
    ctx.test_mode = get("hoiam-test") == "1";
    ctx.publishable = get("hoiam-publishable") == "1";
    const absl::Time now = clock_.Now();
    ctx.deadline = OnProcess(c.deadline());
    if (ctx.deadline > now + kMaxDeadline)
      ctx.deadline = now + (ctx.deadline == absl::InfiniteFuture() ? kDefaultDeadline : kMaxDeadline);
    // Pages of respondents and customers have no tenant: the token is the whole authority.
    if (ctx.tenant.empty() && ctx.method.find("RespondentService") == std::string::npos &&
        ctx.method.find("CaseStatusService") == std::string::npos)
      return MakeError(absl::StatusCode::kUnauthenticated, "NO_TENANT", "this service is reached through the gateway");
    return ctx;
  }

  bool Enqueue(std::function<void()> work) override {
    {
      std::lock_guard lock(mu_);
      if (stopping_ || queue_.size() >= max_queued_) return false;
      queue_.push_back(std::move(work));
    }
    arrived_.notify_one();
    return true;
  }

  void Finished(const CallContext& ctx, const absl::Status& status, absl::Time started) override {
    const absl::Duration took = clock_.Now() - started;
    metrics_.ObserveRpc(ctx.method, absl::StatusCodeToString(status.code()), absl::ToDoubleSeconds(took));
    const bool ours = status.code() == absl::StatusCode::kInternal || status.code() == absl::StatusCode::kUnknown;
    if (!ours) return;
    observe::Error("rpc.failed", {{"method", ctx.method},
                                  {"tenant", ctx.tenant},
                                  {"request_id", ctx.request_id},
                                  {"traceparent", ctx.traceparent},
                                  {"error", std::string(status.message())}});
  }

  absl::Time Now() const override { return clock_.Now(); }

 private:
  void Work() {
    for (;;) {
      std::function<void()> work;
      {
        std::unique_lock lock(mu_);
        arrived_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        work = std::move(queue_.front());
        queue_.pop_front();
      }
      work();
    }
  }

  const Clock& clock_;
  observe::Metrics& metrics_;
  const size_t max_queued_;
  std::mutex mu_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace

std::unique_ptr<Runtime> MakeRuntime(const Clock& clock, observe::Metrics& metrics, int threads, size_t max_queued) {
  return std::make_unique<PoolRuntime>(clock, metrics, threads, max_queued);
}

namespace internal {

void AddTrailers(grpc::CallbackServerContext& c, const ReplyMeta& meta) {
  if (!meta.consistency_token.empty()) c.AddTrailingMetadata("hoiam-consistency-token", meta.consistency_token);
  if (meta.replayed) c.AddTrailingMetadata("hoiam-idempotency-replayed", "true");
}

grpc::Status Wire(const absl::Status& s, const std::string& request_id) { return ToGrpc(s, request_id); }

const char* MethodName(const google::protobuf::Descriptor* request, const char* function) {
  static std::shared_mutex mu;
  static auto* names = new std::map<std::pair<const void*, std::string>, std::string>;
  const std::pair<const void*, std::string> key(request->file(), function);
  {
    std::shared_lock lock(mu);
    if (const auto it = names->find(key); it != names->end()) return it->second.c_str();
  }
  std::string name;
  for (int i = 0; i < request->file()->service_count(); ++i) {
    const auto* service = request->file()->service(i);
    if (service->FindMethodByName(function)) name = absl::StrCat("/", service->full_name(), "/", function);
  }
  if (name.empty()) {  // a wrapper forgot to pass the name of its caller on: callers would be mixed up in silence
    std::fprintf(stderr, "no RPC of %s is called %s\n", request->file()->name().c_str(), function);
    std::abort();
  }
  std::unique_lock lock(mu);
  return names->try_emplace(key, std::move(name)).first->second.c_str();
}

absl::Status FromWire(const grpc::ByteBuffer& bytes, google::protobuf::Message& message) {
  grpc::ByteBuffer read = bytes;  // reading empties it
  grpc::ProtoBufferReader reader(&read);
  if (reader.status().ok() && message.ParseFromZeroCopyStream(&reader)) return absl::OkStatus();
  return absl::InternalError("the request cannot be read");
}

grpc::ByteBuffer ToWire(const google::protobuf::Message& message) {
  const grpc::Slice bytes(message.SerializeAsString());
  return grpc::ByteBuffer(&bytes, 1);
}

absl::Status Overloaded() {
  return MakeError(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                   "too many requests are waiting; try again later");
}

absl::Status NoTimeLeft() {
  return MakeError(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                   "the deadline passed before the work began");
}

}  // namespace internal

}  // namespace hoiam::rpc
