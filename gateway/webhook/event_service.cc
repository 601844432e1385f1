#include "gateway/webhook/event_service.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/store/events.h"
#include "gateway/webhook/event_types.h"
#include "platform/base/ids.h"
#include "platform/base/page_token.h"
#include "platform/base/status.h"
#include "platform/rpc/tenant_db.h"

namespace hoiam::gateway {
namespace {

absl::Status UnknownEvent() {
  Violations v;
  v.Add("after", "UNKNOWN_EVENT", "must be the id of an event that is still kept (30 days)");
  return v.ToStatus();
}

}  // namespace

absl::StatusOr<v1::ListEventsResponse> EventService::List(const rpc::CallContext& ctx,
                                                          const v1::ListEventsRequest& request) {
  Violations v;
  for (int i = 0; i < request.types_size(); ++i)
    if (!CanAskFor(request.types(i)) && request.types(i) != kWebhookTest)
      v.Add(absl::StrCat("types[", i, "]"), "UNKNOWN_EVENT_TYPE",
            absl::StrCat("must be one of ", absl::StrJoin(kEventTypes, ", "), ", ", kWebhookTest));
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const int size, CheckPageSize(request.page_size()));

  v1::ListEventsResponse response;
  {
    HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(pool_, ctx));
    int64_t after = 0;
    if (!request.after().empty()) {
      const auto id = ParseUuid(request.after());
      if (!id) return UnknownEvent();
      HOIAM_ASSIGN_OR_RETURN(const auto seq, FindEventSeq(db, *id));
      if (!seq) return UnknownEvent();
      after = *seq;
    }
    HOIAM_ASSIGN_OR_RETURN(const EventPage page, ReadEventsAfter(db, after, absl::StrJoin(request.types(), ","), size));
    response.set_next_after(page.last_id.empty() ? request.after() : UuidToString(page.last_id));
    for (const PublicEventRow& row : page.events)
      if (!response.add_events()->ParseFromString(row.body))
        return absl::InternalError("a stored event cannot be read");
  }
  std::vector<v1::PublicEvent*> events;
  for (v1::PublicEvent& e : *response.mutable_events()) events.push_back(&e);
  HOIAM_RETURN_IF_ERROR(messages_.CompleteAll(ctx, std::move(events)));
  return response;
}

}  // namespace hoiam::gateway
