#include "gateway/secrets/secret_key.h"

#include <gtest/gtest.h>

#include <set>

#include "absl/strings/match.h"
#include "tests/support/matchers.h"

namespace hoiam::gateway {
namespace {

SecretKey Key() { return SecretKey(std::string(32, 'k')); }

TEST(SecretKeyTest, DerivesTheSameSecretFromTheSamePartsAndAnotherFromOthers) {
  const SecretKey key = Key();
  EXPECT_EQ(key.Derive("webhook", {"demo", "crm", "1"}), Key().Derive("webhook", {"demo", "crm", "1"}));
  const std::set<std::string> all = {
      key.Derive("webhook", {"demo", "crm", "1"}),
      key.Derive("webhook", {"demo", "crm", "2"}),
      key.Derive("webhook", {"democ", "rm", "1"}),
      key.Derive("webhook", {"demo", "crm1", ""}),
      key.Derive("inbound", {"demo", "crm", "1"}),
      SecretKey(std::string(32, 'l')).Derive("webhook", {"demo", "crm", "1"}),
  };
  EXPECT_EQ(all.size(), 6u);
  for (const std::string& secret : all) EXPECT_EQ(secret.size(), 32u);
}

TEST(SecretKeyTest, OpensWhatItSealedAndNothingElse) {
  const SecretKey key = Key();
  for (const std::string secret : {"", "x", "a shop's own secret of some length"}) {
    const std::string sealed = key.Seal("demo/shop", secret);
    EXPECT_EQ(sealed.size(), secret.size() + 28);
    HOIAM_ASSERT_OK(key.Open("demo/shop", sealed));
    EXPECT_EQ(*key.Open("demo/shop", sealed), secret);
    EXPECT_THAT(key.Open("demo/other", sealed), testing::StatusIs(absl::StatusCode::kInternal));
    EXPECT_THAT(SecretKey(std::string(32, 'l')).Open("demo/shop", sealed),
                testing::StatusIs(absl::StatusCode::kInternal));
    for (size_t i = 0; i < sealed.size(); ++i) {
      std::string changed = sealed;
      changed[i] ^= 1;
      EXPECT_THAT(key.Open("demo/shop", changed), testing::StatusIs(absl::StatusCode::kInternal)) << i;
    }
    EXPECT_THAT(key.Open("demo/shop", sealed.substr(0, sealed.size() - 1)),
                testing::StatusIs(absl::StatusCode::kInternal));
  }
  EXPECT_THAT(key.Open("demo/shop", ""), testing::StatusIs(absl::StatusCode::kInternal));
}

TEST(SecretKeyTest, SealsTheSameSecretDifferentlyEachTime) {
  const SecretKey key = Key();
  const std::string once = key.Seal("c", "secret"), again = key.Seal("c", "secret");
  EXPECT_NE(once, again);
  EXPECT_FALSE(absl::StrContains(once, "secret"));
}

}  // namespace
}  // namespace hoiam::gateway
