#include "gateway/webhook/webhook_service.h"

#include <algorithm>
#include <limits>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "gateway/errors.h"
#include "gateway/limits.h"
#include "gateway/store/events.h"
#include "gateway/webhook/append.h"
#include "gateway/webhook/event_filter.h"
#include "gateway/webhook/event_types.h"
#include "gateway/webhook/samples.h"
#include "gateway/webhook/secret_url.h"
#include "gateway/webhook/signature.h"
#include "platform/base/ids.h"
#include "platform/base/page_token.h"
#include "platform/base/status.h"
#include "platform/rpc/tenant_db.h"

namespace hoiam::gateway {
namespace {

// All webhooks of a tenant are one subject; what they share with the feeds is under EventOrderRow.
constexpr char kSubject[] = "webhooks";

absl::StatusOr<WebhookRow> Enabled(db::UnitOfWork& uow, const std::string& tenant, const std::string& id) {
  const WebhookRow* w = uow.Find<WebhookRow>({tenant, id});
  if (!w) return WebhookNotFound(id);
  if (w->state != v1::WebhookState::ENABLED) return WebhookDisabled(id);
  return *w;
}

}  // namespace

template <class Request, class Reply>
void WebhookService::Submit(const rpc::CallContext& ctx, const Request& q,
                            std::function<absl::StatusOr<Reply>(db::UnitOfWork&, absl::Time now)> decide,
                            rpc::Reply<Reply> reply) {
  rpc::Write<Reply> w;
  w.subject = kSubject;
  w.want = [tenant = ctx.tenant](db::UnitOfWork& uow) { WantQueues(uow, tenant); };
  w.decide = std::move(decide);
  writer_.Submit<Reply>(ctx, q, std::move(w),
                        [&sender = sender_, reply = std::move(reply)](absl::StatusOr<Reply> r, rpc::ReplyMeta meta) {
                          if (r.ok()) {
                            sender.Refresh();
                            sender.Wake();
                          }
                          reply(std::move(r), std::move(meta));
                        });
}

template <class Request>
void WebhookService::SubmitChange(const rpc::CallContext& ctx, const Request& q, const std::string& webhook_id,
                                  std::function<absl::StatusOr<bool>(WebhookRow&)> change,
                                  rpc::Reply<v1::Webhook> reply) {
  const auto standing = StandingOf(ctx, webhook_id);
  if (!standing.ok()) return reply(standing.status(), {});
  Submit<Request, v1::Webhook>(
      ctx, q,
      [tenant = ctx.tenant, webhook_id, standing = *standing, change = std::move(change)](
          db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::Webhook> {
        const WebhookRow* found = uow.Find<WebhookRow>({tenant, webhook_id});
        if (!found) return WebhookNotFound(webhook_id);
        WebhookRow w = *found;
        HOIAM_ASSIGN_OR_RETURN(const bool changed, change(w));
        if (changed) {
          ++w.revision;
          w.updated_at = now;
          uow.Put(w);
        }
        return ToProto(w, standing, now);
      },
      std::move(reply));
}

absl::StatusOr<WebhookStanding> WebhookService::StandingOf(const rpc::CallContext& ctx, const std::string& webhook_id) {
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(pool_, ctx));
  return ReadStanding(db, webhook_id);
}

void WebhookService::Create(const rpc::CallContext& ctx, const v1::CreateWebhookRequest& q,
                            rpc::Reply<v1::CreateWebhookResponse> reply) {
  auto wanted = CheckNewWebhook(q, allow_, resolve_);
  if (!wanted.ok()) return reply(wanted.status(), {});
  const auto standing = StandingOf(ctx, wanted->webhook_id);  // of the webhook that this very request made before
  if (!standing.ok()) return reply(standing.status(), {});
  Submit<v1::CreateWebhookRequest, v1::CreateWebhookResponse>(
      ctx, q,
      [this, tenant = ctx.tenant, wanted = *std::move(wanted), standing = *standing](
          db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::CreateWebhookResponse> {
        HOIAM_ASSIGN_OR_RETURN(std::optional<WebhookRow> w, DecideNewWebhook(wanted, uow.List<WebhookRow>({tenant})));
        v1::CreateWebhookResponse response;
        if (!w) {
          w.emplace();
          w->tenant_id = tenant;
          w->webhook_id = wanted.webhook_id;
          w->url = wanted.url;
          w->event_types = wanted.content.event_types;
          w->description = wanted.description;
          w->body_template = wanted.content.body_template;
          w->content_type = wanted.content.content_type;
          w->filter = wanted.content.filter;
          if (!w->body_template.empty()) HideUrl(key_, *w);
          w->fingerprint = wanted.fingerprint;
          w->state = v1::WebhookState::ENABLED;
          w->created_at = w->updated_at = now;
          uow.Put(*w);
          response.set_secret(SecretText(SigningSecret(key_, *w, w->generation)));
        }
        *response.mutable_webhook() = ToProto(*w, standing, now);
        return response;
      },
      std::move(reply));
}

absl::StatusOr<v1::Webhook> WebhookService::Get(const rpc::CallContext& ctx, const v1::GetWebhookRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(pool_, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto found, FindWebhook(db, q.webhook_id()));
  if (!found) return WebhookNotFound(q.webhook_id());
  HOIAM_ASSIGN_OR_RETURN(const auto standing, ReadStanding(db, q.webhook_id()));
  return ToProto(*found, standing, clock_.Now());
}

absl::StatusOr<v1::ListWebhooksResponse> WebhookService::List(const rpc::CallContext& ctx,
                                                              const v1::ListWebhooksRequest& q) {
  const std::string query = "ListWebhooks/" + ctx.tenant;
  HOIAM_ASSIGN_OR_RETURN(const int size, CheckPageSize(q.page_size()));
  HOIAM_ASSIGN_OR_RETURN(const auto after, DecodePageToken(query, q.page_token()));
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(pool_, ctx));
  HOIAM_ASSIGN_OR_RETURN(auto webhooks, gateway::ListWebhooks(db, after.empty() ? "" : after[0], size + 1));
  v1::ListWebhooksResponse response;
  if (webhooks.size() > static_cast<size_t>(size)) {
    webhooks.pop_back();
    response.set_next_page_token(EncodePageToken(query, {webhooks.back().webhook_id}));
  }
  const absl::Time now = clock_.Now();
  for (const WebhookRow& w : webhooks) {
    HOIAM_ASSIGN_OR_RETURN(const auto standing, ReadStanding(db, w.webhook_id));
    *response.add_webhooks() = ToProto(w, standing, now);
  }
  return response;
}

void WebhookService::Update(const rpc::CallContext& ctx, const v1::UpdateWebhookRequest& q,
                            rpc::Reply<v1::Webhook> reply) {
  auto patch = CheckPatch(q, allow_, resolve_);
  if (!patch.ok()) return reply(patch.status(), {});
  SubmitChange(
      ctx, q, q.webhook().webhook_id(),
      [this, patch = *std::move(patch)](WebhookRow& w) { return ApplyPatch(patch, key_, w); }, std::move(reply));
}

void WebhookService::Enable(const rpc::CallContext& ctx, const v1::EnableWebhookRequest& q,
                            rpc::Reply<v1::Webhook> reply) {
  SubmitChange(
      ctx, q, q.webhook_id(),
      [](WebhookRow& w) -> absl::StatusOr<bool> {
        if (w.state == v1::WebhookState::ENABLED) return false;
        w.state = v1::WebhookState::ENABLED;
        w.disable_reason = v1::DisableReason::UNSPECIFIED;
        return true;
      },
      std::move(reply));
}

void WebhookService::Disable(const rpc::CallContext& ctx, const v1::DisableWebhookRequest& q,
                             rpc::Reply<v1::Webhook> reply) {
  Submit<v1::DisableWebhookRequest, v1::Webhook>(
      ctx, q,
      [tenant = ctx.tenant, id = q.webhook_id()](db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::Webhook> {
        const auto w = gateway::Disable(uow, tenant, id, v1::DisableReason::BY_REQUEST, now);
        if (!w) return WebhookNotFound(id);
        return ToProto(*w, {}, now);  // nothing waits any more
      },
      std::move(reply));
}

void WebhookService::Rotate(const rpc::CallContext& ctx, const v1::RotateWebhookSecretRequest& q,
                            rpc::Reply<v1::RotateWebhookSecretResponse> reply) {
  const auto overlap = CheckOverlap(q);
  if (!overlap.ok()) return reply(overlap.status(), {});
  const auto standing = StandingOf(ctx, q.webhook_id());
  if (!standing.ok()) return reply(standing.status(), {});
  Submit<v1::RotateWebhookSecretRequest, v1::RotateWebhookSecretResponse>(
      ctx, q,
      [this, tenant = ctx.tenant, id = q.webhook_id(), overlap = *overlap, standing = *standing](
          db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::RotateWebhookSecretResponse> {
        const WebhookRow* found = uow.Find<WebhookRow>({tenant, id});
        if (!found) return WebhookNotFound(id);
        WebhookRow w = *found;
        ++w.generation;
        ++w.revision;
        w.old_secret_expires_at = overlap > absl::ZeroDuration() ? std::optional(now + overlap) : std::nullopt;
        w.updated_at = now;
        uow.Put(w);
        v1::RotateWebhookSecretResponse response;
        *response.mutable_webhook() = ToProto(w, standing, now);
        response.set_secret(SecretText(SigningSecret(key_, w, w.generation)));
        return response;
      },
      std::move(reply));
}

void WebhookService::Test(const rpc::CallContext& ctx, const v1::TestWebhookRequest& q,
                          rpc::Reply<v1::TestWebhookResponse> reply) {
  const auto found = [&]() -> absl::StatusOr<WebhookRow> {
    HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(pool_, ctx));
    HOIAM_ASSIGN_OR_RETURN(auto w, FindWebhook(db, q.webhook_id()));
    if (!w) return WebhookNotFound(q.webhook_id());
    return *std::move(w);
  }();
  if (!found.ok()) return reply(found.status(), {});
  const bool send = q.has_send() ? q.send() : found->body_template.empty();
  if (!send) return reply(ShowSamples(*found, clock_.Now()), {});
  Submit<v1::TestWebhookRequest, v1::TestWebhookResponse>(
      ctx, q,
      [tenant = ctx.tenant, id = q.webhook_id()](db::UnitOfWork& uow,
                                                 absl::Time now) -> absl::StatusOr<v1::TestWebhookResponse> {
        HOIAM_ASSIGN_OR_RETURN(const WebhookRow w, Enabled(uow, tenant, id));
        v1::PublicEvent event;
        // A template finds what it names in a sample of any of the webhook's types.
        if (!w.body_template.empty()) event = SampleOf(w.event_types.substr(0, w.event_types.find(',')), now);
        const std::string event_id = NewUuid(now);
        event.set_id(UuidToString(event_id));
        event.set_type(kWebhookTest);
        SetTime(now, event.mutable_timestamp());
        event.mutable_data()->set_test_mode(IsTestMode(tenant));
        *event.mutable_data()->mutable_webhook() = ToProto(w, {}, now);
        const auto queued = Append(uow, tenant, event, now, id);
        v1::TestWebhookResponse response;
        *response.mutable_delivery() =
            ToProto(LoggedDelivery{queued[0], event_id, kWebhookTest, event.data().customer_id()}, 0);
        return response;
      },
      std::move(reply));
}

absl::StatusOr<v1::ListDeliveriesResponse> WebhookService::Log(const rpc::CallContext& ctx,
                                                               const v1::ListDeliveriesRequest& q) {
  const std::string query = absl::StrCat("ListDeliveries/", ctx.tenant, "/", q.webhook_id(), "/", q.state());
  HOIAM_ASSIGN_OR_RETURN(const int size, CheckPageSize(q.page_size()));
  HOIAM_ASSIGN_OR_RETURN(const auto key, DecodePageToken(query, q.page_token()));
  int64_t before = std::numeric_limits<int64_t>::max();
  if (!key.empty() && !absl::SimpleAtoi(key[0], &before)) before = 0;
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(pool_, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto webhook, FindWebhook(db, q.webhook_id()));
  if (!webhook) return WebhookNotFound(q.webhook_id());
  HOIAM_ASSIGN_OR_RETURN(
      auto log, gateway::ListDeliveries(db, q.webhook_id(), before, static_cast<int64_t>(q.state()), size + 1));
  v1::ListDeliveriesResponse response;
  if (log.size() > static_cast<size_t>(size)) {
    log.pop_back();
    response.set_next_page_token(EncodePageToken(query, {absl::StrCat(log.back().row.position)}));
  }
  for (const LoggedDelivery& d : log) *response.add_deliveries() = ToProto(d, webhook->give_up_before);
  return response;
}

void WebhookService::ReplayEvents(const rpc::CallContext& ctx, const v1::ReplayDeliveriesRequest& q,
                                  rpc::Reply<v1::ReplayDeliveriesResponse> reply) {
  struct Chosen {
    std::vector<int64_t> seqs;
    std::optional<absl::Time> next;
  };
  const auto choose = [&]() -> absl::StatusOr<Chosen> {
    HOIAM_ASSIGN_OR_RETURN(const Replay replay, CheckReplay(q, clock_.Now()));
    HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(pool_, ctx));
    HOIAM_ASSIGN_OR_RETURN(const auto webhook, FindWebhook(db, q.webhook_id()));
    if (!webhook) return WebhookNotFound(q.webhook_id());
    Chosen chosen;
    if (replay.event_ids.empty()) {
      std::function<bool(const std::string&)> wants;
      if (!webhook->filter.empty())
        wants = [&](const std::string& body) {
          v1::PublicEvent event;
          return event.ParseFromString(body) && Passes(webhook->filter, event);
        };
      HOIAM_ASSIGN_OR_RETURN(
          auto found, FindEventsBetween(db, replay.start, replay.end, webhook->event_types, kMaxReplayed + 1, wants));
      if (found.size() > kMaxReplayed) {
        chosen.next = found.back().occurred_at;
        found.pop_back();
      }
      for (const EventRef& e : found)
        if (e.wanted) chosen.seqs.push_back(e.seq);
    } else {
      Violations v;
      for (size_t i = 0; i < replay.event_ids.size(); ++i) {
        HOIAM_ASSIGN_OR_RETURN(const auto seq, FindEventSeq(db, replay.event_ids[i]));
        if (!seq) v.Add(absl::StrCat("eventIds[", i, "]"), "UNKNOWN_EVENT", "is no event that is kept (30 days)");
        chosen.seqs.push_back(seq.value_or(0));
      }
      HOIAM_RETURN_IF_ERROR(v.ToStatus());
    }
    std::sort(chosen.seqs.begin(), chosen.seqs.end());
    chosen.seqs.erase(std::unique(chosen.seqs.begin(), chosen.seqs.end()), chosen.seqs.end());
    return chosen;
  };
  auto chosen = choose();
  if (!chosen.ok()) return reply(chosen.status(), {});
  Submit<v1::ReplayDeliveriesRequest, v1::ReplayDeliveriesResponse>(
      ctx, q,
      [tenant = ctx.tenant, id = q.webhook_id(), chosen = *std::move(chosen)](
          db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::ReplayDeliveriesResponse> {
        HOIAM_RETURN_IF_ERROR(Enabled(uow, tenant, id).status());
        QueueAgain(uow, tenant, id, chosen.seqs, now);
        v1::ReplayDeliveriesResponse response;
        response.set_replayed(static_cast<int32_t>(chosen.seqs.size()));
        if (chosen.next) SetTime(*chosen.next, response.mutable_next_start_time());
        return response;
      },
      std::move(reply));
}

}  // namespace hoiam::gateway
