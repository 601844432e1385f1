#include "gateway/auth/key_text.h"

#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <tuple>
#include <vector>

#include "absl/strings/str_split.h"
#include "gateway/auth/key_rules.h"
#include "gateway/auth/roles.h"
#include "gateway/auth/scopes.h"
#include "gateway/proxy/call.h"
#include "tests/support/matchers.h"

namespace hoiam::gateway {
namespace {

TEST(KeyTextTest, ANewKeyHasItsFormAndIsLikeNoOther) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string text = NewKeyText();
    EXPECT_EQ(text.size(), 39u);
    EXPECT_EQ(text.substr(0, 3), "hk_");
    EXPECT_TRUE(IsKeyText(text)) << text;
    EXPECT_TRUE(seen.insert(text).second);
  }
}

TEST(KeyTextTest, OneWrongCharacterIsSeen) {
  const std::string text = NewKeyText();
  for (size_t i = 3; i < text.size(); ++i) {
    std::string wrong = text;
    wrong[i] = wrong[i] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(IsKeyText(wrong)) << i;
  }
  for (const std::string& wrong : {std::string(), std::string("hk_"), text.substr(1), text + "a", text.substr(0, 38),
                                   "HK" + text.substr(2), text.substr(0, 10) + "-" + text.substr(11)})
    EXPECT_FALSE(IsKeyText(wrong)) << wrong;
}

TEST(KeyTextTest, ItsBeginningSaysWhatKindOfKeyItIs) {
  for (const auto& [test_mode, publishable, stem] :
       {std::tuple(true, false, "hk_test_"), std::tuple(false, true, "hk_pub_"),
        std::tuple(true, true, "hk_test_pub_")}) {
    const std::string text = NewKeyText(test_mode, publishable);
    EXPECT_EQ(text.substr(0, strlen(stem)), stem);
    EXPECT_EQ(text.size(), strlen(stem) + 36);
    EXPECT_TRUE(IsKeyText(text)) << text;
    EXPECT_FALSE(IsKeyText("hk_" + text.substr(strlen(stem)))) << "the check sum is of all of it";
    EXPECT_EQ(KeyPrefix(text), text.substr(0, strlen(stem) + 4));
    EXPECT_LE(KeyPrefix(text).size(), 16u) << "the column";
  }
}

TEST(KeyTextTest, WhatIsStoredDoesNotHoldTheText) {
  const std::string text = NewKeyText();
  EXPECT_EQ(KeyHash(text).size(), 32u);
  EXPECT_EQ(KeyPrefix(text), text.substr(0, 7));
}

TEST(ScopesTest, NamesAndSetsGoBothWays) {
  for (const char* name : kScopes) {
    const auto bit = ParseScope(name);
    ASSERT_TRUE(bit) << name;
    EXPECT_EQ(FormatScopes(*bit), name);
  }
  EXPECT_FALSE(ParseScope("root"));
  EXPECT_EQ(ParseScopes("cases.read,of.a.newer.release,cases.write"),
            *ParseScope("cases.read") | *ParseScope("cases.write"));
}

TEST(ScopesTest, AdminMayDoEverythingAndOthersWhatTheyHold) {
  for (const char* name : kScopes)
    EXPECT_EQ(Allows(kAdminScope, *ParseScope(name)), name != std::string("operator")) << name;
  EXPECT_TRUE(Allows(kAdminScope | kOperatorScope, kOperatorScope));
  EXPECT_FALSE(Allows(kOperatorScope, kAdminScope)) << "the operator is nobody in a tenant";
  EXPECT_FALSE(Allows(*ParseScope("cases.read"), *ParseScope("cases.write")));
  EXPECT_FALSE(Allows(0, *ParseScope("cases.read")));
  EXPECT_FALSE(Allows(*ParseScope("cases.read"), kAdminScope));
}

