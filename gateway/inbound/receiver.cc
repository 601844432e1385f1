#include "gateway/inbound/receiver.h"

#include <grpcpp/impl/codegen/proto_utils.h>

#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gateway/auth/scopes.h"
#include "gateway/auth/test_mode.h"
#include "gateway/errors.h"
#include "gateway/http/render.h"
#include "gateway/inbound/inbound_rules.h"
#include "gateway/inbound/mapping.h"
#include "gateway/inbound/signature.h"
#include "gateway/limits.h"
#include "gateway/store/inbounds.h"
#include "gateway/store/tenants.h"
#include "hoiam/gateway/v1/tenant_service.pb.h"
#include "platform/base/crypto.h"
#include "platform/base/status.h"
#include "platform/json/writer.h"
#include "platform/rpc/status_wire.h"

namespace hoiam::gateway {
namespace {

namespace sv = hoiam::survey::v1;

constexpr char kPrefix[] = "/in/";
constexpr char kMethod[] = "/hoiam.survey.v1.InteractionService/BatchRecordInteractions";

// Sent again, it may go better; everything else stays as it is.
bool MayPass(int code) {
  switch (static_cast<absl::StatusCode>(code)) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
      return true;
    default:
      return false;
  }
}

struct Result {
  std::string path;
  std::string interaction_id;
  bool passed_over = false;
  google::rpc::Status status;
};

std::string Render(const std::vector<Result>& results) {
  std::string out = "{\"results\":[";
  for (const Result& r : results) {
    absl::StrAppend(&out, out.back() == '[' ? "" : ",", "{\"path\":");
    json::AppendString(r.path, out);
    out += ",\"interactionId\":";
    json::AppendString(r.interaction_id, out);
    absl::StrAppend(&out, ",\"passedOver\":", r.passed_over ? "true" : "false", ",\"status\":");
    json::Append(r.status, out);
    out += '}';
  }
  return out + "]}\n";
}

}  // namespace

// One request on its way.
struct InboundReceiver::Delivery {
  HttpRequest request;
  std::string request_id;
  HttpReply reply;
  std::shared_ptr<void> among_all, place;
  Caller caller;
  v1::Inbound inbound;
  std::string secret;
  std::vector<Result> results;
  std::vector<size_t> sent;  // which result each interaction sent belongs to
  sv::BatchRecordInteractionsRequest batch;

  void Fail(const absl::Status& why) const { reply(RenderError(rpc::ToProto(why, request_id))); }

  void Finish() const {
    for (const Result& r : results)
      if (MayPass(r.status.code())) return reply(RenderError(r.status));
    HttpResponse response;
    response.body = Render(results);
    reply(std::move(response));
  }
};

InboundReceiver::InboundReceiver(const RouteTable& routes, const Dispatcher& dispatcher, Limiter& limiter,
                                 const SecretKey& key, db::Pool& pool, rpc::Runtime& runtime, const Clock& clock)
    : dispatcher_(dispatcher), limiter_(limiter), key_(key), pool_(pool), runtime_(runtime), clock_(clock) {
  for (const auto& route : routes.routes())
    if (route->full_method == kMethod) route_ = route.get();
  if (!route_) std::abort();  // a gateway without survey_service's contract
}

bool InboundReceiver::Owns(absl::string_view path) { return absl::StartsWith(path, kPrefix); }

void InboundReceiver::Handle(HttpRequest request, std::string request_id, HttpReply reply) {
  auto d = std::make_shared<Delivery>();
  d->request = std::move(request);
  d->request_id = std::move(request_id);
  d->reply = std::move(reply);
  if (!IsInboundToken(absl::StripPrefix(d->request.path(), kPrefix))) return d->Fail(InboundAddressUnknown());
  if (d->request.method != "POST") return d->Fail(MethodNotAllowed("POST"));
  if (under_way_->fetch_add(1) >= kMaxInboundAtOnce) {
    under_way_->fetch_sub(1);
    return d->Fail(rpc::internal::Overloaded());
  }
  d->among_all = std::shared_ptr<void>(nullptr, [count = under_way_](void*) { count->fetch_sub(1); });
  const bool queued = runtime_.Enqueue([this, d] {
    absl::Status refused = Find(*d);
    if (refused.ok()) refused = Map(*d);
    if (!refused.ok()) return d->Fail(refused);
    Send(d);
  });
  if (!queued) d->Fail(rpc::internal::Overloaded());
}

