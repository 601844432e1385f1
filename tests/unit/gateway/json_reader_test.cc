#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/dynamic_message.h"
#include "platform/json/reader.h"
#include "platform/rpc/status_wire.h"
#include "tests/support/matchers.h"
#include "tests/unit/gateway/probe.pb.h"

namespace hoiam::json {
namespace {

using google::protobuf::Message;
using test::v1::BatchProbeRequest;
using test::v1::Color;
using test::v1::Probe;

// "field REASON" of every violation, by commas.
std::string Faults(const Violations& v) {
  const auto detail = DetailOf(v.ToStatus());
  if (!detail) return "";
  std::vector<std::string> out;
  for (const Violation& one : detail->violations) out.push_back(absl::StrCat(one.field, " ", one.reason));
  return absl::StrJoin(out, ", ");
}

std::string FaultsOf(std::string text) {
  Probe probe;
  Violations v;
  ReadObject(std::move(text), probe, v);
  return Faults(v);
}

Probe Read(std::string text) {
  Probe probe;
  Violations v;
  ReadObject(std::move(text), probe, v);
  EXPECT_EQ(Faults(v), "");
  return probe;
}

std::string Nested(int objects) {
  std::string text;
  for (int i = 1; i < objects; ++i) text += R"({"child":)";
  text += "{}";
  for (int i = 1; i < objects; ++i) text += "}";
  return text;
}

TEST(JsonReaderTest, EveryKindOfFieldIsRead) {
  const Probe p = Read(R"({
    "probeId": "a\u00e9\n", "number": -5, "count": 7, "big": "-9223372036854775808", "huge": 18446744073709551615,
    "ratio": 0.5, "share": 1e-3, "flag": true, "raw": "aGk=", "color": "GREEN", "score": 0, "numbers": [1, 2.0, 3e0],
    "words": ["x", ""], "colors": ["RED", "GREEN"], "child": {"number": 1}, "children": [{}, {"flag": false}],
    "properties": {"vip": true, "n": 1.5, "t": "x", "nil": null, "l": [1, {"a": "b"}]}, "histogram": {"-1": 2, "10": 3},
    "time": "2026-11-21T17:00:00.000001+07:00", "wait": "1.5s", "mask": "displayName,properties", "free": {"a": [null]},
    "left": "l"})");
  EXPECT_EQ(p.probe_id(), "aé\n");
  EXPECT_EQ(p.number(), -5);
  EXPECT_EQ(p.count(), 7u);
  EXPECT_EQ(p.big(), INT64_MIN);
  EXPECT_EQ(p.huge(), UINT64_MAX);
  EXPECT_EQ(p.ratio(), 0.5f);
  EXPECT_EQ(p.share(), 1e-3);
  EXPECT_TRUE(p.flag());
  EXPECT_EQ(p.raw(), "hi");
  EXPECT_EQ(p.color(), Color::GREEN);
  EXPECT_TRUE(p.has_score());
  EXPECT_EQ(p.score(), 0);
  EXPECT_EQ(p.numbers(2), 3);
  EXPECT_EQ(p.words_size(), 2);
  EXPECT_EQ(p.colors(1), Color::GREEN);
  EXPECT_EQ(p.child().number(), 1);
  EXPECT_EQ(p.children_size(), 2);
  EXPECT_TRUE(p.properties().at("vip").bool_value());
  EXPECT_EQ(p.properties().at("n").number_value(), 1.5);
  EXPECT_EQ(p.properties().at("l").list_value().values(1).struct_value().fields().at("a").string_value(), "b");
  EXPECT_TRUE(p.properties().at("nil").has_null_value());
  EXPECT_EQ(p.histogram().at(-1), 2);
  EXPECT_EQ(p.time().seconds(), 1795255200);
  EXPECT_EQ(p.time().nanos(), 1000);
  EXPECT_EQ(p.wait().nanos(), 500'000'000);
  EXPECT_EQ(p.mask().paths(0), "display_name");
  EXPECT_EQ(p.left(), "l");
}

TEST(JsonReaderTest, AZeroStaysZeroWhateverItsExponent) {
  for (const char* zero : {"0e300", "0E+300", "-0.00e999", "0e-400", "0.0e18446744073709551616",
                           "-0.00000000000000000000000000000000000000000000000000"})
    EXPECT_EQ(Read(absl::StrCat(R"({"share":)", zero, "}")).share(), 0) << zero;
  EXPECT_EQ(Read(R"({"share":10e2})").share(), 1000);
  EXPECT_EQ(Read(R"({"share":1.0e2,"ratio":20.00E1})").share(), 100);
  EXPECT_EQ(Read(R"({"share":0.001e2})").share(), 0.1);
  const Probe p = Read(R"({"probeId":"0e300 \"0e300","words":["\\","0e12"],"share":0e5})");
  EXPECT_EQ(p.probe_id(), "0e300 \"0e300");
  EXPECT_EQ(p.words(1), "0e12");
}

