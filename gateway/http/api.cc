#include "gateway/http/api.h"

#include <google/protobuf/arena.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gateway/errors.h"
#include "gateway/http/render.h"
#include "gateway/limits.h"
#include "gateway/openapi/document.h"
#include "gateway/proxy/call.h"
#include "gateway/route/bind.h"
#include "google/protobuf/dynamic_message.h"
#include "platform/base/status.h"
#include "platform/json/writer.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::gateway {
namespace {

using google::protobuf::Arena;
using google::protobuf::Descriptor;
using google::protobuf::Message;

Message* NewMessage(const Descriptor* type, Arena& arena) {
  return google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New(&arena);
}

grpc::ByteBuffer ToBytes(const Message& m) {
  grpc::ByteBuffer out;
  bool own;
  grpc::GenericSerialize<grpc::ProtoBufferWriter, Message>(m, &out, &own);
  return out;
}

HttpResponse Fail(const absl::Status& why, const std::string& request_id) {
  return RenderError(rpc::ToProto(why, request_id));
}

// What a service answered, as HTTP.
HttpResponse Render(const Route& route, Answer answer, const std::string& request_id) {
  HttpResponse response;
  if (answer.status.code() != 0) {
    response = RenderError(answer.status);
  } else {
    Arena arena;
    Message* reply = NewMessage(route.method->output_type(), arena);
    const grpc::Status parsed = grpc::GenericDeserialize<grpc::ProtoBufferReader, Message>(&answer.reply, reply);
    if (!parsed.ok()) return Fail(absl::InternalError("a reply that is not of its type"), request_id);
    response.body.reserve(2 * reply->ByteSizeLong());
    json::Append(*reply, response.body);
    response.body += '\n';
  }
  const auto token = answer.trailers.find("hoiam-consistency-token");
  if (token != answer.trailers.end()) response.headers.emplace_back("Hoiam-Consistency-Token", token->second);
  if (answer.trailers.contains("hoiam-idempotency-replayed"))
    response.headers.emplace_back("Idempotency-Replayed", "true");
  return response;
}

// A page of anybody's may call what a publishable key may call: it proves who calls, not which page asks.
void AllowOrigin(const Route& route, HttpResponse& r) {
  if (!route.publishable) return;
  r.headers.emplace_back("Access-Control-Allow-Origin", "*");
  r.headers.emplace_back("Access-Control-Expose-Headers",
                         "Hoiam-Consistency-Token, Idempotency-Replayed, RateLimit, RateLimit-Policy, Retry-After, "
                         "X-Request-Id");
}

bool IsOperations(absl::string_view path) { return path == "/livez" || path == "/readyz" || path == "/metrics"; }

}  // namespace

size_t Api::BodyLimit(const HttpRequest& head) {
  if (Pages::Owns(head.path())) return kMaxForm;
  const auto match = routes_.Find(head.method, head.path());
  return match.ok() && match->route ? match->route->max_body() : kMaxBody;
}

void Api::Handle(HttpRequest request, HttpReply reply) {
  std::string request_id = RequestId(request.Header("x-request-id"), clock_.Now());
  HttpReply finish = [reply = std::move(reply), request_id](HttpResponse r) {
    r.headers.emplace_back("X-Request-Id", request_id);
    r.headers.emplace_back("X-Content-Type-Options", "nosniff");
    reply(std::move(r));
  };
  if (IsOperations(request.path())) return finish(Operate(request));
  if (request.path() == openapi::kDocumentPath)
    return finish(request.method == "GET" ? openapi::Serve(request) : Fail(MethodNotAllowed("GET, HEAD"), request_id));
  if (inbound_ && InboundReceiver::Owns(request.path()))
    return inbound_->Handle(std::move(request), std::move(request_id), std::move(finish));
  if (Pages::Owns(request.path())) return pages_.Handle(std::move(request), std::move(request_id), std::move(finish));
  Rest(std::move(request), std::move(request_id), std::move(finish));
}

HttpResponse Api::Refuse(const HttpRequest& head, const absl::Status& why) {
  const std::string request_id = RequestId(head.Header("x-request-id"), clock_.Now());
  HttpResponse r = Pages::Owns(head.path()) ? Pages::Refuse(head, why) : Fail(why, request_id);
  if (const auto match = routes_.Find(head.method, head.path()); match.ok() && match->route)
    AllowOrigin(*match->route, r);
  r.headers.emplace_back("X-Request-Id", request_id);
  r.headers.emplace_back("X-Content-Type-Options", "nosniff");
  return r;
}

