#include "gateway/route/route_table.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "google/api/annotations.pb.h"
#include "google/protobuf/descriptor.pb.h"
#include "hoiam/options/v1/options.pb.h"
#include "tests/support/matchers.h"
#include "tests/unit/gateway/probe.pb.h"

namespace hoiam::gateway {
namespace {

const RouteTable& Probes() {
  static const auto* table =
      new RouteTable(*RouteTable::Build({test::v1::Probe::descriptor()->file()->FindServiceByName("ProbeService")}));
  return *table;
}

RouteTable::Match Find(const char* method, const char* path) {
  auto match = Probes().Find(method, path);
  EXPECT_THAT(match, testing::IsOk());
  return match.ok() ? *match : RouteTable::Match{};
}

std::string NameOf(const RouteTable::Match& m) { return m.route ? m.route->method->name() : ""; }

TEST(RouteTableTest, EveryPublicMethodHasItsRoute) {
  EXPECT_EQ(NameOf(Find("GET", "/v1/probes/a")), "GetProbe");
  EXPECT_EQ(NameOf(Find("PATCH", "/v1/probes/a")), "UpdateProbe");
  EXPECT_EQ(NameOf(Find("POST", "/v1/probes")), "CreateProbe");
  EXPECT_EQ(NameOf(Find("POST", "/v1/probes/a:paint")), "PaintProbe");
  EXPECT_EQ(NameOf(Find("POST", "/v1/probes:batch")), "BatchProbe");
  EXPECT_EQ(Probes().routes().size(), 5u) << "a method without a rule has none";
}

TEST(RouteTableTest, ARightPathWithAnotherMethodNamesTheMethodsItTakes) {
  EXPECT_EQ(Find("DELETE", "/v1/probes/a").allowed, "GET, PATCH");
  EXPECT_EQ(Find("GET", "/v1/probes:batch").allowed, "POST");
}

TEST(RouteTableTest, WhatIsNoPathIsNotFound) {
  for (const char* path : {"/", "/v1", "/v1/probes/", "/v1/probes/a/b", "/v1//probes", "/v2/probes/a",
                           "/v1/probes/a:paint/b", "/v1/probes:paint", "/v1/probes/a/", "//v1/probes/a"}) {
    const auto m = Find("GET", path);
    EXPECT_EQ(m.route, nullptr) << path;
    EXPECT_EQ(m.allowed, "") << path;
  }
}

TEST(RouteTableTest, SegmentsAreDecodedOnceAndOnlyALiteralColonBeforeAKnownVerbSplits) {
  const auto id = [](const char* method, const char* path) { return Find(method, path).variables.at(0); };
  EXPECT_EQ(id("GET", "/v1/probes/a%2Fb%3Ac%2525"), "a/b:c%25");
  EXPECT_EQ(id("GET", "/v1/probes/a:b"), "a:b");
  EXPECT_EQ(id("GET", "/v1/probes/a%3Apaint"), "a:paint");
  EXPECT_EQ(id("POST", "/v1/probes/a:b:paint"), "a:b");
  EXPECT_EQ(id("POST", "/v1/probes/%3Apaint:paint"), ":paint");
  EXPECT_EQ(id("GET", "/v1/probes/a+b"), "a+b");
  EXPECT_EQ(id("GET", "/v1/probes/%C4%91"), "đ");
}

TEST(RouteTableTest, ABadEscapeIsABadPath) {
  for (const char* path : {"/v1/probes/%", "/v1/probes/%2", "/v1/probes/%zz", "/v1/probes/a%"})
    EXPECT_THAT(Probes().Find("GET", path), testing::StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_PATH"))
        << path;
}

// One method of a service made here.
struct Rpc {
  std::string get = "/v1/x";
  std::string post, body;
  bool rule = true;
  std::string scope = "admin";
  options::v1::Idempotency::Code idempotency = options::v1::Idempotency::READ;
  bool streams = false;
};

absl::Status Build(const std::vector<Rpc>& rpcs) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("bad.proto");
  file.set_package("hoiam.test.v1");
  file.add_dependency("tests/unit/gateway/probe.proto");
  auto* service = file.add_service();
  service->set_name("Bad");
  for (const Rpc& rpc : rpcs) {
    auto* m = service->add_method();
    m->set_name("M" + std::to_string(service->method_size()));
    m->set_input_type(".hoiam.test.v1.GetProbeRequest");
    m->set_output_type(".hoiam.test.v1.Probe");
    m->set_server_streaming(rpc.streams);
    if (!rpc.get.empty()) m->mutable_options()->MutableExtension(google::api::http)->set_get(rpc.get);
    if (!rpc.post.empty()) m->mutable_options()->MutableExtension(google::api::http)->set_post(rpc.post);
    if (!rpc.body.empty()) m->mutable_options()->MutableExtension(google::api::http)->set_body(rpc.body);
    if (!rpc.rule) continue;
    auto* rule = m->mutable_options()->MutableExtension(options::v1::rule);
    rule->set_scope(rpc.scope);
    rule->set_idempotency(rpc.idempotency);
  }
  google::protobuf::DescriptorPool pool(google::protobuf::DescriptorPool::generated_pool());
  const auto* built = pool.BuildFile(file);
  EXPECT_NE(built, nullptr);
  return built ? RouteTable::Build({built->service(0)}).status() : absl::OkStatus();
}

TEST(RouteTableTest, AMethodThatIsNotWholeKeepsTheGatewayFromStarting) {
  const auto fails = testing::StatusIs(absl::StatusCode::kFailedPrecondition);
  HOIAM_EXPECT_OK(Build({{}}));
  HOIAM_EXPECT_OK(Build({{.get = "", .rule = false}})) << "internal";
  EXPECT_THAT(Build({{.rule = false}}), fails) << "a path without a rule";
  EXPECT_THAT(Build({{.get = ""}}), fails) << "a rule without a path";
  EXPECT_THAT(Build({{.idempotency = options::v1::Idempotency::UNSPECIFIED}}), fails);
  EXPECT_THAT(Build({{.scope = "root"}}), fails);
  EXPECT_THAT(Build({{}, {}}), fails) << "two methods at one path";
  EXPECT_THAT(Build({{.get = "/v1/{probe_id}"}, {.get = "/v1/{probe_id}"}}), fails);
  EXPECT_THAT(Build({{.get = "/v1/x/{nope}"}}), fails);
  EXPECT_THAT(Build({{.get = "/v1/x/{page_size}"}}), fails) << "not a string";
  EXPECT_THAT(Build({{.get = "/v1/x/{probe_id=**}"}}), fails);
  EXPECT_THAT(Build({{.get = "", .post = "/v1/x", .body = "nope"}}), fails);
  EXPECT_THAT(Build({{.streams = true}}), fails);
}

}  // namespace
}  // namespace hoiam::gateway