TEST(RolesTest, EveryRoleIsInTheTableWithScopesThatExist) {
  for (int role = 1; v1::Role::Code_IsValid(role); ++role) {
    int rows = 0;
    for (const RoleScopes& row : kRoles) {
      if (row.role != role) continue;
      ++rows;
      std::vector<std::string> names = absl::StrSplit(row.scopes, ',');
      for (const std::string& name : names) EXPECT_TRUE(ParseScope(name)) << row.role << " " << name;
      EXPECT_EQ(names.size(), std::set<std::string>(names.begin(), names.end()).size());
    }
    EXPECT_EQ(rows, 1) << role;
  }
  EXPECT_EQ(ScopesOf(v1::Role::UNSPECIFIED), 0u);
  EXPECT_EQ(ScopesOf(static_cast<v1::Role::Code>(99)), 0u);
}

TEST(RolesTest, NobodyIsOperatorByARoleAndTheAuditorChangesNothing) {
  for (const RoleScopes& row : kRoles) {
    EXPECT_FALSE(Allows(ScopesOf(row.role), kOperatorScope)) << row.role;
    EXPECT_EQ(Allows(ScopesOf(row.role), kAdminScope), row.role == v1::Role::ADMIN) << row.role;
  }
  for (const char* name : kScopes) {
    const std::string scope = name;
    const bool reads = scope.find(".read") != std::string::npos;
    EXPECT_EQ(Allows(ScopesOf(v1::Role::AUDITOR), *ParseScope(scope)), reads) << scope;
  }
}

TEST(KeyRulesTest, AThirdLiveKeyOfAPrincipalIsRefusedUntilOneHasEnded) {
  const absl::Time now = absl::FromUnixSeconds(1'793'000'000);
  KeyRow first{"t", "a", "crm", "cases.read", "", "", now, now + absl::Hours(1), std::nullopt};
  KeyRow second{"t", "b", "crm", "cases.read", "", "", now, std::nullopt, std::nullopt};
  const NewKey third{"c", "crm", *ParseScope("cases.read"), std::nullopt};
  const NewKey of_test{"c", "crm", *ParseScope("cases.read"), std::nullopt, v1::KeyKind::SECRET, v1::Role::UNSPECIFIED,
                       true};
  HOIAM_EXPECT_OK(DecideNewKey(of_test, {&first, &second}, now)) << "the test mode counts for itself";
  const auto refused = testing::StatusIs(absl::StatusCode::kFailedPrecondition, "TOO_MANY_LIVE_KEYS");
  EXPECT_THAT(DecideNewKey(third, {&first, &second}, now), refused);
  EXPECT_THAT(DecideNewKey(third, {&first, &second}, now + absl::Hours(1) - absl::Nanoseconds(1)), refused);
  HOIAM_EXPECT_OK(DecideNewKey(third, {&first, &second}, now + absl::Hours(1)));
  second.revoked_at = now;
  HOIAM_EXPECT_OK(DecideNewKey(third, {&first, &second}, now));
}

TEST(CallTest, AnIdempotencyKeyIsPrintableAndNotTooLong) {
  HOIAM_EXPECT_OK(CheckIdempotencyKey(""));
  HOIAM_EXPECT_OK(CheckIdempotencyKey(std::string(255, 'x')));
  EXPECT_FALSE(CheckIdempotencyKey(std::string(256, 'x')).ok());
  EXPECT_FALSE(CheckIdempotencyKey("a\tb").ok());
  EXPECT_FALSE(CheckIdempotencyKey("é").ok());
}

TEST(CallTest, OnlyASaneRequestIdIsKept) {
  const absl::Time now = absl::FromUnixSeconds(1'793'000'000);
  EXPECT_EQ(RequestId("abc-1._Z", now), "abc-1._Z");
  for (const std::string& bad : {std::string(), std::string("a b"), std::string("a\r\nX: y"), std::string(65, 'a')})
    EXPECT_EQ(RequestId(bad, now).size(), 36u);
}

TEST(CallTest, OnlyAWellFormedTraceIsKept) {
  const std::string good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  EXPECT_EQ(Traceparent(good), good);
  for (const std::string& bad : {std::string(), good.substr(1), "01" + good.substr(2),
                                 std::string("00-00000000000000000000000000000000-b7ad6b7169203331-01"),
                                 std::string("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01")}) {
    const std::string made = Traceparent(bad);
    EXPECT_EQ(made.size(), 55u);
    EXPECT_NE(made, bad);
    EXPECT_EQ(Traceparent(made), made);
  }
}

}  // namespace
}  // namespace hoiam::gateway