TEST(JsonReaderTest, AMessageOfADescriptorPoolIsReadLikeAGeneratedOne) {
  google::protobuf::DynamicMessageFactory factory;
  std::unique_ptr<Message> m(factory.GetPrototype(Probe::descriptor())->New());
  Violations v;
  ReadObject(R"({"properties":{"a":1},"time":"2026-01-01T00:00:00Z","free":{"x":true}})", *m, v);
  EXPECT_EQ(Faults(v), "");
  Probe p;
  ASSERT_TRUE(p.ParseFromString(m->SerializeAsString()));
  EXPECT_EQ(p.properties().at("a").number_value(), 1);
  EXPECT_TRUE(p.free().fields().at("x").bool_value());
}

TEST(JsonReaderTest, NullMeansNotGiven) {
  const Probe p = Read(R"({"score": null, "probeId": null, "child": null, "words": null, "properties": null})");
  EXPECT_FALSE(p.has_score());
  EXPECT_FALSE(p.has_child());
}

TEST(JsonReaderTest, PresentNamesTheOutermostFieldsThatWereThere) {
  Probe probe;
  Violations v;
  std::vector<const google::protobuf::FieldDescriptor*> present;
  ReadObject(R"({"number": 0, "probeId": null, "child": {"flag": true}})", probe, v, &present);
  ASSERT_EQ(present.size(), 3u);
  EXPECT_EQ(present[0]->name(), "number");
  EXPECT_EQ(present[1]->name(), "probe_id");
  EXPECT_EQ(present[2]->name(), "child");
}

struct Bad {
  const char* text;
  const char* faults;
};

void PrintTo(const Bad& bad, std::ostream* out) { *out << bad.text; }

class JsonReaderBadInputTest : public ::testing::TestWithParam<Bad> {};

TEST_P(JsonReaderBadInputTest, IsRefusedWithFieldAndReason) { EXPECT_EQ(FaultsOf(GetParam().text), GetParam().faults); }

