// A client written only from /openapi.json does the main job (tests/e2e/node/openapi_client.mjs).
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/e2e/api.h"
#include "tests/support/suite.h"

namespace hoiam::testing {
namespace {

TEST(OpenApiClientTest, AClientMadeFromTheDocumentDoesTheMainJobAndEveryAnswerFitsItsSchema) {
  const std::string dir = SourceDir() + "/tests/e2e/node";
  ASSERT_TRUE(std::filesystem::exists(dir + "/node_modules/ajv"))
      << "its packages are not installed: run ./dev test, or npm ci in tests/e2e/node";
  Suite suite(Suite::Env{{"HOIAM_WEBHOOK_ALLOW", "127.0.0.1"}});
  Program node;
  node.argv = {"node", dir + "/openapi_client.mjs", suite.url(), suite.key()};
  const Finished done = RunToEnd(node, absl::Seconds(120));
  EXPECT_EQ(done.status, 0) << done.output;
}

TEST(OpenApiClientTest, TheDocumentIsForEverybodyAndOnlyToBeRead) {
  Suite suite;
  HttpClient stranger(suite.url(), "");
  const Answer whole = stranger.Get("/openapi.json");
  ASSERT_EQ(whole.code, 200) << whole;
  EXPECT_EQ(whole.json().String("openapi"), "3.0.3");
  EXPECT_EQ(whole.headers.at("access-control-allow-origin"), "*");
  EXPECT_EQ(stranger.Get("/openapi.json", {{"If-None-Match", whole.headers.at("etag")}}).code, 304);
  EXPECT_EQ(stranger.Get("/openapi.json", {{"If-None-Match", "\"another\""}}).code, 200);
  const Answer post = stranger.Post("/openapi.json", "{}");
  EXPECT_EQ(post.code, 405) << post;
  EXPECT_EQ(post.headers.at("allow"), "GET, HEAD");
}

}  // namespace
}  // namespace hoiam::testing
