// The document of the real API. Its own program: only the protos of the product are linked in.
#include "gateway/openapi/openapi.h"

#include <gmock/gmock.h>
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gateway/openapi/events.h"
#include "gateway/route/route_table.h"
#include "gateway/webhook/event_types.h"
#include "google/protobuf/descriptor.pb.h"
#include "hoiam/options/v1/options.pb.h"
#include "tests/support/matchers.h"

namespace hoiam::gateway::openapi {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Value = rapidjson::Value;

class OpenApiTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::ifstream in(HOIAM_PROTO_SOURCES, std::ios::binary);
    google::protobuf::FileDescriptorSet set;
    ASSERT_TRUE(set.ParseFromIstream(&in));
    static google::protobuf::DescriptorPool sources;
    for (const auto& file : set.file()) ASSERT_NE(sources.BuildFile(file), nullptr);
    auto table = RouteTable::Build(LinkedServices());
    HOIAM_ASSERT_OK(table);
    routes_ = new RouteTable(*std::move(table));
    const auto text = OpenApiOf(*routes_, Comments(sources), "1.2.3");
    HOIAM_ASSERT_OK(text);
    text_ = new std::string(*text);
    document_ = new rapidjson::Document;
    document_->Parse(text_->c_str());
    ASSERT_FALSE(document_->HasParseError());
  }

  // "/a/b" to what is there; a failure when nothing is.
  static const Value& At(const std::string& pointer) {
    static const Value nothing;
    const Value* v = rapidjson::Pointer(pointer.c_str()).Get(*document_);
    EXPECT_NE(v, nullptr) << pointer;
    return v ? *v : nothing;
  }
  static std::string Schema(const std::string& name) { return "/components/schemas/" + name; }
  static std::string Operation(const Route& route) {
    std::string path;
    for (const auto& s : route.segments)
      absl::StrAppend(&path, "/", s.field.empty() ? s.literal : absl::StrCat("{", s.field.back()->json_name(), "}"));
    if (!route.verb.empty()) absl::StrAppend(&path, ":", route.verb);
    return absl::StrCat("/paths/", absl::StrReplaceAll(path, {{"/", "~1"}}), "/",
                        absl::AsciiStrToLower(route.http_method));
  }
  static std::vector<std::string> Texts(const Value& list) {
    std::vector<std::string> out;
    for (const Value& v : list.GetArray()) out.push_back(v.GetString());
    return out;
  }
  // Every object in the document with its place.
  static void Walk(const Value& v, const std::string& at,
                   const std::function<void(const Value&, const std::string&)>& see) {
    if (v.IsArray())
      for (const Value& item : v.GetArray()) Walk(item, at + "[]", see);
    if (!v.IsObject()) return;
    see(v, at);
    for (const auto& m : v.GetObject()) Walk(m.value, absl::StrCat(at, "/", m.name.GetString()), see);
  }

  static RouteTable* routes_;
  static std::string* text_;
  static rapidjson::Document* document_;
};
RouteTable* OpenApiTest::routes_ = nullptr;
std::string* OpenApiTest::text_ = nullptr;
rapidjson::Document* OpenApiTest::document_ = nullptr;

TEST_F(OpenApiTest, EveryRouteIsAnOperationWithItsScopeAndNothingElseIs) {
  for (const auto& route : routes_->routes()) {
    const Value& operation = At(Operation(*route));
    ASSERT_TRUE(operation.IsObject()) << route->path;
    EXPECT_EQ(operation["operationId"].GetString(), route->method->name());
    EXPECT_EQ(operation["x-required-scope"].GetString(), route->scope);
    EXPECT_THAT(Texts(operation["tags"]), ElementsAre(route->method->service()->name()));
    EXPECT_STRNE(operation["summary"].GetString(), "") << route->path;
    EXPECT_EQ(operation.HasMember("x-publishable"),
              route->method->options().GetExtension(options::v1::rule).publishable());
    EXPECT_EQ(operation.HasMember("requestBody"), route->body != Route::Body::kNone);
    EXPECT_EQ(operation["responses"].HasMember("422"), route->writes);
  }
  size_t operations = 0;
  for (const auto& path : At("/paths").GetObject()) operations += path.value.MemberCount();
  EXPECT_EQ(operations, routes_->routes().size());
}

TEST_F(OpenApiTest, EveryVariableOfAPathIsARequiredParameter) {
  for (const auto& path : At("/paths").GetObject()) {
    for (const auto& operation : path.value.GetObject()) {
      std::string left = path.name.GetString();
      for (const Value& p : operation.value["parameters"].GetArray()) {
        if (!p.HasMember("in") || p["in"] != "path") continue;
        EXPECT_TRUE(p["required"].GetBool());
        left = absl::StrReplaceAll(left, {{absl::StrCat("{", p["name"].GetString(), "}"), ""}});
      }
      EXPECT_THAT(left, Not(HasSubstr("{"))) << path.name.GetString();
    }
  }
}