INSTANTIATE_TEST_SUITE_P(
    Table, JsonReaderBadInputTest,
    ::testing::Values(
        // Not JSON.
        Bad{"", "$ INVALID_JSON"}, Bad{"{", "$ INVALID_JSON"}, Bad{"{\"number\":1,}", "$ INVALID_JSON"},
        Bad{"{\"numbers\":[1,]}", "$ INVALID_JSON"}, Bad{"{\"number\":1} x", "$ INVALID_JSON"},
        Bad{"{} {}", "$ INVALID_JSON"}, Bad{"{number:1}", "$ INVALID_JSON"}, Bad{"{'number':1}", "$ INVALID_JSON"},
        Bad{"{\"number\":01}", "$ INVALID_JSON"}, Bad{"{\"number\":+1}", "$ INVALID_JSON"},
        Bad{"{\"number\":.5}", "$ INVALID_JSON"}, Bad{"{\"share\":NaN}", "$ INVALID_JSON"},
        Bad{"{\"share\":Infinity}", "$ INVALID_JSON"}, Bad{"{\"share\":-Infinity}", "$ INVALID_JSON"},
        Bad{"{\"share\":1e999}", "$ INVALID_JSON"}, Bad{"{/*c*/}", "$ INVALID_JSON"},
        Bad{"{\"flag\":True}", "$ INVALID_JSON"}, Bad{"{\"probeId\":\"a\nb\"}", "$ INVALID_JSON"},
        Bad{"{\"probeId\":\"\\x\"}", "$ INVALID_JSON"}, Bad{"{\"probeId\":\"\\ud800\"}", "$ INVALID_JSON"},
        Bad{"\xEF\xBB\xBF", "$ INVALID_JSON"},
        // Not an object.
        Bad{"[]", "$ WRONG_TYPE"}, Bad{"1", "$ WRONG_TYPE"}, Bad{"null", "$ WRONG_TYPE"}, Bad{"\"x\"", "$ WRONG_TYPE"},
        // Names.
        Bad{"{\"nope\":1}", "nope UNKNOWN_FIELD"}, Bad{"{\"probe_id\":\"x\"}", "probe_id UNKNOWN_FIELD"},
        Bad{"{\"ProbeId\":\"x\"}", "ProbeId UNKNOWN_FIELD"}, Bad{"{\"\":1}", "$ UNKNOWN_FIELD"},
        Bad{"{\"fromGateway\":\"x\"}", "fromGateway UNKNOWN_FIELD"},
        Bad{"{\"child\":{\"nope\":1,\"child\":{\"nah\":{}}}}",
            "child.nope UNKNOWN_FIELD, child.child.nah UNKNOWN_FIELD"},
        Bad{"{\"children\":[{},{\"nope\":1}]}", "children[1].nope UNKNOWN_FIELD"},
        Bad{"{\"\xff\":1}", "\\xff UNKNOWN_FIELD"},
        // Twice.
        Bad{"{\"number\":1,\"number\":1}", "number DUPLICATE_KEY"},
        Bad{"{\"number\":null,\"number\":1}", "number DUPLICATE_KEY"},
        Bad{"{\"child\":{\"flag\":true,\"flag\":true}}", "child.flag DUPLICATE_KEY"},
        Bad{"{\"properties\":{\"a\":1,\"a\":1}}", "properties.a DUPLICATE_KEY"},
        Bad{"{\"properties\":{\"a\":{\"b\":1,\"b\":2}}}", "properties.a.b DUPLICATE_KEY"},
        Bad{"{\"free\":{\"a\":1,\"a\":1}}", "free.a DUPLICATE_KEY"},
        Bad{"{\"num\\u0062er\":1,\"number\":1}", "number DUPLICATE_KEY"},
        Bad{"{\"left\":\"a\",\"right\":1}", "right ONEOF_CONFLICT"}));

