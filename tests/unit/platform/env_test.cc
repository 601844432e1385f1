#include "platform/config/env.h"

#include <gmock/gmock.h>

#include <fstream>
#include <map>

namespace hoiam::config {
namespace {

std::map<std::string, std::string>& Fake() {
  static auto* m = new std::map<std::string, std::string>;
  return *m;
}
std::string Lookup(const char* name) { return Fake().count(name) ? Fake()[name] : ""; }

TEST(EnvTest, AllMistakesAreToldTogetherAndNoSecretAmongThem) {
  const std::string file = ::testing::TempDir() + "/short_secret";
  std::ofstream(file) << "geheim\n";
  Fake() = {{"PORT", "99999"}, {"FLAG", "maybe"}, {"ZONE", "Asia/Atlantis"}, {"KEY", file}};
  Env env(&Lookup);
  EXPECT_EQ(env.Int("PORT", 8080, 1, 65535), 8080);
  env.Flag("FLAG", false);
  env.Zone("ZONE", "UTC");
  env.Required("URL", "where it is");
  env.SecretFile("KEY", 16);
  env.SecretFile("NONE", 16);
  EXPECT_THAT(env.problems(), ::testing::SizeIs(6));
  for (const auto& p : env.problems()) EXPECT_THAT(p, ::testing::Not(::testing::HasSubstr("geheim")));
}

TEST(EnvTest, ReadsWhatIsRightAndFallsBackOnlyWhenUnset) {
  Fake() = {{"PORT", "1"}, {"FLAG", "0"}, {"ZONE", "Asia/Ho_Chi_Minh"}};
  Env env(&Lookup);
  EXPECT_EQ(env.Int("PORT", 8080, 1, 65535), 1);
  EXPECT_FALSE(env.Flag("FLAG", true));
  EXPECT_EQ(env.Zone("ZONE", "UTC").name(), "Asia/Ho_Chi_Minh");
  EXPECT_EQ(env.String("NAME", "x"), "x");
  EXPECT_TRUE(env.problems().empty());
  EXPECT_THAT(env.names(), ::testing::ElementsAre("PORT", "FLAG", "ZONE", "NAME"));
}

}  // namespace
}  // namespace hoiam::config