// Whose address it is, and whether the sender is who it says.
absl::Status InboundReceiver::Find(Delivery& d) const {
  const absl::Time now = clock_.Now();
  const absl::string_view token = absl::StripPrefix(d.request.path(), kPrefix);
  HOIAM_ASSIGN_OR_RETURN(auto db, db::SystemDb::Open(pool_, now + kInboundLookup));
  HOIAM_ASSIGN_OR_RETURN(const auto found, FindInboundByToken(db, Sha256(token)));
  if (!found || !found->inbound.enabled) return InboundAddressUnknown();
  const InboundRow& row = found->inbound;
  HOIAM_ASSIGN_OR_RETURN(const auto own, db::TenantDb::Of(db, RealTenant(row.tenant_id)));
  HOIAM_ASSIGN_OR_RETURN(const auto tenant, FindTenant(own));
  if (!tenant) return InboundAddressUnknown();
  HOIAM_ASSIGN_OR_RETURN(d.inbound, ToProto(row, std::nullopt));
  HOIAM_ASSIGN_OR_RETURN(const std::string secret, SecretOf(row, key_));
  const v1::InboundSignature& signature = d.inbound.signature();
  if (!SignatureHolds(signature, secret, d.request.Header(signature.header()), d.request.body))
    return InvalidSignature();
  if (tenant->state == v1::TenantState::SUSPENDED) return TenantSuspended();
  d.caller.tenant = row.tenant_id;
  d.caller.principal = absl::StrCat("inbound:", row.inbound_id);
  d.caller.scopes = *ParseScope("interactions.write");
  d.caller.test = IsTestTenant(row.tenant_id);
  d.caller.key = absl::StrCat("inbound:", row.token_hash);
  d.caller.requests_per_second = tenant->requests_per_second;
  d.caller.concurrent_requests = tenant->concurrent_requests;
  Limiter::Admission admission = limiter_.Admit(d.caller);
  HOIAM_RETURN_IF_ERROR(admission.status);
  d.place = std::move(admission.place);
  const absl::Time minute = absl::FromUnixSeconds(absl::ToUnixSeconds(now) / 60 * 60);
  if (!found->last_used || *found->last_used < minute) {
    HOIAM_ASSIGN_OR_RETURN(const auto own, db::TenantDb::Of(db, row.tenant_id));
    NoteInboundUse(own, row.inbound_id, minute).IgnoreError();  // a request does not fail for it
  }
  return absl::OkStatus();
}

absl::Status InboundReceiver::Map(Delivery& d) const {
  Violations v;
  const Mapping mapping = ReadMapping(d.inbound, "", v);
  if (!v.empty()) return absl::InternalError("a stored mapping is no longer right");
  HOIAM_ASSIGN_OR_RETURN(auto items, MapBody(mapping, d.request.body));
  d.request.body.clear();
  for (MappedItem& item : items) {
    d.results.push_back(
        {item.path, item.interaction.interaction_id(), item.passed_over, rpc::ToProto(item.status, d.request_id)});
    if (!item.status.ok() || item.passed_over) continue;
    d.sent.push_back(d.results.size() - 1);
    *d.batch.add_interactions() = std::move(item.interaction);
  }
  return absl::OkStatus();
}

void InboundReceiver::Send(std::shared_ptr<Delivery> d) {
  if (d->sent.empty()) return d->Finish();
  Call call;
  call.route = route_;
  call.caller = d->caller;
  call.request_id = d->request_id;
  call.traceparent = Traceparent(d->request.Header("traceparent"));
  call.place = std::move(d->place);
  bool own;
  grpc::GenericSerialize<grpc::ProtoBufferWriter, sv::BatchRecordInteractionsRequest>(d->batch, &call.request, &own);
  dispatcher_.Dispatch(std::move(call), [d](Answer answer) {
    if (answer.status.code() != 0) return d->reply(RenderError(answer.status));
    sv::BatchRecordInteractionsResponse stored;
    const grpc::Status parsed =
        grpc::GenericDeserialize<grpc::ProtoBufferReader, sv::BatchRecordInteractionsResponse>(&answer.reply, &stored);
    if (!parsed.ok() || stored.results_size() != static_cast<int>(d->sent.size()))
      return d->Fail(absl::InternalError("a reply that is not of its type"));
    for (int i = 0; i < stored.results_size(); ++i) d->results[d->sent[i]].status = stored.results(i).status();
    d->Finish();
  });
}

}  // namespace hoiam::gateway
