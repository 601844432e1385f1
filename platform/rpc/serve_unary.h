// What stands around every unary handler, written once: caller, deadline, shedding, metrics, log, status.
//
// A read runs on a small bounded pool and may block on the database. A write checks the request's shape and submits
// commands; it must not block, and finishes when `reply` is called, from any thread, exactly once.
//
//   grpc::ServerUnaryReactor* GetScores(grpc::CallbackServerContext* c, const pb::GetScoresRequest* q,
//                                       pb::GetScoresResponse* r) override {
//     return rpc::ServeRead(runtime_, c, q, r, [this](const rpc::CallContext& ctx, const auto& q) { return
//     app_.Get(ctx, q); });
//   }
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "platform/base/status.h"
#include "platform/rpc/context.h"

namespace hoiam::rpc {

// Travels as trailing metadata beside the reply.
struct ReplyMeta {
  std::string consistency_token;
  bool replayed = false;
};

template <class Resp>
using Reply = std::function<void(absl::StatusOr<Resp>, ReplyMeta)>;

// Shared by all handlers of a process.
class Runtime {
 public:
  virtual ~Runtime() = default;
  // Caller, or why it is refused (UNAUTHENTICATED reason NO_TENANT). `internal` methods need no tenant.
  virtual absl::StatusOr<CallContext> Admit(grpc::CallbackServerContext& c, const char* method) = 0;
  // Runs on the read pool; false when its queue is full (the caller answers RESOURCE_EXHAUSTED reason OVERLOADED).
  virtual bool Enqueue(std::function<void()> work) = 0;
  // Metrics and log of a finished call.
  virtual void Finished(const CallContext& ctx, const absl::Status& status, absl::Time started) = 0;
  virtual absl::Time Now() const = 0;
};

namespace internal {
void AddTrailers(grpc::CallbackServerContext& c, const ReplyMeta& meta);
grpc::Status Wire(const absl::Status& s, const std::string& request_id);
absl::Status Overloaded();
absl::Status NoTimeLeft();
// "/hoiam.survey.v1.ResponseService/CreateResponse", from the file of the request's type and the name of the method
// that serves.
const char* MethodName(const google::protobuf::Descriptor* request, const char* function);
// INTERNAL when the bytes are no such message, as gRPC says of any method.
absl::Status FromWire(const grpc::ByteBuffer& bytes, google::protobuf::Message& message);
grpc::ByteBuffer ToWire(const google::protobuf::Message& message);
}  // namespace internal

namespace internal {
// work: absl::Status(const CallContext&). Runs on the read pool, unless its time has passed by then.
template <class Work>
grpc::ServerUnaryReactor* OnReadPool(Runtime& rt, grpc::CallbackServerContext* c, const char* method, Work work) {
  auto* reactor = c->DefaultReactor();
  const absl::Time started = rt.Now();
  auto ctx = rt.Admit(*c, method);
  if (!ctx.ok()) return reactor->Finish(Wire(ctx.status(), "")), reactor;
  auto run = [&rt, reactor, started, ctx = *ctx, work = std::move(work)] {
    const absl::Status status = rt.Now() >= ctx.deadline ? NoTimeLeft() : work(ctx);
    rt.Finished(ctx, status, started);
    reactor->Finish(Wire(status, ctx.request_id));
  };
  if (!rt.Enqueue(std::move(run))) {
    rt.Finished(*ctx, Overloaded(), started);
    reactor->Finish(Wire(Overloaded(), ctx->request_id));
  }
  return reactor;
}
}  // namespace internal

// handler: absl::StatusOr<Resp>(const CallContext&, const Req&), may block.
template <class Req, class Resp, class Handler>
grpc::ServerUnaryReactor* ServeRead(Runtime& rt, grpc::CallbackServerContext* c, const Req* q, Resp* r, Handler handler,
                                    const char* function = __builtin_FUNCTION()) {
  return internal::OnReadPool(rt, c, internal::MethodName(Req::descriptor(), function),
                              [q, r, handler = std::move(handler)](const CallContext& ctx) -> absl::Status {
                                HOIAM_ASSIGN_OR_RETURN(*r, handler(ctx, *q));
                                return absl::OkStatus();
                              });
}

// Likewise of a method that is marked raw: the handler answers a message of any type whose bytes are those of the
// method's reply. So what is stored serialized is sent as it is.
template <class Req, class Handler>
grpc::ServerUnaryReactor* ServeRawRead(Runtime& rt, grpc::CallbackServerContext* c, const grpc::ByteBuffer* q,
                                       grpc::ByteBuffer* r, Handler handler,
                                       const char* function = __builtin_FUNCTION()) {
  return internal::OnReadPool(rt, c, internal::MethodName(Req::descriptor(), function),
                              [q, r, handler = std::move(handler)](const CallContext& ctx) -> absl::Status {
                                Req request;
                                HOIAM_RETURN_IF_ERROR(internal::FromWire(*q, request));
                                HOIAM_ASSIGN_OR_RETURN(const auto reply, handler(ctx, request));
                                *r = internal::ToWire(reply);
                                return absl::OkStatus();
                              });
}

// handler: void(const CallContext&, const Req&, Reply<Resp>), must not block.
// With `on_pool` it runs on the read pool and may block before it submits (to look up a subject).
template <class Req, class Resp, class Handler>
grpc::ServerUnaryReactor* ServeWrite(Runtime& rt, grpc::CallbackServerContext* c, const Req* q, Resp* r,
                                     Handler handler, bool on_pool = false,
                                     const char* function = __builtin_FUNCTION()) {
  auto* reactor = c->DefaultReactor();
  const absl::Time started = rt.Now();
  auto ctx = rt.Admit(*c, internal::MethodName(Req::descriptor(), function));
  if (!ctx.ok()) return reactor->Finish(internal::Wire(ctx.status(), "")), reactor;
  Reply<Resp> reply = [&rt, c, r, reactor, started, ctx = *ctx](absl::StatusOr<Resp> result, ReplyMeta meta) {
    if (result.ok()) *r = *std::move(result);
    const absl::Status status = result.status();
    internal::AddTrailers(*c, meta);
    rt.Finished(ctx, status, started);
    reactor->Finish(internal::Wire(status, ctx.request_id));
  };
  if (!on_pool) return handler(*ctx, *q, std::move(reply)), reactor;
  auto shared = std::make_shared<Reply<Resp>>(std::move(reply));
  if (!rt.Enqueue([ctx = *ctx, q, shared, handler = std::move(handler)] { handler(ctx, *q, std::move(*shared)); }))
    (*shared)(internal::Overloaded(), {});
  return reactor;
}

}  // namespace hoiam::rpc
