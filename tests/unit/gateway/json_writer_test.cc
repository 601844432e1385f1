#include <gtest/gtest.h>

#include <limits>

#include "google/protobuf/dynamic_message.h"
#include "google/rpc/error_info.pb.h"
#include "platform/json/reader.h"
#include "platform/json/writer.h"
#include "tests/unit/gateway/probe.pb.h"

namespace hoiam::json {
namespace {

using test::v1::Color;
using test::v1::Probe;

Probe Full() {
  Probe p;
  p.set_probe_id("a\"\\\n\x01é");
  p.set_big(-5);
  p.set_huge(std::numeric_limits<uint64_t>::max());
  p.set_ratio(0.1f);
  p.set_share(0.1);
  p.set_raw("hi");
  p.set_color(Color::RED);
  p.set_score(0);
  p.add_numbers(1);
  p.add_numbers(2);
  p.add_words("x");
  p.add_colors(Color::GREEN);
  p.add_children();
  (*p.mutable_properties())["b"].set_bool_value(true);
  (*p.mutable_properties())["a"].set_number_value(3);
  (*p.mutable_histogram())[10] = 1;
  (*p.mutable_histogram())[9] = 2;
  p.mutable_time()->set_seconds(1795255200);
  p.mutable_time()->set_nanos(125'000'000);
  p.mutable_wait()->set_seconds(259200);
  p.mutable_mask()->add_paths("display_name");
  google::rpc::ErrorInfo info;
  info.set_reason("R");
  p.mutable_any()->PackFrom(info);
  p.set_right(0);
  return p;
}

constexpr char kEmptyProbe[] =
    R"({"probeId":"","number":0,"count":0,"big":"0","huge":"0","ratio":0,"share":0,"flag":false,"raw":"","color":"UNSPECIFIED",)"
    R"("numbers":[],"words":[],"colors":[],"children":[],"properties":{},"histogram":{},"fromGateway":""})";

TEST(JsonWriterTest, EveryFieldIsPrintedExceptUnsetMessagesAndOptionals) { EXPECT_EQ(ToJson(Probe()), kEmptyProbe); }

TEST(JsonWriterTest, EveryKindOfFieldHasItsForm) {
  EXPECT_EQ(
      ToJson(Full()),
      R"({"probeId":"a\"\\\n\u0001é","number":0,"count":0,"big":"-5","huge":"18446744073709551615","ratio":0.1,"share":0.1,)"
      R"("flag":false,"raw":"aGk=","color":"RED","score":0,"numbers":[1,2],"words":["x"],"colors":["GREEN"],"children":[)" +
          std::string(kEmptyProbe) +
          R"(],"properties":{"a":3,"b":true},"histogram":{"9":2,"10":1},"time":"2026-11-21T10:00:00.125Z",)"
          R"("wait":"259200s","mask":"displayName","any":{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"R",)"
          R"("domain":"","metadata":{}},"right":0,"fromGateway":""})");
}

TEST(JsonWriterTest, AMessageOfADescriptorPoolIsWrittenLikeAGeneratedOne) {
  google::protobuf::DynamicMessageFactory factory;
  std::unique_ptr<google::protobuf::Message> m(factory.GetPrototype(Probe::descriptor())->New());
  ASSERT_TRUE(m->ParseFromString(Full().SerializeAsString()));
  EXPECT_EQ(ToJson(*m), ToJson(Full()));
}

TEST(JsonWriterTest, WhatIsWrittenIsReadBackTheSame) {
  Probe p = Full();
  p.clear_any();
  std::string text = ToJson(p);
  const std::string hidden = R"(,"fromGateway":"")";
  for (size_t at; (at = text.find(hidden)) != std::string::npos;) text.erase(at, hidden.size());
  Probe back;
  Violations v;
  ReadObject(text, back, v);
  EXPECT_TRUE(v.empty()) << v.ToStatus();
  EXPECT_EQ(ToJson(back), ToJson(p));
}

TEST(JsonWriterTest, AnEnumNumberOfANewerReleaseIsANumber) {
  Probe p;
  p.set_color(static_cast<Color::Code>(99));
  EXPECT_NE(ToJson(p).find(R"("color":99)"), std::string::npos);
}

TEST(JsonWriterTest, AnAnyOfAnUnknownTypeKeepsItsBytes) {
  Probe p;
  p.mutable_any()->set_type_url("type.googleapis.com/x.Y");
  p.mutable_any()->set_value("hi");
  EXPECT_NE(ToJson(p).find(R"("any":{"@type":"type.googleapis.com/x.Y","value":"aGk="})"), std::string::npos);
}

}  // namespace
}  // namespace hoiam::json
