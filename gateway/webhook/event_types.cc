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

using loop::v1::CaseHistoryEntry;

// What the system and the customer do to a case, and what that is called outside.
struct CaseAction {
  absl::string_view action, type;
};
constexpr CaseAction kCaseActions[] = {
    {"open", "case.opened"},
    {"attach", "case.enriched"},
    {"amend", "case.enriched"},
    {"due", "case.due"},
    {"overdue", "case.overdue"},
    {"escalate", "case.escalated"},
    {"customer_message", "case.replied"},
    {"said_twice", "case.said_twice"},
    {"fix_failed", "case.fix_failed"},
};

// "" for what is nobody's business outside.
absl::string_view TypeOf(const CaseHistoryEntry& line) {
  for (const CaseAction& a : kCaseActions)
    if (a.action == line.action()) return a.type;
  return line.from() != line.to() || line.action() == "assign" ? "case.moved" : "";
}

// The note of a line about a deadline names it.
std::string OfDeadline(const loop::v1::Case& c, const CaseHistoryEntry& line) {
  const absl::string_view how = line.action() == "overdue" ? "not " : "to be ";
  const auto by = [](const google::protobuf::Timestamp& t) { return absl::StrCat(" by ", json::FormatTimestamp(t)); };
  if (line.note() == "ACKNOWLEDGE") return absl::StrCat(how, "acknowledged", by(c.acknowledge_by()));
  if (line.note() == "CONTACT") return absl::StrCat("customer ", how, "contacted", by(c.contact_by()));
  if (line.note() == "RESOLVE") return absl::StrCat(how, "resolved", by(c.resolve_by()));
  return line.note();
}

void OfLine(const loop::v1::Case& c, const CaseHistoryEntry& line, Found& found) {
  const absl::string_view type = TypeOf(line);
  if (type.empty()) return;
  v1::EventData& data = found.Add(type);
  *data.mutable_case_() = c;
  if (line.action() == "overdue" || line.action() == "due")
    data.set_text(OfDeadline(c, line));
  else if (type != "case.opened" && type != "case.moved" && !line.note().empty())
    data.set_text(line.note());
}

void OfCase(const loop::v1::Case& c, Found& found) {
  const int lines = c.history_size();
  if (lines == 0) return;
  const CaseHistoryEntry& last = c.history(lines - 1);
  if (last.action() == "said_twice" && lines > 1 && TypeOf(c.history(lines - 2)) == "case.moved")
    OfLine(c, c.history(lines - 2), found);
  OfLine(c, last, found);
}

}  // namespace

bool CanAskFor(absl::string_view type) {
  return std::any_of(kEventTypes.begin(), kEventTypes.end(), [&](const char* t) { return t == type; });
}

bool CanHold(absl::string_view type, absl::string_view field) {
  const absl::string_view about = type.substr(0, type.find('.'));
  if (field == "customerId" || field == "testMode") return true;
  if (about == "score")
    return field == "response" || field == "band" || field == "previousBand" || field == "previousScore";
  if (type == "invitation.created" &&
      (field == "phone" || field == "email" || field == "accentedText" || field == "qr"))
    return true;
  if (field == "text")
    return type == "invitation.created" || (about == "case" && type != "case.opened" && type != "case.moved");
  return about != "customer" && field == about;  // interaction, invitation, response, case, webhook
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
