// What is told to the outside: which of the services' events, under which type and id.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "hoiam/event/v1/event.pb.h"
#include "hoiam/gateway/v1/webhook_service.pb.h"

namespace hoiam::gateway {

inline constexpr char kWebhookDisabled[] = "webhook.disabled";
inline constexpr char kWebhookTest[] = "webhook.test";  // goes to the one webhook it was asked for

// What a webhook can ask for.
inline constexpr std::array kEventTypes = {
    "interaction.recorded",  "invitation.created", "invitation.sent", "response.submitted", "response.amended",
    "case.opened",           "case.moved",         "case.enriched",   "case.due",           "case.overdue",
    "case.escalated",        "case.replied",       "case.said_twice", "case.fix_failed",    "score.band_changed",
    "customer.unsubscribed", kWebhookDisabled};

bool CanAskFor(absl::string_view type);

// Whether an event of this type can hold a field of EventData, in JSON's spelling.
bool CanHold(absl::string_view type, absl::string_view data_field);

// The public events that one event of survey_service or loop_service is, in order; none for what is nobody's business
// outside: history that was imported, a case's note, a customer's segment. A line of a case's history has one type;
// what was said twice comes out with the move that named the cause, and is told after it. The first has the event's own
// id, a second one its DerivedId. Holds no link, phone, mail address or text for sending.
std::vector<v1::PublicEvent> PublicEventsOf(const event::v1::Event& event);

// 16 bytes in the form of a UUID (version 8), the same for the same event and type.
std::string DerivedId(absl::string_view event_id, absl::string_view type);

// "demo~test" is the test mode of "demo".
bool IsTestMode(absl::string_view tenant);

}  // namespace hoiam::gateway
