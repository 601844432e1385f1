#include "gateway/webhook/webhook_rules.h"

#include <rapidjson/document.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "gateway/errors.h"
#include "gateway/limits.h"
#include "gateway/webhook/body_template.h"
#include "gateway/webhook/event_filter.h"
#include "gateway/webhook/event_types.h"
#include "gateway/webhook/render.h"
#include "gateway/webhook/samples.h"
#include "gateway/webhook/secret_url.h"
#include "platform/base/crypto.h"
#include "platform/base/ids.h"
#include "platform/base/text.h"

namespace hoiam::gateway {
namespace {

// Sorted and without repetition, by commas.
template <class Types>
std::string CheckTypes(const Types& types, absl::string_view field, Violations& v) {
  if (types.empty()) v.Add(field, "REQUIRED", "must name at least one event type");
  for (int i = 0; i < types.size(); ++i)
    if (!CanAskFor(types[i]))
      v.Add(absl::StrCat(field, "[", i, "]"), "UNKNOWN_EVENT_TYPE",
            absl::StrCat("must be one of ", absl::StrJoin(kEventTypes, ", ")));
  std::vector<std::string> sorted(types.begin(), types.end());
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  return absl::StrJoin(sorted, ",");
}

// A made body is JSON, whatever the event holds.
bool IsJson(const std::string& body) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(body.data(), body.size());
  return !document.HasParseError();
}

void CheckTemplate(const WebhookContent& c, const std::vector<absl::string_view>& types, Violations& v) {
  constexpr char kField[] = "bodyTemplate";
  Violations wrong;
  const Escape escape = EscapeOf(c.content_type);
  const BodyTemplate t = BodyTemplate::Parse(c.body_template, escape, kField, wrong);
  for (const BodyTemplate::Use& use : t.Uses())
    for (absl::string_view type : types)
      if (!use.has_default && !CanHold(type, use.data_field))
        wrong.Add(kField, "TEMPLATE_NOT_IN_EVENT",
                  absl::StrCat(type, " holds no ", use.data_field, "; leave the type out, or say | default '…'"),
                  {{"position", absl::StrCat(use.position)}});
  if (wrong.empty() && escape == Escape::kJson && !(IsJson(t.RenderNothing()) && IsJson(t.RenderHostile())))
    wrong.Add(kField, "TEMPLATE_NOT_JSON",
              "does not make JSON: put placeholders into \"…\", or say another contentType than application/json");
  if (wrong.empty()) return;
  const auto detail = DetailOf(wrong.ToStatus());
  for (const Violation& w : detail->violations) v.Add(w.field, w.reason, w.description, w.metadata);
}

absl::Time ToTime(const google::protobuf::Timestamp& t) {
  return absl::FromUnixSeconds(t.seconds()) + absl::Microseconds(t.nanos() / 1000);
}

}  // namespace

void SetTime(absl::Time t, google::protobuf::Timestamp* out) {
  const int64_t us = absl::ToUnixMicros(t);
  out->set_seconds(us / 1'000'000);
  out->set_nanos(static_cast<int32_t>(us % 1'000'000 * 1000));
}

void CheckContent(const WebhookContent& c, Violations& v) {
  const std::vector<absl::string_view> types = absl::StrSplit(c.event_types, ',', absl::SkipEmpty());
  CheckEventFilter(c.filter, types, "filter", v);
  CheckContentType(c.content_type, "contentType", v);
  if (!c.body_template.empty())
    CheckTemplate(c, types, v);
  else if (!c.content_type.empty())
    v.Add("contentType", "CONTENT_TYPE_WITHOUT_TEMPLATE", "is of what a bodyTemplate makes; without one JSON is sent");
}

