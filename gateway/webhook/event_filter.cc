#include "gateway/webhook/event_filter.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "gateway/webhook/event_types.h"
#include "platform/base/filter_match.h"

namespace hoiam::gateway {
namespace {

using Kind = FilterFieldKind;
using loop::v1::Case;
using loop::v1::CaseKind;
using loop::v1::CaseState;
using loop::v1::Priority;

std::vector<std::string> NamesOf(const google::protobuf::EnumDescriptor* e) {
  std::vector<std::string> names;
  for (int i = 0; i < e->value_count(); ++i)
    if (e->value(i)->number() != 0) names.push_back(e->value(i)->name());
  return names;
}

// A field, and which fields of EventData it is read from.
struct Source {
  MatchField field;
  std::vector<absl::string_view> from;  // empty: every event has it
};

const std::vector<Source>& Sources() {
  static const auto* sources = new std::vector<Source>{
      {{"type", Kind::kText, {kEventTypes.begin(), kEventTypes.end()}}, {}},
      {{"customer", Kind::kText, {}}, {}},
      {{"team", Kind::kText, {}}, {"case", "response"}},
      {{"priority", Kind::kText, NamesOf(Priority::Code_descriptor())}, {"case"}},
      {{"kind", Kind::kText, NamesOf(CaseKind::Code_descriptor())}, {"case"}},
      {{"state", Kind::kText, NamesOf(CaseState::Code_descriptor())}, {"case"}},
      {{"touchpoint", Kind::kPath, {}}, {"case", "response", "interaction"}},
      {{"shop", Kind::kText, {}}, {"case", "response"}},
      {{"metric", Kind::kText, {}}, {"case", "response"}},
      {{"score", Kind::kInteger, {}}, {"case", "response"}},
  };
  return *sources;
}

FieldValue TextOf(absl::string_view text) {
  if (text.empty()) return std::monostate();
  return text;
}

FieldValue PathOf(absl::string_view text) {
  if (text.empty()) return std::monostate();
  return PathText{text};
}

FieldValue OfCase(const Case& c, absl::string_view field) {
  if (field == "team") return TextOf(c.team());
  if (field == "priority") return TextOf(Priority::Code_Name(c.priority()));
  if (field == "kind") return TextOf(CaseKind::Code_Name(c.kind()));
  if (field == "state") return TextOf(CaseState::Code_Name(c.state()));
  if (field == "touchpoint") return PathOf(c.touchpoint());
  if (field == "shop") return TextOf(c.shop());
  if (c.answers().empty()) return std::monostate();
  const loop::v1::CaseAnswer& opened = c.answers(0);
  if (field == "metric") return TextOf(opened.metric());
  if (field == "score" && (!opened.has_scored() || opened.scored())) return static_cast<double>(opened.score());
  return std::monostate();
}

FieldValue OfResponse(const survey::v1::Response& r, absl::string_view field) {
  if (field == "team") return TextOf(r.touchpoint_team().empty() ? r.owner_team() : r.touchpoint_team());
  if (field == "touchpoint") return PathOf(r.touchpoint());
  if (field == "shop") return TextOf(r.shop());
  if (field == "metric") return TextOf(r.metric());
  if (field == "score" && r.has_score()) return static_cast<double>(r.score());
  return std::monostate();
}

FieldValue Of(const v1::PublicEvent& event, absl::string_view field) {
  const v1::EventData& data = event.data();
  if (field == "type") return TextOf(event.type());
  if (field == "customer") return TextOf(data.customer_id());
  if (data.has_case_()) return OfCase(data.case_(), field);
  if (data.has_response()) return OfResponse(data.response(), field);
  if (data.has_interaction() && field == "touchpoint") return PathOf(data.interaction().touchpoint());
  return std::monostate();
}

void CheckHeld(const Filter& filter, const std::vector<absl::string_view>& event_types, absl::string_view field,
               Violations& v) {
  for (const Filter& part : filter.parts) CheckHeld(part, event_types, field, v);
  if (filter.kind != Filter::Kind::kCompare) return;
  const auto source =
      std::find_if(Sources().begin(), Sources().end(), [&](const Source& s) { return s.field.name == filter.field; });
  if (source == Sources().end() || source->from.empty()) return;
  const bool held = std::any_of(event_types.begin(), event_types.end(), [&](absl::string_view type) {
    return std::any_of(source->from.begin(), source->from.end(),
                       [&](absl::string_view from) { return CanHold(type, from); });
  });
  if (!held)
    v.Add(field, "INVALID_FILTER", absl::StrCat("'", filter.said, "' is in no event of these types"),
          {{"position", absl::StrCat(filter.position)}});
}

}  // namespace

void CheckEventFilter(absl::string_view text, const std::vector<absl::string_view>& event_types,
                      absl::string_view field, Violations& v) {
  std::vector<MatchField> fields;
  for (const Source& s : Sources()) fields.push_back(s.field);
  const auto filter = ParseFilter(text);
  const absl::Status wrong = filter.ok() ? CheckFilter(*filter, fields) : filter.status();
  if (wrong.ok()) return CheckHeld(*filter, event_types, field, v);
  const auto detail = DetailOf(wrong);
  for (const Violation& violation : detail->violations)
    v.Add(field, violation.reason, violation.description, violation.metadata);
}

bool Passes(absl::string_view text, const v1::PublicEvent& event) {
  if (text.empty()) return true;
  const auto filter = ParseFilter(text);
  return filter.ok() && Matches(*filter, [&](const Filter& c) { return Of(event, c.field); });
}

}  // namespace hoiam::gateway
