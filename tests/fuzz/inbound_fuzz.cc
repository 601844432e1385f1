// Inbound mappings: a body under fixed mappings, and a mapping of the fuzzer's own over a fixed body. Whatever is said
// to be right can be sent, and everything else says where it is wrong.
#include "absl/strings/match.h"
#include "gateway/inbound/json_tree.h"
#include "gateway/inbound/mapping.h"
#include "gateway/inbound/values.h"
#include "platform/base/decimal.h"
#include "platform/base/text.h"
#include "platform/json/reader.h"
#include "tests/fuzz/fuzz.h"

namespace hoiam::gateway {
namespace {

constexpr char kNested[] =
    R"({"items":"/Notifications/*/Data/*","timeZone":"Asia/Ho_Chi_Minh","conditions":[{"path":"/Status","values":["1"]}],
        "fields":[{"field":"interactionId","path":"/Code","prefix":"kv-"},{"field":"customerId","path":"/CustomerCode"},
        {"field":"type","constant":"PURCHASE"},{"field":"occurredAt","path":"/PurchaseDate"},
        {"field":"amount","path":"/Total"},{"field":"currency","constant":"VND"},
        {"field":"customer.displayName","path":"/CustomerName"},{"field":"properties.attempt","path":"//Attempt"}]})";
constexpr char kFlat[] =
    R"({"fields":[{"field":"interactionId","path":"/id"},{"field":"customerId","path":"/c/0/id"},
        {"field":"type","path":"/type","constant":"ORDER"},{"field":"occurredAt","path":"/at"},
        {"field":"customer.lifecycle","path":"/life"},{"field":"properties.x","path":"/x"}]})";
constexpr char kBody[] =
    R"({"Attempt":1,"a":{"b":[1,"2",true,null,{"c~/":"x"}]},"list":[{"id":"A","at":"2026-11-21T10:00:00+07:00","n":1.50},
        {"id":"B","at":"2026-11-21T10:00:00.1234567","n":"7"}],"id":"Z","at":"2026-11-21 10:00:00Z","n":1250000})";

Mapping Read(absl::string_view json, Violations& v) {
  v1::Inbound inbound;
  json::ReadObject(std::string(json), inbound, v);
  return v.empty() ? ReadMapping(inbound, "inbound.", v) : Mapping();
}

void CheckItem(const JsonNode& root, const MappedItem& item) {
  std::vector<std::string> tokens;
  FUZZ_CHECK(ParsePointer(item.path, tokens) && FindIn(root, tokens));
  if (item.passed_over) {
    FUZZ_CHECK(item.status.ok() && item.interaction.ByteSizeLong() == 0);
    return;
  }
  if (!item.status.ok()) {
    fuzz::CheckRefusal(item.status);
    const auto detail = DetailOf(item.status);
    for (const Violation& v : detail->violations) FUZZ_CHECK(v.metadata.contains("path"));
    return;
  }
  const auto& q = item.interaction;
  Violations v;
  CheckClientId(q.interaction_id(), "i", v);
  CheckClientId(q.customer_id(), "c", v);
  CheckUpperSnake(q.type(), "t", v);
  FUZZ_CHECK(v.empty() && q.has_occurred_at() && q.amount().empty() == q.currency().empty());
  if (!q.amount().empty()) {
    const auto amount = Decimal::ParseAmount(q.amount());
    FUZZ_CHECK(amount && amount->ToString() == q.amount());
  }
  hoiam::survey::v1::RecordInteractionRequest copy;  // its text is UTF-8: protobuf refuses to read anything else
  FUZZ_CHECK(copy.ParseFromString(q.SerializeAsString()));
}

void CheckBody(const Mapping& mapping, absl::string_view body) {
  const auto root = ParseJson(body);
  const auto items = MapBody(mapping, body);
  if (!items.ok()) return fuzz::CheckRefusal(items.status());
  FUZZ_CHECK(root.ok() && items->size() <= json::kMaxItems);
  for (const MappedItem& item : *items) CheckItem(*root, item);
}

void CheckValues(absl::string_view text) {
  if (const auto number = PlainNumber(text)) {
    const auto amount = Decimal::ParseAmount(*number);
    FUZZ_CHECK(amount && amount->ToString() == *number && PlainNumber(*number) == number);
  }
  if (const auto amount = Decimal::ParseAmount(text)) FUZZ_CHECK(PlainNumber(text) == amount->ToString());
  const absl::TimeZone utc = absl::UTCTimeZone();
  const auto bare = ReadTime(text, nullptr), in_utc = ReadTime(text, &utc);
  FUZZ_CHECK(!bare || (in_utc && bare->seconds() == in_utc->seconds() && bare->nanos() == in_utc->nanos()));
}

}  // namespace
}  // namespace hoiam::gateway

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;           // NOLINT
  using namespace hoiam::gateway;  // NOLINT
  static const auto* mappings = [] {
    Violations v;
    auto* out = new std::vector<Mapping>{Read(kNested, v), Read(kFlat, v)};
    FUZZ_CHECK(v.empty());
    return out;
  }();
  fuzz::Input input(data, size);
  const uint8_t which = input.Byte() % 4;
  if (which < 2) return CheckBody((*mappings)[which], input.rest()), 0;
  if (which == 2) return CheckValues(input.rest()), 0;
  Violations v;
  const Mapping mapping = Read(input.rest(), v);
  if (!v.empty()) return fuzz::CheckRefusal(v), 0;
  CheckBody(mapping, kBody);
  return 0;
}