INSTANTIATE_TEST_SUITE_P(
    Types, JsonReaderBadInputTest,
    ::testing::Values(
        Bad{"{\"number\":\"5\"}", "number WRONG_TYPE"}, Bad{"{\"number\":true}", "number WRONG_TYPE"},
        Bad{"{\"number\":1.5}", "number WRONG_TYPE"}, Bad{"{\"number\":[1]}", "number WRONG_TYPE"},
        Bad{"{\"number\":{}}", "number WRONG_TYPE"}, Bad{"{\"probeId\":5}", "probeId WRONG_TYPE"},
        Bad{"{\"probeId\":[]}", "probeId WRONG_TYPE"}, Bad{"{\"flag\":1}", "flag WRONG_TYPE"},
        Bad{"{\"flag\":\"true\"}", "flag WRONG_TYPE"}, Bad{"{\"share\":\"1\"}", "share WRONG_TYPE"},
        Bad{"{\"share\":\"NaN\"}", "share WRONG_TYPE"}, Bad{"{\"big\":\"\"}", "big WRONG_TYPE"},
        Bad{"{\"big\":\" 1\"}", "big WRONG_TYPE"}, Bad{"{\"big\":\"1.0\"}", "big WRONG_TYPE"},
        Bad{"{\"big\":\"9223372036854775808\"}", "big WRONG_TYPE"}, Bad{"{\"raw\":\"*\"}", "raw INVALID_BASE64"},
        Bad{"{\"raw\":1}", "raw WRONG_TYPE"}, Bad{"{\"color\":1}", "color WRONG_TYPE"},
        Bad{"{\"color\":\"red\"}", "color INVALID_ENUM"}, Bad{"{\"color\":\"BLUE\"}", "color INVALID_ENUM"},
        Bad{"{\"colors\":[\"RED\",\"BLUE\",3]}", "colors[1] INVALID_ENUM, colors[2] WRONG_TYPE"},
        Bad{"{\"numbers\":1}", "numbers WRONG_TYPE"}, Bad{"{\"numbers\":[1,null]}", "numbers[1] WRONG_TYPE"},
        Bad{"{\"words\":[\"a\",1]}", "words[1] WRONG_TYPE"}, Bad{"{\"child\":[]}", "child WRONG_TYPE"},
        Bad{"{\"children\":{}}", "children WRONG_TYPE"}, Bad{"{\"children\":[1]}", "children[0] WRONG_TYPE"},
        Bad{"{\"properties\":[]}", "properties WRONG_TYPE"}, Bad{"{\"free\":1}", "free WRONG_TYPE"},
        Bad{"{\"any\":{}}", "any WRONG_TYPE"}, Bad{"{\"histogram\":{\"a\":1}}", "histogram.a WRONG_TYPE"},
        Bad{"{\"histogram\":{\"1\":null}}", "histogram.1 WRONG_TYPE"},
        // Ranges.
        Bad{"{\"number\":2147483648}", "number OUT_OF_RANGE"}, Bad{"{\"number\":-2147483649}", "number OUT_OF_RANGE"},
        Bad{"{\"number\":1e300}", "number OUT_OF_RANGE"},
        Bad{"{\"number\":99999999999999999999999}", "number OUT_OF_RANGE"}, Bad{"{\"count\":-1}", "count OUT_OF_RANGE"},
        Bad{"{\"count\":4294967296}", "count OUT_OF_RANGE"}, Bad{"{\"big\":9223372036854775808}", "big OUT_OF_RANGE"},
        Bad{"{\"huge\":-1}", "huge OUT_OF_RANGE"}, Bad{"{\"ratio\":1e39}", "ratio OUT_OF_RANGE"},
        // Times.
        Bad{"{\"time\":\"2026-11-21\"}", "time INVALID_TIME"},
        Bad{"{\"time\":\"2026-11-21T10:00:00\"}", "time INVALID_TIME"},
        Bad{"{\"time\":\"2026-02-30T10:00:00Z\"}", "time INVALID_TIME"},
        Bad{"{\"time\":\"2026-11-21T24:00:00Z\"}", "time INVALID_TIME"},
        Bad{"{\"time\":\"2026-11-21 10:00:00Z\"}", "time INVALID_TIME"},
        Bad{"{\"time\":\"2026-11-21T10:00:00.Z\"}", "time INVALID_TIME"},
        Bad{"{\"time\":\"2026-11-21T10:00:00+0700\"}", "time INVALID_TIME"},
        Bad{"{\"time\":\"\"}", "time INVALID_TIME"}, Bad{"{\"time\":1795168800}", "time WRONG_TYPE"},
        Bad{"{\"wait\":\"3\"}", "wait INVALID_DURATION"}, Bad{"{\"wait\":\"PT3S\"}", "wait INVALID_DURATION"},
        Bad{"{\"wait\":\"9999999999999s\"}", "wait INVALID_DURATION"},
        Bad{"{\"mask\":\"\"}", "mask INVALID_FIELD_MASK"},
        Bad{"{\"mask\":\"display_name\"}", "mask INVALID_FIELD_MASK"},
        Bad{"{\"mask\":\"a,,b\"}", "mask INVALID_FIELD_MASK"}, Bad{"{\"mask\":\"a.\"}", "mask INVALID_FIELD_MASK"},
        // Encoding.
        Bad{"{\"probeId\":\"\xff\"}", "probeId INVALID_UTF8"},
        Bad{"{\"probeId\":\"\xc0\xaf\"}", "probeId INVALID_UTF8"},
        Bad{"{\"probeId\":\"\xed\xa0\x80\"}", "probeId INVALID_UTF8"},
        Bad{"{\"probeId\":\"\\udc00\"}", "probeId INVALID_UTF8"},
        Bad{"{\"words\":[\"a\",\"\xf4\x90\x80\x80\"]}", "words[1] INVALID_UTF8"},
        Bad{"{\"properties\":{\"\xff\":1}}", "properties.\\xff INVALID_UTF8"},
        Bad{"{\"properties\":{\"a\":[\"\xff\"]}}", "properties.a[0] INVALID_UTF8"}));

TEST(JsonReaderTest, AllMistakesOfABodyAreNamedAtOnce) {
  EXPECT_EQ(
      FaultsOf(R"({"number":"x","color":"BLUE","nope":1,"children":[{"flag":0}],"time":"t"})"),
      "number WRONG_TYPE, color INVALID_ENUM, nope UNKNOWN_FIELD, children[0].flag WRONG_TYPE, time INVALID_TIME");
}