TEST_F(OpenApiTest, EveryReferenceLeadsSomewhere) {
  int references = 0;
  Walk(*document_, "#", [&](const Value& v, const std::string& at) {
    if (!v.HasMember("$ref")) return;
    ++references;
    EXPECT_NE(rapidjson::Pointer(v["$ref"].GetString() + 1).Get(*document_), nullptr)
        << at << ": " << v["$ref"].GetString();
    EXPECT_EQ(v.MemberCount(), 1u) << at << ": what stands beside a $ref is not read";
  });
  EXPECT_GT(references, 500);
}

TEST_F(OpenApiTest, NoSchemaIsEmptyAndEveryFieldIsDescribed) {
  for (const auto& schema : At("/components/schemas").GetObject()) {
    const std::string name = schema.name.GetString();
    if (schema.value.HasMember("properties")) {
      for (const auto& p : schema.value["properties"].GetObject()) {
        const Value& property = p.value;
        EXPECT_TRUE(property.HasMember("type") || property.HasMember("allOf") || property.HasMember("$ref"))
            << name << "." << p.name.GetString();
      }
    }
    EXPECT_TRUE(schema.value.HasMember("description")) << name;
    EXPECT_TRUE(schema.value.HasMember("properties") || schema.value.HasMember("allOf") ||
                schema.value.HasMember("anyOf") || schema.value.HasMember("enum"))
        << name;
  }
}

TEST_F(OpenApiTest, WhatTheGatewayFillsInIsNotShown) {
  EXPECT_THAT(*text_, Not(HasSubstr("rejectedItems")));
  EXPECT_THAT(*text_, Not(HasSubstr("rejected_items")));
}

TEST_F(OpenApiTest, CommentsBecomeDescriptionsAndLimits) {
  const Value& customer = At(Schema("Customer"));
  EXPECT_EQ(customer["properties"]["email"]["maxLength"].GetInt(), 254);
  EXPECT_TRUE(customer["properties"]["revision"]["readOnly"].GetBool());
  EXPECT_FALSE(customer["properties"]["email"].HasMember("readOnly"));
  EXPECT_EQ(At(Schema("BatchUpsertCustomersRequest"))["properties"]["customers"]["maxItems"].GetInt(), 1000);
  EXPECT_EQ(At(Schema("BatchGetSatisfactionRequest"))["properties"]["customerIds"]["maxItems"].GetInt(), 200);
  EXPECT_THAT(Texts(At(Schema("VoidInteractionRequest"))["required"]), ElementsAre("reason"));
  const std::string state = At(Schema("CaseState"))["description"].GetString();
  EXPECT_THAT(state, HasSubstr("- `WAITING_CUSTOMER`: Waiting for the customer's reply."));
  EXPECT_THAT(*text_, Not(HasSubstr("`customer_id`"))) << "callers know fields by their names in JSON";
}

TEST_F(OpenApiTest, EnumsAreTheNamesOfTheirValues) {
  EXPECT_THAT(Texts(At(Schema("DispatchDecision"))["enum"]), ElementsAre("UNSPECIFIED", "INVITED", "SKIPPED"));
  EXPECT_STREQ(At(Schema("Case"))["properties"]["state"]["allOf"][0]["$ref"].GetString(),
               "#/components/schemas/CaseState");
}

TEST_F(OpenApiTest, AnAnswerAlwaysHasWhatHasNoPresenceOfItsOwn) {
  const auto required = Texts(At(Schema("ScoreRow"))["required"]);
  EXPECT_THAT(required, ElementsAre("group", "responses", "shares", "distribution", "enoughData", "scope", "formula",
                                    "formulaVersions", "weights", "attributes", "objects"));
}

TEST_F(OpenApiTest, ABodyHasNoFieldThatThePathGives) {
  EXPECT_FALSE(At(Schema("AcknowledgeCaseRequest"))["properties"].HasMember("caseId"));
  EXPECT_TRUE(At(Schema("AcknowledgeCaseRequest"))["properties"].HasMember("version"));
  EXPECT_FALSE(At(Schema("AcknowledgeCaseRequest"))["additionalProperties"].GetBool());
}

TEST_F(OpenApiTest, AQueryTakesWhatNeitherPathNorBodyGives) {
  std::set<std::string> names;
  for (const Value& p : At("/paths/~1v1~1customers~1{customerId}/patch/parameters").GetArray())
    names.insert(p.HasMember("name") ? p["name"].GetString() : p["$ref"].GetString());
  EXPECT_EQ(names, (std::set<std::string>{"customerId", "updateMask", "allowMissing",
                                          "#/components/parameters/Idempotency-Key"}));
}

TEST_F(OpenApiTest, EveryEventThatAWebhookCanAskForHasASchema) {
  std::set<std::string> wanted(kEventTypes.begin(), kEventTypes.end()), described;
  wanted.insert(kWebhookTest);
  for (const EventShape& e : kEventShapes) {
    described.insert(e.type);
    EXPECT_TRUE(At(Schema(absl::StrCat("Event.", e.type))).IsObject());
    EXPECT_TRUE(At(absl::StrCat("/x-webhooks/", e.type, "/post")).IsObject());
    if (*e.field) {
      EXPECT_TRUE(At(Schema("EventData"))["properties"].HasMember(e.field)) << e.type;
    }
  }
  EXPECT_EQ(described, wanted);
}

}  // namespace
}  // namespace hoiam::gateway::openapi
