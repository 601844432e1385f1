#include "gateway/inbound/inbound_service.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/errors.h"
#include "gateway/inbound/inbound_rules.h"
#include "gateway/inbound/mapping.h"
#include "gateway/limits.h"
#include "platform/base/crypto.h"
#include "platform/base/page_token.h"
#include "platform/base/status.h"
#include "platform/rpc/status_wire.h"
#include "platform/rpc/tenant_db.h"

namespace hoiam::gateway {
namespace {

// All endpoints of a tenant are one subject: how many there are is decided under one lock.
constexpr char kSubject[] = "inbounds";

std::optional<absl::Time> LastUse(const std::optional<UsedInbound>& found) {
  return found ? found->last_used : std::nullopt;
}

}  // namespace

absl::StatusOr<std::optional<UsedInbound>> InboundService::Find(const rpc::CallContext& ctx,
                                                                const std::string& inbound_id) {
  HOIAM_ASSIGN_OR_RETURN(const auto db, rpc::OpenDb(pool_, ctx));
  return FindInbound(db, inbound_id);
}

std::string InboundService::UrlOf(const InboundRow& row) const {
  return absl::StrCat(public_url_, "/in/", InboundToken(key_, row.tenant_id, row.inbound_id, row.generation));
}

void InboundService::Create(const rpc::CallContext& ctx, const v1::CreateInboundRequest& request,
                            rpc::Reply<v1::CreateInboundResponse> reply) {
  auto wanted = CheckNewInbound(request);
  if (!wanted.ok()) return reply(wanted.status(), {});
  const auto before = Find(ctx, request.inbound_id());
  if (!before.ok()) return reply(before.status(), {});
  rpc::Write<v1::CreateInboundResponse> write;
  write.subject = kSubject;
  write.bytes = wanted->ByteSizeLong();
  write.want = [tenant = ctx.tenant](db::UnitOfWork& uow) { uow.Want<InboundRow>({tenant}); };
  write.decide = [this, tenant = ctx.tenant, used = LastUse(*before), wanted = *std::move(wanted)](
                     db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::CreateInboundResponse> {
    v1::CreateInboundResponse response;
    if (const InboundRow* found = uow.Find<InboundRow>({tenant, wanted.inbound_id()})) {
      if (found->made_by != MadeBy(key_, wanted)) return InboundIdReused(wanted.inbound_id());
      HOIAM_ASSIGN_OR_RETURN(*response.mutable_inbound(), ToProto(*found, used));
      return response;
    }
    if (uow.List<InboundRow>({tenant}).size() >= kMaxInboundsPerTenant) return TooManyInbounds();
    const InboundRow row = ToRow(tenant, wanted, key_, nullptr, now);
    uow.Put(row);
    response.set_url(UrlOf(row));
    HOIAM_ASSIGN_OR_RETURN(*response.mutable_inbound(), ToProto(row, std::nullopt));
    return response;
  };
  writer_.Submit<v1::CreateInboundResponse>(ctx, request, std::move(write), std::move(reply));
}

absl::StatusOr<v1::Inbound> InboundService::Get(const rpc::CallContext& ctx, const v1::GetInboundRequest& request) {
  HOIAM_ASSIGN_OR_RETURN(const auto found, Find(ctx, request.inbound_id()));
  if (!found) return InboundNotFound(request.inbound_id());
  return ToProto(found->inbound, found->last_used);
}

absl::StatusOr<v1::ListInboundsResponse> InboundService::List(const rpc::CallContext& ctx,
                                                              const v1::ListInboundsRequest& request) {
  const std::string query = "ListInbounds/" + ctx.tenant;
  HOIAM_ASSIGN_OR_RETURN(const int size, CheckPageSize(request.page_size()));
  HOIAM_ASSIGN_OR_RETURN(const auto after, DecodePageToken(query, request.page_token()));
  HOIAM_ASSIGN_OR_RETURN(const auto db, rpc::OpenDb(pool_, ctx));
  HOIAM_ASSIGN_OR_RETURN(auto inbounds, gateway::ListInbounds(db, after.empty() ? "" : after[0], size + 1));
  v1::ListInboundsResponse response;
  if (inbounds.size() > static_cast<size_t>(size)) {
    inbounds.pop_back();
    response.set_next_page_token(EncodePageToken(query, {inbounds.back().inbound.inbound_id}));
  }
  for (const UsedInbound& i : inbounds) {
    HOIAM_ASSIGN_OR_RETURN(*response.add_inbounds(), ToProto(i.inbound, i.last_used));
  }
  return response;
}

void InboundService::Update(const rpc::CallContext& ctx, const v1::UpdateInboundRequest& request,
                            rpc::Reply<v1::Inbound> reply) {
  const std::string id = request.inbound().inbound_id();
  const auto before = Find(ctx, id);
  if (!before.ok()) return reply(before.status(), {});
  rpc::Write<v1::Inbound> write;
  write.subject = kSubject;
  write.bytes = request.ByteSizeLong();
  write.want = [tenant = ctx.tenant, id](db::UnitOfWork& uow) { uow.Want<InboundRow>({tenant, id}); };
  write.decide = [this, tenant = ctx.tenant, id, used = LastUse(*before), request](
                     db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::Inbound> {
    const InboundRow* found = uow.Find<InboundRow>({tenant, id});
    if (!found) return InboundNotFound(id);
    HOIAM_ASSIGN_OR_RETURN(const v1::Inbound stored, ToProto(*found, std::nullopt));
    HOIAM_ASSIGN_OR_RETURN(const v1::Inbound merged, MergeInbound(stored, request, !found->secret.empty()));
    const InboundRow next = ToRow(tenant, merged, key_, found, now);
    HOIAM_ASSIGN_OR_RETURN(const std::string old_secret, SecretOf(*found, key_));
    HOIAM_ASSIGN_OR_RETURN(const std::string new_secret, SecretOf(next, key_));
    if (next.definition == found->definition && next.enabled == found->enabled && new_secret == old_secret)
      return ToProto(*found, used);  // nothing changes
    uow.Put(next);
    return ToProto(next, used);
  };
  writer_.Submit<v1::Inbound>(ctx, request, std::move(write), std::move(reply));
}

void InboundService::Rotate(const rpc::CallContext& ctx, const v1::RotateInboundUrlRequest& request,
                            rpc::Reply<v1::CreateInboundResponse> reply) {
  const std::string id = request.inbound_id();
  const auto before = Find(ctx, id);
  if (!before.ok()) return reply(before.status(), {});
  rpc::Write<v1::CreateInboundResponse> write;
  write.subject = kSubject;
  write.want = [tenant = ctx.tenant, id](db::UnitOfWork& uow) { uow.Want<InboundRow>({tenant, id}); };
  write.decide = [this, tenant = ctx.tenant, id, used = LastUse(*before)](
                     db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::CreateInboundResponse> {
    const InboundRow* found = uow.Find<InboundRow>({tenant, id});
    if (!found) return InboundNotFound(id);
    InboundRow next = *found;
    ++next.generation;
    ++next.revision;
    next.token_hash = Sha256(InboundToken(key_, tenant, id, next.generation));
    uow.Put(next);
    v1::CreateInboundResponse response;
    response.set_url(UrlOf(next));
    HOIAM_ASSIGN_OR_RETURN(*response.mutable_inbound(), ToProto(next, used));
    return response;
  };
  writer_.Submit<v1::CreateInboundResponse>(ctx, request, std::move(write), std::move(reply));
}

absl::StatusOr<v1::TestInboundResponse> InboundService::Test(const rpc::CallContext& ctx,
                                                             const v1::TestInboundRequest& request) {
  HOIAM_ASSIGN_OR_RETURN(const auto found, Find(ctx, request.inbound_id()));
  if (!found) return InboundNotFound(request.inbound_id());
  Violations v;
  if (!request.has_body()) v.Add("body", "REQUIRED", "is required");
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const v1::Inbound inbound, ToProto(found->inbound, std::nullopt));
  const Mapping mapping = ReadMapping(inbound, "", v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(auto items, MapTree(mapping, ToTree(request.body())));
  v1::TestInboundResponse response;
  for (MappedItem& item : items) {
    auto& out = *response.add_items();
    out.set_path(item.path);
    out.set_passed_over(item.passed_over);
    *out.mutable_status() = rpc::ToProto(item.status, ctx.request_id);
    if (item.status.ok() && !item.passed_over) *out.mutable_interaction() = std::move(item.interaction);
  }
  return response;
}

}  // namespace hoiam::gateway
