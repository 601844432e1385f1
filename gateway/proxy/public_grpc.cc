#include "gateway/proxy/public_grpc.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/service_type.h>

#include <mutex>

#include "absl/strings/str_cat.h"
#include "gateway/errors.h"
#include "gateway/limits.h"
#include "google/rpc/error_details.pb.h"
#include "platform/base/process_time.h"
#include "platform/base/status.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::gateway {
namespace {

absl::string_view Metadata(const grpc::CallbackServerContext& c, const char* name) {
  const auto it = c.client_metadata().find(name);
  return it == c.client_metadata().end() ? absl::string_view()
                                         : absl::string_view(it->second.data(), it->second.size());
}

// "ipv4:10.0.0.1:52011" and "ipv6:%5B::1%5D:52011" without the port.
std::string AddressOf(const std::string& peer) { return peer.substr(0, peer.rfind(':')); }

// The details that fit into a client's metadata: of too many violations the first ones. REST shows them all.
std::string DetailsOf(google::rpc::Status status) {
  std::string bytes = status.SerializeAsString();
  for (auto& any : *status.mutable_details()) {
    google::rpc::BadRequest bad;
    if (bytes.size() <= kMaxStatusDetails || !any.UnpackTo(&bad)) continue;
    while (bytes.size() > kMaxStatusDetails && bad.field_violations_size() > 1) {
      auto& violations = *bad.mutable_field_violations();
      violations.DeleteSubrange(violations.size() - violations.size() / 2, violations.size() / 2);
      any.PackFrom(bad);
      bytes = status.SerializeAsString();
    }
  }
  return bytes;
}

// One call: authenticated, forwarded, answered. Deletes itself.
class Forward final : public grpc::ServerUnaryReactor {
 public:
  Forward(grpc::CallbackServerContext* context, const Route& route, const grpc::ByteBuffer* request,
          grpc::ByteBuffer* reply, const Gate& gate, const Dispatcher& dispatcher, const Clock& clock)
      : context_(context), reply_(reply), dispatcher_(dispatcher) {
    call_.route = &route;
    call_.request_id = RequestId(Metadata(*context, "x-request-id"), clock.Now());
    call_.traceparent = Traceparent(Metadata(*context, "traceparent"));
    call_.deadline = OnProcess(context->deadline());
    call_.request = *request;
    auto idempotency_key = CheckIdempotencyKey(Metadata(*context, "idempotency-key"));
    if (!idempotency_key.ok()) {
      Refuse(idempotency_key.status());
      return;
    }
    call_.idempotency_key = *std::move(idempotency_key);
    gate.Admit(route, Metadata(*context, "authorization"), AddressOf(context->peer()),
               [this](Admitted admitted) { Send(std::move(admitted)); });
  }

  void OnCancel() override {
    std::shared_ptr<Dispatcher::Sent> sent;
    {
      std::lock_guard lock(state_->mu);
      state_->cancelled = true;
      sent = state_->sent;
    }
    if (sent) sent->Cancel();
  }
  void OnDone() override { delete this; }

 private:
  // Outlives this object: an answer may come, and delete it, before Dispatch has returned.
  struct State {
    std::mutex mu;
    std::shared_ptr<Dispatcher::Sent> sent;
    bool cancelled = false;
    bool answered = false;
  };

  void Send(Admitted admitted) {
    if (!admitted.limit_policy.empty()) {
      context_->AddTrailingMetadata("ratelimit-policy", admitted.limit_policy);
      context_->AddTrailingMetadata("ratelimit", admitted.limit_state);
    }
    if (!admitted.status.ok()) return Refuse(admitted.status);
    call_.caller = std::move(admitted.caller);
    call_.place = std::move(admitted.place);
    context_->AddTrailingMetadata("x-request-id", call_.request_id);
    const auto state = state_;
    auto sent = dispatcher_.Dispatch(std::move(call_), [this](Answer answer) { Reply(std::move(answer)); });
    bool cancelled;
    {
      std::lock_guard lock(state->mu);
      if (state->answered) return;
      cancelled = state->cancelled;
      state->sent = sent;
    }
    if (cancelled) sent->Cancel();
  }

  void Reply(Answer answer) {
    {
      std::lock_guard lock(state_->mu);
      state_->answered = true;
      state_->sent.reset();
    }
    for (const auto& [name, value] : answer.trailers) context_->AddTrailingMetadata(name, value);
    if (answer.status.code() != 0) {
      return Finish(grpc::Status(static_cast<grpc::StatusCode>(answer.status.code()), answer.status.message(),
                                 DetailsOf(answer.status)));
    }
    reply_->Swap(&answer.reply);
    Finish(grpc::Status::OK);
  }

  void Refuse(const absl::Status& status) {
    context_->AddTrailingMetadata("x-request-id", call_.request_id);
    Finish(rpc::ToGrpc(status, call_.request_id));
  }

  grpc::CallbackServerContext* const context_;
  grpc::ByteBuffer* const reply_;
  const Dispatcher& dispatcher_;
  Call call_;
  const std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace

// A service of the descriptors, with its public methods as raw bytes: what generated code does for
// WithRawCallbackMethod_*. Reflection lists it, and gRPC itself answers UNIMPLEMENTED for every other method.
class PublicGrpc::Service final : public grpc::Service {
 public:
  void Add(const Route& route, const Gate& gate, const Dispatcher& dispatcher, const Clock& clock) {
    AddMethod(new grpc::internal::RpcServiceMethod(route.full_method.c_str(), grpc::internal::RpcMethod::NORMAL_RPC,
                                                   nullptr));
    MarkMethodRawCallback(methods_++,
                          new grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
                              [&](grpc::CallbackServerContext* c, const grpc::ByteBuffer* q, grpc::ByteBuffer* r) {
                                return new Forward(c, route, q, r, gate, dispatcher, clock);
                              }));
  }

 private:
  int methods_ = 0;
};

PublicGrpc::PublicGrpc(const RouteTable& routes, const Gate& gate, const Dispatcher& dispatcher, const Clock& clock) {
  std::map<const google::protobuf::ServiceDescriptor*, Service*> by_service;
  for (const auto& route : routes.routes()) {
    Service*& service = by_service[route->method->service()];
    if (!service) service = services_.emplace_back(std::make_unique<Service>()).get();
    service->Add(*route, gate, dispatcher, clock);
  }
}

PublicGrpc::~PublicGrpc() { Stop(absl::InfinitePast()); }

absl::Status PublicGrpc::Start(const std::string& address) {
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(kMaxMessage);
  builder.SetMaxSendMessageSize(kMaxMessage);
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port_);
  for (const auto& service : services_) builder.RegisterService(service.get());
  server_ = builder.BuildAndStart();
  if (!server_) return absl::UnavailableError(absl::StrCat("cannot listen on ", address));
  return absl::OkStatus();
}

void PublicGrpc::Stop(absl::Time deadline) {
  if (!server_) return;
  server_->GetHealthCheckService()->SetServingStatus(false);
  server_->Shutdown(OnMachine(deadline));
  server_->Wait();
  server_.reset();
}

}  // namespace hoiam::gateway
