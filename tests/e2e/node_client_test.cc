// A gRPC client that is not ours walks the main job: node with @grpc/grpc-js (tests/e2e/node).
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "tests/support/suite.h"

namespace hoiam::testing {
namespace {

TEST(NodeClientTest, AnIndependentGrpcClientWalksTheMainJob) {
  const std::string dir = SourceDir() + "/tests/e2e/node";
  const char* googleapis = std::getenv("HOIAM_GOOGLEAPIS");
  ASSERT_NE(googleapis, nullptr) << "run this test by ctest";
  ASSERT_TRUE(std::filesystem::exists(dir + "/node_modules/@grpc/grpc-js"))
      << "its packages are not installed: run ./dev test, or npm ci in tests/e2e/node";
  Suite suite;
  Program node;
  node.argv = {"node", dir + "/main_job.mjs", suite.grpc_address(), suite.key(), SourceDir() + "/protos", googleapis};
  const Finished done = RunToEnd(node);
  EXPECT_EQ(done.status, 0) << done.output;
}

}  // namespace
}  // namespace hoiam::testing