TEST(JsonReaderTest, AByteThatEndsCStringsDoesNotEndTheBody) {
  using namespace std::string_literals;
  EXPECT_EQ(FaultsOf("{}\0{\"number\":1}"s), "$ INVALID_JSON");
  EXPECT_EQ(FaultsOf("{\"probeId\":\"a\0b\"}"s), "$ INVALID_JSON");
}

TEST(JsonReaderTest, ThirtyTwoLevelsAreReadAndThirtyThreeAreNot) {
  EXPECT_EQ(FaultsOf(Nested(32)), "");
  EXPECT_NE(FaultsOf(Nested(33)).find("TOO_DEEP"), std::string::npos);
  EXPECT_NE(FaultsOf(R"({"properties":{"a":)" + std::string(40, '[') + std::string(40, ']') + "}}").find("TOO_DEEP"),
            std::string::npos);
}

TEST(JsonReaderTest, AMillionLevelsDoNotOverflowTheStack) {
  EXPECT_EQ(FaultsOf(R"({"nope":)" + std::string(1'000'000, '[') + std::string(1'000'000, ']') + "}"),
            "nope UNKNOWN_FIELD");
  EXPECT_EQ(FaultsOf(std::string(1'000'000, '[')), "$ INVALID_JSON");
}

TEST(JsonReaderTest, WhatIsNotJsonSaysOnWhichLine) {
  Probe probe;
  Violations v;
  ReadObject("{\n  \"probeId\": \"a\\nb\",\n  \"number\": 1,\n}", probe, v);
  EXPECT_EQ(DetailOf(v.ToStatus())->violations[0].metadata.at("line"), "4");
}

TEST(JsonReaderTest, ViolationsAreBounded) {
  std::string text = "{";
  for (int i = 0; i < 10'000; ++i) absl::StrAppend(&text, i ? "," : "", "\"x", i, "\":1");
  Probe probe;
  Violations v;
  ReadObject(text + "}", probe, v);
  EXPECT_EQ(DetailOf(v.ToStatus())->violations.size(), static_cast<size_t>(kMaxViolations));
}

TEST(JsonReaderTest, ABadItemOfABatchIsRejectedAloneAndLeavesAnEmptyOneAtItsIndex) {
  BatchProbeRequest batch;
  Violations v;
  ReadObject(R"({"note":"n","probes":[{"probeId":"a"},{"probeId":5,"nope":1},{"probeId":"c"},null,{"probeId":")"
             "\xff"
             R"("}]})",
             batch, v);
  EXPECT_EQ(Faults(v), "");
  ASSERT_EQ(batch.probes_size(), 5);
  EXPECT_EQ(batch.probes(0).probe_id(), "a");
  EXPECT_EQ(batch.probes(1).ByteSizeLong(), 0u);
  EXPECT_EQ(batch.probes(2).probe_id(), "c");
  ASSERT_EQ(batch.rejected_items_size(), 3);
  const absl::Status one = rpc::FromProto(batch.rejected_items().at(1));
  EXPECT_THAT(one, testing::StatusIs(absl::StatusCode::kInvalidArgument, "WRONG_TYPE"));
  const auto detail = DetailOf(one);
  ASSERT_EQ(detail->violations.size(), 2u);
  EXPECT_EQ(detail->violations[0].field, "probes[1].probeId");
  EXPECT_EQ(detail->violations[1].field, "probes[1].nope");
  EXPECT_TRUE(batch.rejected_items().contains(3));
  EXPECT_TRUE(batch.rejected_items().contains(4));
}

TEST(JsonReaderTest, CallersCannotRejectItemsThemselves) {
  BatchProbeRequest batch;
  Violations v;
  ReadObject(R"({"rejectedItems":{"0":{"code":3}}})", batch, v);
  EXPECT_EQ(Faults(v), "rejectedItems UNKNOWN_FIELD");
}

TEST(JsonReaderTest, ABatchHoldsAThousandItems) {
  std::string items = "{}";
  for (int i = 1; i < 1000; ++i) items += ",{}";
  BatchProbeRequest batch;
  Violations v;
  ReadObject("{\"probes\":[" + items + "]}", batch, v);
  EXPECT_EQ(Faults(v), "");
  BatchProbeRequest more;
  ReadObject("{\"probes\":[" + items + ",{}]}", more, v);
  EXPECT_EQ(Faults(v), "probes TOO_MANY_ITEMS");
}

}  // namespace
}  // namespace hoiam::json
