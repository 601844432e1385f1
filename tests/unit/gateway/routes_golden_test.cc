// Its own program: only the protos of the product are linked in.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "gateway/route/route_table.h"
#include "tests/support/matchers.h"

namespace hoiam::gateway {
namespace {

TEST(RoutesGoldenTest, ThePublicApiIsWhatTheGoldenFileSays) {
  const auto table = RouteTable::Build(LinkedServices());
  HOIAM_ASSERT_OK(table);
  const std::string path = std::string(std::getenv("HOIAM_SOURCE_DIR")) + "/tests/golden/routes.txt";
  if (std::getenv("HOIAM_UPDATE_GOLDEN")) std::ofstream(path) << table->ToText();
  std::ifstream file(path);
  std::stringstream golden;
  golden << file.rdbuf();
  EXPECT_EQ(table->ToText(), golden.str()) << "run again with HOIAM_UPDATE_GOLDEN=1 and look at the difference";
}

}  // namespace
}  // namespace hoiam::gateway
