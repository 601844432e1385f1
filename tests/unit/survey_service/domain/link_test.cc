#include "survey_service/domain/link.h"

#include <gtest/gtest.h>

#include "platform/base/crypto.h"

namespace hoiam::survey {
namespace {

const std::string kKey(32, 'k');

TEST(LinkTest, ATokenIs128BitsInTheUrlsAlphabet) {
  const std::string token = MakeToken(kKey, "demo", "inv-1");
  EXPECT_EQ(token.size(), 22u);
  EXPECT_EQ(Base64UrlDecode(token)->size(), 16u);
  EXPECT_EQ(token, Base64Url(HmacSha256(kKey, std::string("demo\0inv-1", 10)).substr(0, 16)));
}

TEST(LinkTest, TenantAndIdAreKeptApart) {
  EXPECT_NE(MakeToken(kKey, "demo", "inv-1"), MakeToken(kKey, "dem", "oinv-1"));
  EXPECT_NE(MakeToken(kKey, "demo", "inv-1"), MakeToken(kKey, "demo", "inv-2"));
  EXPECT_NE(MakeToken(kKey, "demo", "inv-1"), MakeToken(std::string(32, 'x'), "demo", "inv-1"));
}

TEST(LinkTest, TheSameLinkIsMadeAgainButNotWithAnotherKey) {
  const LinkMaker links(kKey, "https://h.example");
  const std::string link = links.Link("demo", "inv-1", links.key_id());
  EXPECT_EQ(link, "https://h.example/s/" + MakeToken(kKey, "demo", "inv-1"));
  EXPECT_EQ(links.Link("demo", "inv-1", KeyId("another key")), "");
  EXPECT_EQ(KeyId(kKey).size(), 8u);
  EXPECT_EQ(KeyId(kKey).find('k'), std::string::npos);
}

TEST(LinkTest, WhatTheTableKeepsIsTheDigest) { EXPECT_EQ(TokenHash("token"), Sha256("token")); }

}  // namespace
}  // namespace hoiam::survey
