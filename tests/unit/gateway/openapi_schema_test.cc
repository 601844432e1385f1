// Fields of every kind as schemas, and what comments say: on the tests' own service, which has no comments.
#include <gmock/gmock.h>

#include "gateway/openapi/comments.h"
#include "gateway/openapi/openapi.h"
#include "gateway/openapi/schemas.h"
#include "google/protobuf/descriptor.pb.h"
#include "platform/json/fields.h"
#include "tests/support/matchers.h"
#include "tests/unit/gateway/probe.grpc.pb.h"

namespace hoiam::gateway::openapi {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const google::protobuf::DescriptorPool& NoComments() {
  static const auto* pool = new google::protobuf::DescriptorPool;
  return *pool;
}

std::string SchemaOf(const std::string& field) {
  static const Comments comments(NoComments());
  return Schemas(comments).Of(*json::InfoOf(test::v1::Probe::descriptor()).Find(field));
}

TEST(OpenApiSchemaTest, EveryKindOfFieldIsWhatJsonWritesForIt) {
  EXPECT_EQ(SchemaOf("probeId"), R"({"type":"string"})");
  EXPECT_EQ(SchemaOf("number"), R"({"type":"integer","format":"int32"})");
  EXPECT_EQ(SchemaOf("count"), R"({"type":"integer","format":"int64","minimum":0})");
  EXPECT_EQ(SchemaOf("big"), R"({"type":"string","format":"int64"})");
  EXPECT_EQ(SchemaOf("huge"), R"({"type":"string","format":"uint64"})");
  EXPECT_EQ(SchemaOf("share"), R"({"type":"number","format":"double"})");
  EXPECT_EQ(SchemaOf("flag"), R"({"type":"boolean"})");
  EXPECT_EQ(SchemaOf("raw"), R"({"type":"string","format":"byte"})");
  EXPECT_EQ(SchemaOf("color"), R"({"$ref":"#/components/schemas/Color"})");
  EXPECT_EQ(SchemaOf("score"), R"({"type":"integer","format":"int32"})");
  EXPECT_EQ(SchemaOf("words"), R"({"type":"array","items":{"type":"string"}})");
  EXPECT_EQ(SchemaOf("colors"), R"({"type":"array","items":{"$ref":"#/components/schemas/Color"}})");
  EXPECT_EQ(SchemaOf("child"), R"({"$ref":"#/components/schemas/Probe"})");
  EXPECT_EQ(SchemaOf("properties"),
            R"({"type":"object","additionalProperties":{"$ref":"#/components/schemas/Value"}})");
  EXPECT_EQ(SchemaOf("histogram"), R"({"type":"object","additionalProperties":{"type":"integer","format":"int32"}})");
  EXPECT_EQ(SchemaOf("time"), R"({"type":"string","format":"date-time"})");
  EXPECT_THAT(SchemaOf("wait"), HasSubstr(R"("pattern":"^-?[0-9]+(\\.[0-9]{1,9})?s$")"));
  EXPECT_THAT(SchemaOf("mask"), HasSubstr(R"("type":"string")"));
  EXPECT_EQ(SchemaOf("free"), R"({"type":"object","additionalProperties":true})");
  EXPECT_EQ(SchemaOf("any"), R"({"$ref":"#/components/schemas/Any"})");
  EXPECT_EQ(SchemaOf("left"), R"({"type":"string"})");
}

TEST(OpenApiSchemaTest, AServiceThatTheGatewayDoesNotKnowIsDescribedToo) {
  const auto routes = RouteTable::Build({test::v1::Probe::descriptor()->file()->service(0)});
  HOIAM_ASSERT_OK(routes);
  const auto text = OpenApiOf(*routes, Comments(NoComments()), "1");
  HOIAM_ASSERT_OK(text);
  EXPECT_THAT(*text, HasSubstr(R"("/v1/probes/{probeId}:paint":{"post":{"operationId":"PaintProbe")"));
  EXPECT_THAT(*text, Not(HasSubstr("PeekProbe"))) << "internal";
  EXPECT_THAT(*text, Not(HasSubstr("fromGateway")));
}

TEST(OpenApiSchemaTest, CommentsSayLimitsInAFixedForm) {
  Said said = Read("Output only. Counts changes, from 1.");
  EXPECT_TRUE(said.output_only);
  EXPECT_EQ(said.text, "Counts changes, from 1.");
  EXPECT_EQ(Read("For people; ≤ 256 bytes.").max_length, 256);
  EXPECT_EQ(Read("https://…, ≤ 2,048 bytes, without user.").max_length, 2048);
  said = Read("1–4,000 characters.");
  EXPECT_EQ(said.min_length, 1);
  EXPECT_EQ(said.max_length, 4000);
  said = Read("1–1000, default 50.");
  EXPECT_EQ(said.low, 1);
  EXPECT_EQ(said.high, 1000);
  EXPECT_EQ(said.preset, 50);
  EXPECT_EQ(Read("Required. 1–200 ids.").high, 200);
  EXPECT_TRUE(Read("Required, ≤ 512 bytes.").required);
  EXPECT_FALSE(Read("The CRM's own id.").required);
  EXPECT_EQ(Read("[a-z0-9_.-]{1,64}.").pattern, "^[a-z0-9_.-]{1,64}$");
  EXPECT_EQ(Read("[a-z0-9][a-z0-9-]{0,47}.").pattern, "^[a-z0-9][a-z0-9-]{0,47}$");
  EXPECT_EQ(Read("Id of the touchpoint, [a-z0-9_.-]{1,64}.").pattern, "") << "not the whole of it";
  EXPECT_EQ(Read("NPS 0–10, CSAT 1–5.").high, std::nullopt);
}

TEST(OpenApiSchemaTest, ASummaryIsTheFirstSentence) {
  EXPECT_EQ(FirstSentence("Makes a key. Its text is in this answer."), "Makes a key");
  EXPECT_EQ(FirstSentence("One customer."), "One customer");
  EXPECT_EQ(FirstSentence(""), "");
}

TEST(OpenApiSchemaTest, TwoMessagesOfOneNameAreAMistakeOfTheBuild) {
  google::protobuf::DescriptorPool pool;
  for (const char* package : {"a", "b"}) {
    google::protobuf::FileDescriptorProto file;
    file.set_name(std::string(package) + ".proto");
    file.set_package(package);
    file.add_message_type()->set_name("Thing");
    ASSERT_NE(pool.BuildFile(file), nullptr);
  }
  const Comments comments(NoComments());
  Schemas schemas(comments);
  HOIAM_EXPECT_OK(schemas.AddAnswered(pool.FindMessageTypeByName("a.Thing")));
  EXPECT_THAT(std::string(schemas.AddAnswered(pool.FindMessageTypeByName("b.Thing")).message()), HasSubstr("Thing"));
}

TEST(OpenApiSchemaTest, AMessageSentInTwoShapesIsAMistakeOfTheBuild) {
  const Comments comments(NoComments());
  Schemas schemas(comments);
  const auto* paint = test::v1::PaintProbeRequest::descriptor();
  HOIAM_EXPECT_OK(schemas.AddSent(paint, {paint->FindFieldByName("probe_id")}));
  EXPECT_FALSE(schemas.AddSent(paint).ok());
}

}  // namespace
}  // namespace hoiam::gateway::openapi