void Api::Rest(HttpRequest request, std::string request_id, HttpReply reply) {
  if (request.method == "OPTIONS" && Preflight(request, reply)) return;
  auto match = routes_.Find(request.method, request.path());
  if (!match.ok()) return reply(Fail(match.status(), request_id));
  if (!match->route)
    return reply(Fail(match->allowed.empty() ? NoSuchPath() : MethodNotAllowed(match->allowed), request_id));
  const Route& route = *match->route;
  if (route.publishable) {
    reply = [&route, reply = std::move(reply)](HttpResponse r) {
      AllowOrigin(route, r);
      reply(std::move(r));
    };
  }
  auto idempotency_key = CheckIdempotencyKey(request.Header("idempotency-key"));
  if (!idempotency_key.ok()) return reply(Fail(idempotency_key.status(), request_id));

  auto shared = std::make_shared<HttpRequest>(std::move(request));
  gate_.Admit(route, shared->Header("authorization"), shared->address,
              [this, shared, variables = std::move(match->variables), key = *std::move(idempotency_key),
               request_id = std::move(request_id), reply = std::move(reply), &route](Admitted admitted) mutable {
                if (!admitted.limit_policy.empty()) {
                  reply = [reply = std::move(reply), policy = std::move(admitted.limit_policy),
                           state = std::move(admitted.limit_state)](HttpResponse r) {
                    r.headers.emplace_back("RateLimit-Policy", policy);
                    r.headers.emplace_back("RateLimit", state);
                    reply(std::move(r));
                  };
                }
                if (!admitted.status.ok()) return reply(Fail(admitted.status, request_id));
                Call call;
                {
                  Arena arena;
                  Message* message = NewMessage(route.method->input_type(), arena);
                  const absl::Status bound =
                      BindRequest(route, variables, shared->query(), std::move(shared->body), *message);
                  if (!bound.ok()) return reply(Fail(bound, request_id));
                  call.request = ToBytes(*message);
                }
                call.route = &route;
                call.caller = std::move(admitted.caller);
                call.place = std::move(admitted.place);
                call.request_id = request_id;
                call.traceparent = Traceparent(shared->Header("traceparent"));
                call.idempotency_key = std::move(key);
                dispatcher_.Dispatch(std::move(call), [&route, request_id, reply = std::move(reply)](Answer answer) {
                  reply(Render(route, std::move(answer), request_id));
                });
              });
}

bool Api::Preflight(const HttpRequest& request, const HttpReply& reply) {
  const auto match = routes_.Find(request.Header("access-control-request-method"), request.path());
  if (!match.ok() || !match->route || !match->route->publishable) return false;
  HttpResponse r;
  r.status = 204;
  r.content_type.clear();
  AllowOrigin(*match->route, r);
  r.headers.emplace_back("Access-Control-Allow-Methods", match->route->http_method);
  r.headers.emplace_back("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, X-Request-Id");
  r.headers.emplace_back("Access-Control-Max-Age", absl::StrCat(absl::ToInt64Seconds(kPreflightLife)));
  reply(std::move(r));
  return true;
}

HttpResponse Api::Operate(const HttpRequest& request) {
  HttpResponse r;
  r.content_type = "text/plain; charset=utf-8";
  if (request.method != "GET") return Fail(MethodNotAllowed("GET, HEAD"), "");
  if (request.path() == "/livez") {
    r.body = "ok\n";
  } else if (request.path() == "/metrics") {
    r.content_type = "text/plain; version=0.0.4; charset=utf-8";
    r.body = operations_.metrics();
  } else {
    auto [ready, detail] = operations_.ready();
    r.status = ready ? 200 : 503;
    const bool verbose = absl::StartsWith(request.query(), "verbose");
    if (verbose) r.content_type = "application/json";
    r.body = verbose ? std::move(detail) : ready ? "ok\n" : "not ready\n";
  }
  r.headers.emplace_back("Cache-Control", "no-store");
  return r;
}

}  // namespace hoiam::gateway