absl::StatusOr<NewWebhook> CheckNewWebhook(const v1::CreateWebhookRequest& request, const AllowList& allow,
                                           const Resolver& resolve) {
  Violations v;
  const std::string types = CheckTypes(request.event_types(), "eventTypes", v);
  NewWebhook w{request.webhook_id(),
               request.url(),
               request.description(),
               {types, request.body_template(), request.content_type(), request.filter()},
               ""};
  CheckSlug(w.webhook_id, "webhookId", true, v);
  CheckLine(w.description, "description", kMaxWebhookDescription, v);
  CheckWebhookUrl(w.url, "url", allow, resolve, v);
  CheckContent(w.content, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  std::vector<std::string> said = {w.url, types, w.description};
  const WebhookContent& c = w.content;  // webhooks from before there were templates keep their fingerprint
  if (!c.body_template.empty() || !c.filter.empty())
    said.insert(said.end(), {c.body_template, c.content_type, c.filter});
  w.fingerprint = Sha256(absl::StrJoin(said, absl::string_view("\0", 1)));
  return w;
}

absl::StatusOr<std::optional<WebhookRow>> DecideNewWebhook(const NewWebhook& wanted,
                                                           const std::vector<const WebhookRow*>& webhooks) {
  for (const WebhookRow* w : webhooks) {
    if (w->webhook_id != wanted.webhook_id) continue;
    if (w->fingerprint != wanted.fingerprint) return WebhookIdReused(wanted.webhook_id);
    return std::optional(*w);
  }
  if (webhooks.size() >= kMaxWebhooksPerTenant) return TooManyWebhooks();
  return std::nullopt;
}

absl::StatusOr<WebhookPatch> CheckPatch(const v1::UpdateWebhookRequest& request, const AllowList& allow,
                                        const Resolver& resolve) {
  Violations v;
  const v1::Webhook& w = request.webhook();
  struct Settable {
    const char* name;
    const std::string& value;
    std::optional<std::string> WebhookPatch::*member;
  };
  const Settable settable[] = {{"url", w.url(), &WebhookPatch::url},
                               {"description", w.description(), &WebhookPatch::description},
                               {"body_template", w.body_template(), &WebhookPatch::body_template},
                               {"content_type", w.content_type(), &WebhookPatch::content_type},
                               {"filter", w.filter(), &WebhookPatch::filter}};
  const bool masked = request.has_update_mask();
  const auto& paths = request.update_mask().paths();
  const auto is_named = [&](absl::string_view name) {
    return std::find(paths.begin(), paths.end(), name) != paths.end();
  };
  if (masked && paths.empty())
    v.Add("updateMask", "EMPTY_MASK", "names no field; leave it out to set the fields that are present");
  for (const std::string& path : paths) {
    const bool known =
        path == "event_types" || path == "webhook_id" ||  // the latter says which
        std::any_of(std::begin(settable), std::end(settable), [&](const auto& f) { return f.name == path; });
    if (known) continue;
    if (v1::Webhook::descriptor()->FindFieldByName(path))
      v.Add("updateMask", "NOT_SETTABLE", absl::StrCat("'", path, "' cannot be set"));
    else
      v.Add("updateMask", "UNKNOWN_FIELD", absl::StrCat("'", path, "' is no field of a webhook"));
  }
  WebhookPatch patch;
  for (const Settable& f : settable)
    if (masked ? is_named(f.name) : !f.value.empty()) patch.*f.member = f.value;
  if (masked ? is_named("event_types") : !w.event_types().empty())
    patch.event_types = CheckTypes(w.event_types(), "eventTypes", v);
  if (patch.url) CheckWebhookUrl(*patch.url, "url", allow, resolve, v);
  if (patch.description) CheckLine(*patch.description, "description", kMaxWebhookDescription, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  return patch;
}

absl::StatusOr<bool> ApplyPatch(const WebhookPatch& patch, const SecretKey& key, WebhookRow& w) {
  bool changed = false;
  const auto set = [&](const std::optional<std::string>& value, std::string& field) {
    if (!value || *value == field) return;
    field = *value;
    changed = true;
  };
  set(patch.event_types, w.event_types);
  set(patch.description, w.description);
  set(patch.body_template, w.body_template);
  set(patch.content_type, w.content_type);
  set(patch.filter, w.filter);
  Violations v;
  CheckContent({w.event_types, w.body_template, w.content_type, w.filter}, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  if (patch.url)
    changed |= SetUrl(*patch.url, key, w);
  else if (!w.body_template.empty())
    HideUrl(key, w);
  return changed;
}

absl::StatusOr<absl::Duration> CheckOverlap(const v1::RotateWebhookSecretRequest& request) {
  if (!request.has_overlap()) return kSecretOverlap;
  const absl::Duration overlap =
      absl::Seconds(request.overlap().seconds()) + absl::Nanoseconds(request.overlap().nanos());
  if (overlap >= absl::ZeroDuration() && overlap <= kMaxSecretOverlap) return overlap;
  Violations v;
  v.Add("overlap", "OVERLAP_OUT_OF_RANGE", "must be 0s to 604800s (7 days)");
  return v.ToStatus();
}

absl::StatusOr<Replay> CheckReplay(const v1::ReplayDeliveriesRequest& request, absl::Time now) {
  Violations v;
  Replay replay;
  const bool by_time = request.has_start_time() || request.has_end_time();
  if (request.event_ids().empty() && !request.has_start_time())
    v.Add("eventIds", "REQUIRED", "say which events, or from which startTime on");
  if (!request.event_ids().empty() && by_time) v.Add("eventIds", "IDS_OR_TIME", "cannot stand beside a range of time");
  if (request.event_ids_size() > kMaxReplayedIds)
    v.Add("eventIds", "TOO_MANY", absl::StrCat("may hold ", kMaxReplayedIds, " ids"));
  for (int i = 0; v.empty() && i < request.event_ids_size(); ++i) {
    const auto id = ParseUuid(request.event_ids(i));
    if (!id) v.Add(absl::StrCat("eventIds[", i, "]"), "INVALID_ID", "must be the id of an event");
    replay.event_ids.push_back(id.value_or(""));
  }
  replay.start = ToTime(request.start_time());
  replay.end = request.has_end_time() ? ToTime(request.end_time()) : now;
  if (request.has_start_time() && replay.end < replay.start)
    v.Add("endTime", "TIME_OUT_OF_ORDER", "must not be before startTime");
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  return replay;
}

absl::StatusOr<v1::TestWebhookResponse> ShowSamples(const WebhookRow& w, absl::Time now) {
  v1::TestWebhookResponse out;
  for (absl::string_view type : absl::StrSplit(w.event_types, ',')) {
    const v1::PublicEvent event = SampleOf(type, now);
    v1::WebhookSample& sample = *out.add_samples();
    sample.set_type(event.type());
    sample.set_content_type(ContentTypeOf(w));
    HOIAM_ASSIGN_OR_RETURN(*sample.mutable_body(), BodyOf(w, event));
    sample.set_passes(Passes(w.filter, event));
  }
  return out;
}

v1::Webhook ToProto(const WebhookRow& w, const WebhookStanding& standing, absl::Time now) {
  v1::Webhook out;
  out.set_webhook_id(w.webhook_id);
  out.set_url(w.url);
  for (absl::string_view type : absl::StrSplit(w.event_types, ',')) out.add_event_types(std::string(type));
  out.set_description(w.description);
  out.set_body_template(w.body_template);
  out.set_content_type(w.content_type);
  out.set_filter(w.filter);
  out.set_state(static_cast<v1::WebhookState::Code>(w.state));
  out.set_disable_reason(static_cast<v1::DisableReason::Code>(w.disable_reason));
  if (standing.failing_since) SetTime(*standing.failing_since, out.mutable_failing_since());
  if (w.old_secret_expires_at && now < *w.old_secret_expires_at)
    SetTime(*w.old_secret_expires_at, out.mutable_old_secret_expire_time());
  out.set_pending(static_cast<int32_t>(standing.pending));
  out.set_revision(w.revision);
  SetTime(w.created_at, out.mutable_create_time());
  SetTime(w.updated_at, out.mutable_update_time());
  return out;
}

v1::Delivery ToProto(const LoggedDelivery& d, int64_t give_up_before) {
  v1::Delivery out;
  out.ParseFromString(d.row.attempts);
  out.set_delivery_id(
      UuidToString(DerivedId(absl::StrCat(d.row.tenant_id, "/", d.row.webhook_id), absl::StrCat("/", d.row.position))));
  out.set_event_id(UuidToString(d.event_id));
  out.set_type(d.type);
  out.set_customer_id(d.subject);
  const bool given_up = d.row.state == v1::DeliveryState::PENDING && d.row.position < give_up_before;
  out.set_state(given_up ? v1::DeliveryState::FAILED : static_cast<v1::DeliveryState::Code>(d.row.state));
  if (d.row.due_at && !given_up) SetTime(*d.row.due_at, out.mutable_next_attempt_time());
  out.set_replay(d.row.replay);
  SetTime(d.row.created_at, out.mutable_create_time());
  return out;
}

}  // namespace hoiam::gateway
