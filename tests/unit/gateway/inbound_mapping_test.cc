// Bodies of tills and shops into interactions.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/inbound/mapping.h"
#include "gateway/limits.h"
#include "platform/json/reader.h"
#include "platform/json/well_known.h"
#include "tests/support/matchers.h"

namespace hoiam::gateway {
namespace {

using hoiam::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

v1::Inbound Parse(const std::string& json) {
  v1::Inbound inbound;
  Violations v;
  json::ReadObject(json, inbound, v);
  EXPECT_TRUE(v.empty()) << v.ToStatus();
  return inbound;
}

// Field and reason of every violation.
std::vector<std::string> Wrong(const absl::Status& status) {
  std::vector<std::string> out;
  const auto detail = DetailOf(status);
  if (detail)
    for (const Violation& v : detail->violations) out.push_back(absl::StrCat(v.field, " ", v.reason));
  return out;
}

std::vector<std::string> WrongMapping(const std::string& json) {
  Violations v;
  ReadMapping(Parse(json), "inbound.", v);
  return Wrong(v.ToStatus());
}

// A flat body; `more` is further fields of the mapping.
std::string Flat(const std::string& more = "", const std::string& rest = "") {
  return absl::StrCat(R"({"fields":[{"field":"interactionId","path":"/id"},{"field":"customerId","path":"/who"},)",
                      R"({"field":"type","constant":"PURCHASE"},{"field":"occurredAt","path":"/at"})", more, "]", rest,
                      "}");
}

Mapping Good(const std::string& json) {
  Violations v;
  Mapping m = ReadMapping(Parse(json), "", v);
  EXPECT_TRUE(v.empty()) << v.ToStatus();
  return m;
}

std::vector<MappedItem> Map(const std::string& mapping, const std::string& body) {
  auto items = MapBody(Good(mapping), body);
  EXPECT_THAT(items, IsOk());
  return items.ok() ? *std::move(items) : std::vector<MappedItem>();
}

// The one item of a flat body with these further members.
MappedItem One(const std::string& more_fields, const std::string& more_body, const std::string& rest = "") {
  const auto items = Map(Flat(more_fields, rest),
                         absl::StrCat(R"({"id":"A1","who":"K1","at":"2026-11-21T10:00:00Z")", more_body, "}"));
  EXPECT_THAT(items, SizeIs(1));
  return items.empty() ? MappedItem() : items[0];
}

std::string At(const std::string& time, const std::string& zone) {
  const auto items = Map(Flat("", zone.empty() ? "" : absl::StrCat(R"(,"timeZone":")", zone, "\"")),
                         absl::StrCat(R"({"id":"A1","who":"K1","at":)", time, "}"));
  if (items.size() != 1 || !items[0].status.ok()) return Wrong(items.at(0).status).at(0);
  return json::FormatTimestamp(items[0].interaction.occurred_at());
}

std::string Amount(const std::string& written) {
  const MappedItem item =
      One(R"(,{"field":"amount","path":"/total"},{"field":"currency","constant":"VND"})", R"(,"total":)" + written);
  return item.status.ok() ? item.interaction.amount() : Wrong(item.status).at(0);
}

TEST(InboundMappingTest, ItemsAreFoundThroughListsWithinLists) {
  const auto items = Map(
      R"({"items":"/Notifications/*/Data/*","fields":[{"field":"interactionId","path":"/Id","prefix":"kv-"},
          {"field":"customerId","path":"/Customer/Code"},{"field":"type","constant":"PURCHASE"},
          {"field":"occurredAt","path":"/At"},{"field":"properties.try","path":"//Attempt"}]})",
      R"({"Attempt":3,"Notifications":[
          {"Data":[{"Id":1,"Customer":{"Code":"K1"},"At":"2026-11-21T10:00:00Z"},
                   {"Id":2,"Customer":{"Code":"K2"},"At":"2026-11-21T11:00:00Z"}]},
          {"Data":[]},
          {"Data":[{"Id":3,"Customer":{"Code":"K3"},"At":"2026-11-21T12:00:00Z"}]}]})");
  ASSERT_THAT(items, SizeIs(3));
  EXPECT_EQ(items[0].path, "/Notifications/0/Data/0");
  EXPECT_EQ(items[1].path, "/Notifications/0/Data/1");
  EXPECT_EQ(items[2].path, "/Notifications/2/Data/0");
  for (const MappedItem& item : items) EXPECT_THAT(item.status, IsOk());
  EXPECT_EQ(items[1].interaction.interaction_id(), "kv-2");
  EXPECT_EQ(items[1].interaction.customer_id(), "K2");
  EXPECT_EQ(items[2].interaction.properties().at("try").number_value(), 3);
}

TEST(InboundMappingTest, ABodyWithoutItemsGivesNone) {
  const std::string mapping = R"({"items":"/a/*","fields":[{"field":"interactionId","path":"/i"},
      {"field":"customerId","path":"/c"},{"field":"type","constant":"A"},{"field":"occurredAt","path":"/t"}]})";
  EXPECT_THAT(Map(mapping, "{}"), IsEmpty());
  EXPECT_THAT(Map(mapping, R"({"a":[]})"), IsEmpty());
  EXPECT_THAT(Map(mapping, R"({"a":{"x":{}}})"), IsEmpty());
  EXPECT_THAT(Map(mapping, "7"), IsEmpty());
}

TEST(InboundMappingTest, AmountsKeepEveryDigitTheyWereWrittenWith) {
  EXPECT_EQ(Amount("1250000"), "1250000");
  EXPECT_EQ(Amount("\"1250000\""), "1250000");
  EXPECT_EQ(Amount("1250000.0000000"), "1250000");
  EXPECT_EQ(Amount("999999999999.999999"), "999999999999.999999");
  EXPECT_EQ(Amount("0.1"), "0.1");
  EXPECT_EQ(Amount("1.25E+6"), "1250000");
  EXPECT_EQ(Amount("125e-2"), "1.25");
  EXPECT_EQ(Amount("-50000"), "-50000");
  EXPECT_EQ(Amount("-0.0"), "0");
  EXPECT_EQ(Amount("0"), "0");
}

TEST(InboundMappingTest, WhatIsNoAmountIsRefusedByItsField) {
  for (const char* bad : {"\"1,250,000\"", "\"1.250.000\"", "\"12 VND\"", "0.1234567", "1234567890123456789", "1e30",
                          "true", "\".5\"", "\"5.\"", "\"+5\"", "\"--5\"", "\"1e\"", "\"1e+-5\"", "\"0x10\""})
    EXPECT_EQ(Amount(bad), "amount INVALID_AMOUNT") << bad;
  EXPECT_EQ(Amount("[1]"), "amount WRONG_TYPE");
  EXPECT_EQ(Amount("{}"), "amount WRONG_TYPE");
}

TEST(InboundMappingTest, ACostIsAnAmountTooAndNeedsTheCurrencyOnly) {
  const auto item =
      One(R"(,{"field":"cost","path":"/cost"},{"field":"currency","constant":"VND"})", R"(,"cost":2.5E+5)");
  ASSERT_THAT(item.status, IsOk());
  EXPECT_EQ(item.interaction.cost(), "250000");
  EXPECT_THAT(WrongMapping(Flat(R"(,{"field":"cost","path":"/cost"})")), ElementsAre("inbound.fields REQUIRED"));
}

TEST(InboundMappingTest, TimesWithoutAZoneAreInThatOfTheMapping) {
  EXPECT_EQ(At("\"2026-11-21T10:00:00\"", "Asia/Ho_Chi_Minh"), "2026-11-21T03:00:00Z");
  EXPECT_EQ(At("\"2026-11-21T10:00:00.1230000\"", "Asia/Ho_Chi_Minh"), "2026-11-21T03:00:00.123Z");
  EXPECT_EQ(At("\"2026-11-21 10:00:00\"", "Asia/Ho_Chi_Minh"), "2026-11-21T03:00:00Z");
  EXPECT_EQ(At("\"2026-11-21T10:00:00.0000000+07:00\"", ""), "2026-11-21T03:00:00Z");
  EXPECT_EQ(At("\"2026-11-21T10:00:00.0000000+07:00\"", "Europe/Berlin"), "2026-11-21T03:00:00Z");
  EXPECT_EQ(At("\"2026-11-21T10:00:00+0700\"", ""), "2026-11-21T03:00:00Z");
  EXPECT_EQ(At("\"2026-11-21T10:00:00Z\"", "Asia/Ho_Chi_Minh"), "2026-11-21T10:00:00Z");
  // Winter and summer; an hour that the change of clocks leaves out is read as before it.
  EXPECT_EQ(At("\"2026-01-21T10:00:00\"", "Europe/Berlin"), "2026-01-21T09:00:00Z");
  EXPECT_EQ(At("\"2026-07-21T10:00:00\"", "Europe/Berlin"), "2026-07-21T08:00:00Z");
  EXPECT_EQ(At("\"2026-03-29T02:30:00\"", "Europe/Berlin"), "2026-03-29T01:30:00Z");
}

TEST(InboundMappingTest, WhatIsNoTimeIsRefused) {
  for (const char* bad : {"\"2026-11-21\"", "\"21/11/2026 10:00:00\"", "1795254000", "\"2026-02-30T10:00:00Z\"",
                          "\"2026-11-21T25:00:00\"", "\"2026-11-21T10:00:00 +07:00\"", "\"2026-11-21T10:00\"", "true"})
    EXPECT_EQ(At(bad, "Asia/Ho_Chi_Minh"), "occurredAt INVALID_TIME") << bad;
  EXPECT_EQ(At("\"2026-11-21T10:00:00\"", ""), "occurredAt INVALID_TIME");
  EXPECT_EQ(At("null", "Asia/Ho_Chi_Minh"), "occurredAt REQUIRED");
}

TEST(InboundMappingTest, IdsAreTakenAsTheyAreWritten) {
  const auto items = Map(Flat(), R"({"id":12345678901234567890,"who":"Khách 7","at":"2026-11-21T10:00:00Z"})");
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(items[0].interaction.interaction_id(), "12345678901234567890");
  EXPECT_EQ(items[0].interaction.customer_id(), "Khách 7");
}

TEST(InboundMappingTest, AConstantStandsInForWhatIsNotThere) {
  const std::string fields = R"(,{"field":"touchpoint","path":"/branch","constant":"shop"})";
  EXPECT_EQ(One(fields, R"(,"branch":"q1")").interaction.touchpoint(), "q1");
  EXPECT_EQ(One(fields, "").interaction.touchpoint(), "shop");
  EXPECT_EQ(One(fields, R"(,"branch":null)").interaction.touchpoint(), "shop");
  EXPECT_EQ(One(fields, R"(,"branch":"")").interaction.touchpoint(), "shop");
  // A prefix is for what was found.
  const std::string prefixed = R"(,{"field":"touchpoint","path":"/branch","constant":"shop","prefix":"b-"})";
  EXPECT_EQ(One(prefixed, R"(,"branch":7)").interaction.touchpoint(), "b-7");
  EXPECT_EQ(One(prefixed, "").interaction.touchpoint(), "shop");
}

TEST(InboundMappingTest, AnItemIsPassedOverUnlessAllConditionsHold) {
  const std::string rest =
      R"(,"conditions":[{"path":"/status","values":["1","done"]},{"path":"//paid","values":["true"]}])";
  EXPECT_FALSE(One("", R"(,"status":1,"paid":true)", rest).passed_over);
  EXPECT_FALSE(One("", R"(,"status":"done","paid":"true")", rest).passed_over);
  EXPECT_TRUE(One("", R"(,"status":1,"paid":false)", rest).passed_over);
  EXPECT_TRUE(One("", R"(,"status":1.0,"paid":true)", rest).passed_over) << "numbers are compared as they are written";
  EXPECT_TRUE(One("", R"(,"paid":true)", rest).passed_over);
  EXPECT_TRUE(One("", R"(,"status":[1],"paid":true)", rest).passed_over);
  EXPECT_TRUE(One("", R"(,"status":null,"paid":true)", rest).passed_over);
}

TEST(InboundMappingTest, PropertiesKeepTheirType) {
  const MappedItem item = One(
      R"(,{"field":"properties.s","path":"/s"},{"field":"properties.n","path":"/n"},{"field":"properties.b","path":"/b"},
         {"field":"properties.long","path":"/long"},{"field":"properties.c","constant":"kv"},
         {"field":"properties.p","path":"/n","prefix":"no-"},{"field":"properties.none","path":"/none"},
         {"field":"customer.properties.tier","path":"/s"})",
      R"(,"s":"Quận 1","n":2.50,"b":false,"long":12345678901234567)");
  ASSERT_THAT(item.status, IsOk());
  const auto& p = item.interaction.properties();
  EXPECT_EQ(p.at("s").string_value(), "Quận 1");
  EXPECT_EQ(p.at("n").number_value(), 2.5);
  EXPECT_TRUE(p.at("b").has_bool_value());
  EXPECT_EQ(p.at("long").string_value(), "12345678901234567") << "a double would not hold it";
  EXPECT_EQ(p.at("c").string_value(), "kv");
  EXPECT_EQ(p.at("p").string_value(), "no-2.50");
  EXPECT_FALSE(p.contains("none"));
  EXPECT_EQ(item.interaction.customer().properties().at("tier").string_value(), "Quận 1");
}

TEST(InboundMappingTest, TheCustomerIsOnlySentWithWhatTheBodyKnows) {
  const std::string fields =
      R"(,{"field":"customer.displayName","path":"/name"},{"field":"customer.phone","path":"/phone"})";
  EXPECT_FALSE(One(fields, "").interaction.has_customer());
  EXPECT_FALSE(One(fields, R"(,"phone":null,"name":"")").interaction.has_customer());
  const MappedItem item = One(fields, R"(,"phone":"0909 123 456")");
  EXPECT_EQ(item.interaction.customer().phone(), "0909 123 456");
  EXPECT_EQ(item.interaction.customer().display_name(), "");
}

TEST(InboundMappingTest, EverythingWrongWithAnItemIsNamedWithItsPlace) {
  const auto items = Map(
      R"({"items":"/orders/*","fields":[{"field":"interactionId","path":"/id"},{"field":"customerId","path":"/buyer/id"},
          {"field":"type","path":"//event"},{"field":"occurredAt","path":"/at"},{"field":"amount","path":"/total"},
          {"field":"currency","path":"/cur"},{"field":"touchpoint","path":"/a~1b"},
          {"field":"customer.lifecycle","path":"/life"}]})",
      R"({"event":"order paid","orders":[{"id":".","at":"yesterday","total":"much","a/b":"Quầy 1","life":"FRIEND"}]})");
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(items[0].path, "/orders/0");
  EXPECT_THAT(Wrong(items[0].status),
              UnorderedElementsAre("interactionId INVALID_ID", "customerId REQUIRED", "type INVALID_TYPE",
                                   "occurredAt INVALID_TIME", "amount INVALID_AMOUNT", "touchpoint INVALID_SLUG",
                                   "customer.lifecycle INVALID_ENUM"));
}

TEST(InboundMappingTest, TheMappingIsCheckedAllAtOnce) {
  EXPECT_THAT(
      WrongMapping(
          R"({"items":"orders","timeZone":"Mars/Base","conditions":[{"path":"x"},{"values":["1"]}],
              "fields":[{"field":"interactionID","path":"/id"},{"field":"customerId","path":"/c~2"},{"field":"customerId"},
                        {"field":"type","constant":"a"},{"field":"amount","path":"/a","prefix":"x"},
                        {"field":"customer.customerId","path":"/c"},{"field":"customer.revision","path":"/c"},
                        {"field":"properties.","path":"/c"},{"field":"customer.lifecycle","constant":"FRIEND"},
                        {"field":"interactionId","path":"/i","constant":"x"}]})"),
      UnorderedElementsAre("inbound.items INVALID_POINTER", "inbound.timeZone UNKNOWN_TIME_ZONE",
                           "inbound.conditions[0].path INVALID_POINTER", "inbound.conditions[0].values REQUIRED",
                           "inbound.conditions[1].path REQUIRED", "inbound.fields[0].field UNKNOWN_TARGET",
                           "inbound.fields[1].path INVALID_POINTER", "inbound.fields[2].path REQUIRED",
                           "inbound.fields[2].field DUPLICATE_TARGET", "inbound.fields[4].prefix PREFIX_NOT_ALLOWED",
                           "inbound.fields[5].field UNKNOWN_TARGET", "inbound.fields[6].field UNKNOWN_TARGET",
                           "inbound.fields[7].field UNKNOWN_TARGET", "inbound.fields[8].constant INVALID_CONSTANT",
                           "inbound.fields[9].constant CONSTANT_NOT_ALLOWED", "inbound.fields REQUIRED",
                           "inbound.fields REQUIRED", "inbound.fields[3].constant INVALID_CONSTANT"));
}

TEST(InboundMappingTest, AZoneIsANameAndNoFile) {
  for (const char* zone : {"/etc/localtime", "../../etc/passwd", "file:/etc/localtime", "Asia/../Asia/Ho_Chi_Minh"})
    EXPECT_THAT(WrongMapping(Flat("", absl::StrCat(R"(,"timeZone":")", zone, "\""))),
                ElementsAre("inbound.timeZone UNKNOWN_TIME_ZONE"))
        << zone;
}

TEST(InboundMappingTest, ABodyThatIsNoJsonIsRefusedAsAWhole) {
  const Mapping mapping = Good(Flat());
  const auto reason = [&](const std::string& body) { return ReasonOf(MapBody(mapping, body).status()); };
  for (const char* bad : {"", "{", "{\"a\":1,}", "{'a':1}", "{\"a\":01}", "{\"a\":NaN}", "{} {}", "a=1&b=2", "<xml/>"})
    EXPECT_EQ(reason(bad), "INVALID_JSON") << bad;
  EXPECT_EQ(reason(std::string("{}\0", 3)), "INVALID_JSON");
  EXPECT_EQ(reason("{\"id\":1,\"id\":2}"), "DUPLICATE_KEY");
  EXPECT_EQ(reason("{\"id\":\"\xc3\x28\"}"), "INVALID_UTF8");
  EXPECT_EQ(reason(std::string(40, '[') + std::string(40, ']')), "TOO_DEEP");
  EXPECT_EQ(reason(std::string(32, '[') + std::string(32, ']')), "");
  EXPECT_EQ(reason("[" + absl::StrJoin(std::vector<int>(kMaxInboundValues, 1), ",") + "]"), "TOO_MANY_VALUES");
}

TEST(InboundMappingTest, AThousandItemsAreTakenAndNotOneMore) {
  const Mapping mapping = Good(
      R"({"items":"/*","fields":[{"field":"interactionId","path":"/i"},{"field":"customerId","path":"/c"},
          {"field":"type","constant":"A"},{"field":"occurredAt","path":"/t"}]})");
  const auto body = [](int n) { return "[" + absl::StrJoin(std::vector<std::string>(n, "{}"), ",") + "]"; };
  const auto items = MapBody(mapping, body(1000));
  ASSERT_THAT(items, IsOk());
  EXPECT_THAT(*items, SizeIs(1000));
  EXPECT_EQ(ReasonOf(MapBody(mapping, body(1001)).status()), "TOO_MANY_ITEMS");
}

}  // namespace
}  // namespace hoiam::gateway
