// Query strings (and bodies) against every route: what is bound can be written as a query again and binds the same.
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/message_differencer.h>

#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "gateway/route/bind.h"
#include "gateway/route/route_table.h"
#include "platform/json/fields.h"
#include "platform/json/well_known.h"
#include "tests/fuzz/fuzz.h"

namespace hoiam::gateway {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::unique_ptr<Message> NewRequest(const Route& route) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(route.method->input_type())->New());
}

// A value as a query gives it, percent-encoded.
std::string Text(const Message& m, const FieldDescriptor* f, int index) {
  const auto& r = *m.GetReflection();
  const bool rep = f->is_repeated();
  std::string raw;
  switch (f->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      raw = rep ? r.GetRepeatedString(m, f, index) : r.GetString(m, f);
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      raw = rep ? r.GetRepeatedEnum(m, f, index)->name() : r.GetEnum(m, f)->name();
      break;
    case FieldDescriptor::CPPTYPE_INT32:
      raw = absl::StrCat(rep ? r.GetRepeatedInt32(m, f, index) : r.GetInt32(m, f));
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      raw = absl::StrCat(rep ? r.GetRepeatedInt64(m, f, index) : r.GetInt64(m, f));
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      raw = (rep ? r.GetRepeatedBool(m, f, index) : r.GetBool(m, f)) ? "true" : "false";
      break;
    default: {
      const Message& sub = rep ? r.GetRepeatedMessage(m, f, index) : r.GetMessage(m, f);
      if (const auto* time = google::protobuf::DynamicCastToGenerated<google::protobuf::Timestamp>(&sub))
        raw = json::FormatTimestamp(*time);
      else if (const auto* wait = google::protobuf::DynamicCastToGenerated<google::protobuf::Duration>(&sub))
        raw = json::FormatDuration(*wait);
      else if (const auto* mask = google::protobuf::DynamicCastToGenerated<google::protobuf::FieldMask>(&sub))
        raw = json::FormatFieldMask(*mask);
      else
        FUZZ_CHECK(!"a query gives no other message");
    }
  }
  std::string out;
  for (unsigned char c : raw)
    absl::ascii_isalnum(c) ? out += static_cast<char>(c) : out += absl::StrFormat("%%%02X", c);
  return out;
}

std::string WriteQuery(const Message& m) {
  std::vector<const FieldDescriptor*> fields;
  m.GetReflection()->ListFields(m, &fields);
  std::vector<std::string> parts;
  for (const FieldDescriptor* f : fields) {
    const int n = f->is_repeated() ? m.GetReflection()->FieldSize(m, f) : 1;
    for (int i = 0; i < n; ++i) parts.push_back(absl::StrCat(f->json_name(), "=", Text(m, f, i)));
  }
  return absl::StrJoin(parts, "&");
}

}  // namespace
}  // namespace hoiam::gateway

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;           // NOLINT
  using namespace hoiam::gateway;  // NOLINT
  static const auto* routes = new RouteTable(*RouteTable::Build(LinkedServices()));
  fuzz::Input input(data, size);
  const Route& route = *routes->routes()[input.Byte() % routes->routes().size()];
  std::vector<std::string> variables;
  for (const auto& segment : route.segments)
    if (!segment.field.empty()) variables.push_back("a/b");
  const absl::string_view query = input.Line();
  const auto message = NewRequest(route);
  const absl::Status bound = BindRequest(route, variables, query, std::string(input.rest()), *message);
  if (!bound.ok()) return fuzz::CheckRefusal(bound), 0;
  if (route.body != Route::Body::kNone) {
    // A PATCH never has an empty mask made for it, which would mean "change nothing" or "clear everything".
    if (route.mask_field && message->GetReflection()->HasField(*message, route.mask_field)) {
      FUZZ_CHECK(message->GetReflection()->GetMessage(*message, route.mask_field).ByteSizeLong() > 0);
    }
    return 0;
  }
  FUZZ_CHECK(input.rest().empty());  // a body where none is taken
  const auto again = NewRequest(route);
  std::string written;
  {  // the path gives its variables
    const auto rest = NewRequest(route);
    rest->CopyFrom(*message);
    for (const auto& segment : route.segments)
      if (!segment.field.empty()) rest->GetReflection()->ClearField(rest.get(), segment.field.front());
    written = WriteQuery(*rest);
  }
  FUZZ_CHECK(BindRequest(route, variables, written, "", *again).ok());
  FUZZ_CHECK(google::protobuf::util::MessageDifferencer::Equals(*message, *again));
  return 0;
}
