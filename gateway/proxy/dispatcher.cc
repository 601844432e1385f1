#include "gateway/proxy/dispatcher.h"

#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/limits.h"
#include "platform/base/process_time.h"
#include "platform/base/status.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::gateway {
namespace {

// A service's own words are forwarded as they are. What has no details was not said by a service of ours (a lost
// connection, a crash): its text is not for callers.
google::rpc::Status Shown(const grpc::Status& status, const std::string& request_id) {
  google::rpc::Status own;
  const bool inside = status.error_code() == grpc::StatusCode::INTERNAL ||
                      status.error_code() == grpc::StatusCode::UNKNOWN ||
                      status.error_code() == grpc::StatusCode::DATA_LOSS;
  if (!inside && !status.error_details().empty() && own.ParseFromString(status.error_details()) &&
      own.code() == static_cast<int>(status.error_code()))
    return own;
  const absl::Status bare(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
  return rpc::ToProto(bare, request_id);
}

}  // namespace

// What is under way, so that none of it outlives its dispatcher.
struct Dispatcher::Running {
  std::mutex mu;
  std::condition_variable idle;
  absl::flat_hash_set<std::shared_ptr<InFlight>> calls;
};

class Dispatcher::InFlight final : public Sent, public std::enable_shared_from_this<InFlight> {
 public:
  InFlight(Call call, std::shared_ptr<grpc::ChannelInterface> channel, rpc::Runtime& runtime, const Clock& clock,
           std::shared_ptr<Running> running, std::function<void(Answer)> done)
      : call_(std::move(call)),
        stub_(std::move(channel)),
        runtime_(runtime),
        clock_(clock),
        started_(clock.Now()),
        deadline_(std::min(call_.deadline, started_ + call_.route->deadline)),
        running_(std::move(running)),
        done_(std::move(done)) {}

  void Start() {
    {
      std::lock_guard lock(running_->mu);
      running_->calls.insert(shared_from_this());
    }
    Try(0);
  }

  void Cancel() override {
    cancelled_ = true;
    for (auto& context : contexts_) context.TryCancel();
  }

 private:
  void Try(int attempt) {
    grpc::ClientContext& c = contexts_[attempt];
    c.AddMetadata("hoiam-tenant", call_.caller.tenant);
    c.AddMetadata("hoiam-principal", call_.caller.principal);
    c.AddMetadata("hoiam-request-id", call_.request_id);
    c.AddMetadata("traceparent", call_.traceparent);
    if (!call_.idempotency_key.empty()) c.AddMetadata("hoiam-idempotency-key", call_.idempotency_key);
    c.AddMetadata("hoiam-scopes", FormatScopes(call_.caller.scopes));
    if (!call_.caller.role.empty()) c.AddMetadata("hoiam-role", call_.caller.role);
    if (!call_.caller.teams.empty()) c.AddMetadata("hoiam-teams", call_.caller.teams);
    if (call_.caller.test) c.AddMetadata("hoiam-test", "1");
    if (call_.caller.publishable) c.AddMetadata("hoiam-publishable", "1");
    c.set_deadline(OnMachine(attempt == 0 ? deadline_ : std::min(deadline_, clock_.Now() + kRetryFor)));
    c.set_wait_for_ready(attempt > 0);
    stub_.UnaryCall(&c, call_.route->full_method, {}, &call_.request, &reply_,
                    [self = shared_from_this(), attempt](const grpc::Status& s) { self->Finish(attempt, s); });
  }

  void Finish(int attempt, grpc::Status status) {
    // A service that stops cancels what reaches it too late; its caller can come again.
    if (status.error_code() == grpc::StatusCode::CANCELLED && !cancelled_)
      status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "");
    const bool met_nobody = status.error_code() == grpc::StatusCode::UNAVAILABLE && status.error_details().empty();
    if (met_nobody && attempt == 0 && !call_.route->writes && !cancelled_) return Try(1);
    const bool too_late = status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED;
    if (too_late && attempt > 0 && clock_.Now() < deadline_) status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "");
    Note(status);
    Answer answer;
    if (status.ok())
      answer.reply.Swap(&reply_);
    else
      answer.status = Shown(status, call_.request_id);
    for (const auto& [name, value] : contexts_[attempt].GetServerTrailingMetadata()) {
      if (absl::StartsWith(absl::string_view(name.data(), name.size()), "hoiam-"))
        answer.trailers.emplace(std::string(name.data(), name.size()), std::string(value.data(), value.size()));
    }
    done_(std::move(answer));
    std::lock_guard lock(running_->mu);
    running_->calls.erase(shared_from_this());
    if (running_->calls.empty()) running_->idle.notify_all();
  }

  // Here and not on the wire: what a failure said.
  void Note(const grpc::Status& status) {
    rpc::CallContext context;
    context.method = call_.route->full_method;
    context.tenant = call_.caller.tenant;
    context.principal = call_.caller.principal;
    context.request_id = call_.request_id;
    context.traceparent = call_.traceparent;
    runtime_.Finished(context, absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message()),
                      started_);
  }

  const Call call_;
  grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> stub_;
  rpc::Runtime& runtime_;
  const Clock& clock_;
  const absl::Time started_;
  const absl::Time deadline_;
  const std::shared_ptr<Running> running_;
  const std::function<void(Answer)> done_;
  grpc::ClientContext contexts_[2];
  grpc::ByteBuffer reply_;
  std::atomic<bool> cancelled_{false};
};

Dispatcher::Dispatcher(const RouteTable& routes, Peers peers, rpc::Runtime& runtime, const Clock& clock)
    : running_(std::make_shared<Running>()),
      routes_(routes),
      peers_(std::move(peers)),
      runtime_(runtime),
      clock_(clock) {}

Dispatcher::~Dispatcher() {
  std::unique_lock lock(running_->mu);
  const auto calls = running_->calls;
  lock.unlock();
  for (const auto& call : calls) call->Cancel();
  lock.lock();
  running_->idle.wait(lock, [this] { return running_->calls.empty(); });
}

absl::Status Dispatcher::Check() const {
  for (const auto& route : routes_.routes()) {
    if (!peers_.contains(route->peer))
      return absl::FailedPreconditionError(
          absl::StrCat(route->full_method, " is served by \"", route->peer, "\", which this gateway does not know"));
  }
  return absl::OkStatus();
}

std::shared_ptr<Dispatcher::Sent> Dispatcher::Dispatch(Call call, std::function<void(Answer)> done) const {
  const auto& channel = peers_.at(call.route->peer);
  auto sent = std::make_shared<InFlight>(std::move(call), channel, runtime_, clock_, running_, std::move(done));
  sent->Start();
  return sent;
}

}  // namespace hoiam::gateway
