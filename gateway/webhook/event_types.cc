#include "gateway/webhook/event_types.h"

#include <algorithm>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "platform/base/crypto.h"
#include "platform/base/ids.h"
#include "platform/json/well_known.h"

namespace hoiam::gateway {
namespace {

using event::v1::Event;
using survey::v1::Effects;

// The events of one internal event, as they are found.
class Found {
 public:
  explicit Found(const Event& e) : e_(e) {}

  v1::EventData& Add(absl::string_view type) {
    v1::PublicEvent& p = events_.emplace_back();
    p.set_id(UuidToString(events_.size() == 1 ? e_.event_id() : DerivedId(e_.event_id(), type)));
    p.set_type(std::string(type));
    *p.mutable_timestamp() = e_.occurred_at();
    p.mutable_data()->set_customer_id(e_.subject());
    p.mutable_data()->set_test_mode(IsTestMode(e_.tenant_id()));
    return *p.mutable_data();
  }
  std::vector<v1::PublicEvent> Take() { return std::move(events_); }

 private:
  const Event& e_;
  std::vector<v1::PublicEvent> events_;
};

void OfInteraction(const event::v1::InteractionChanged& c, Found& found) {
  if (c.interaction().revision() != 1 || c.effects() == Effects::RECORD_ONLY) return;
  *found.Add("interaction.recorded").mutable_interaction() = c.interaction();
}

// The CRM is told to send what it is to send, when it is to: not what is mailed from here, not what waits for its time
// (it is CREATED when that has come, and in no later change), and not the link on a receipt, which somebody has in
// hand.
bool IsToBeSent(const survey::v1::Invitation& i) {
  if (i.state() != survey::v1::InvitationState::CREATED || i.customer_id().empty()) return false;
  if (i.channel() == survey::v1::DeliveryChannel::EMAIL) return false;
  return i.revision() == 1 || i.has_send_time();
}

void OfInvitation(const survey::v1::Invitation& i, Found& found) {
  if (IsToBeSent(i))
    *found.Add("invitation.created").mutable_invitation() = i;
  else if (i.state() == survey::v1::InvitationState::SENT && i.reminder_times().empty())
    *found.Add("invitation.sent").mutable_invitation() = i;
}

void OfResponse(const event::v1::ResponseChanged& c, Found& found) {
  const survey::v1::Response& r = c.response();
  if (r.effects() != Effects::FULL) return;
  const bool amended = r.revision() > 1;
  *found.Add(amended ? "response.amended" : "response.submitted").mutable_response() = r;
  const std::string& before = amended ? c.replaced_band() : c.previous_band();
  if (r.voided() || c.band().empty() || before.empty() || before == c.band()) return;
  v1::EventData& data = found.Add("score.band_changed");
  *data.mutable_response() = r;
  data.set_band(c.band());
  data.set_previous_band(before);
  data.set_previous_score(amended ? c.replaced_score() : c.previous_score());
}

// The note of an "overdue" line names the deadline that was missed.
std::string WhatIsOverdue(const loop::v1::Case& c, absl::string_view deadline) {
  const auto said = [](absl::string_view what, const google::protobuf::Timestamp& by) {
    return absl::StrCat(what, " by ", json::FormatTimestamp(by));
  };
  if (deadline == "ACKNOWLEDGE") return said("not acknowledged", c.acknowledge_by());
  if (deadline == "CONTACT") return said("customer not contacted", c.contact_by());
  if (deadline == "RESOLVE") return said("not resolved", c.resolve_by());
  return std::string(deadline);
}

void OfCase(const loop::v1::Case& c, Found& found) {
  if (c.version() == 1) {
    *found.Add("case.opened").mutable_case_() = c;
    return;
  }
  if (c.history().empty()) return;
  const loop::v1::CaseHistoryEntry& last = *c.history().rbegin();
  if (last.action() == "overdue") {
    v1::EventData& data = found.Add("case.overdue");
    *data.mutable_case_() = c;
    data.set_text(WhatIsOverdue(c, last.note()));
  } else if (last.from() != last.to() || last.action() == "assign") {
    *found.Add("case.moved").mutable_case_() = c;
  }
}

}  // namespace

bool CanAskFor(absl::string_view type) {
  return std::any_of(kEventTypes.begin(), kEventTypes.end(), [&](const char* t) { return t == type; });
}

std::vector<v1::PublicEvent> PublicEventsOf(const Event& e) {
  Found found(e);
  switch (e.kind_case()) {
    case Event::kInteraction:
      OfInteraction(e.interaction(), found);
      break;
    case Event::kCustomer:
      if (e.customer().just_unsubscribed()) found.Add("customer.unsubscribed");
      break;
    case Event::kInvitation:
      OfInvitation(e.invitation().invitation(), found);
      break;
    case Event::kResponse:
      OfResponse(e.response(), found);
      break;
    case Event::kCase:
      OfCase(e.case_().case_(), found);
      break;
    case Event::kUsage:   // is in the history
    case Event::kMetric:  // GET /v1/metrics
    case Event::KIND_NOT_SET:
      break;
  }
  return found.Take();
}

std::string DerivedId(absl::string_view event_id, absl::string_view type) {
  std::string id = Sha256(absl::StrCat(event_id, type)).substr(0, 16);
  id[6] = static_cast<char>((id[6] & 0x0F) | 0x80);
  id[8] = static_cast<char>((id[8] & 0x3F) | 0x80);
  return id;
}

bool IsTestMode(absl::string_view tenant) { return absl::EndsWith(tenant, "~test"); }

}  // namespace hoiam::gateway
