// Signatures of senders, addresses, and a value of a request as a body.
#include "gateway/inbound/inbound_rules.h"

#include <gmock/gmock.h>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gateway/inbound/signature.h"
#include "platform/base/crypto.h"

namespace hoiam::gateway {
namespace {

v1::InboundSignature Signed(v1::SignatureEncoding::Code encoding) {
  v1::InboundSignature s;
  s.set_encoding(encoding);
  s.set_header("X-Signature");
  return s;
}

TEST(InboundSignatureTest, TheBodysOwnSignatureHoldsInEverySpellingOfIt) {
  const std::string mac = HmacSha256("secret", "body");
  const auto hex = Signed(v1::SignatureEncoding::HMAC_SHA256_HEX);
  for (const std::string& good :
       {Hex(mac), absl::AsciiStrToUpper(Hex(mac)), "sha256=" + Hex(mac), " " + Hex(mac) + " "})
    EXPECT_TRUE(SignatureHolds(hex, "secret", good, "body")) << good;
  const auto base64 = Signed(v1::SignatureEncoding::HMAC_SHA256_BASE64);
  const std::string text = absl::Base64Escape(mac);
  ASSERT_EQ(text.back(), '=');
  for (const std::string& good : {text, text.substr(0, text.size() - 1), "sha256=" + text})
    EXPECT_TRUE(SignatureHolds(base64, "secret", good, "body")) << good;
}

TEST(InboundSignatureTest, NothingElseHolds) {
  const std::string mac = HmacSha256("secret", "body");
  const auto hex = Signed(v1::SignatureEncoding::HMAC_SHA256_HEX);
  for (const std::string& bad :
       {std::string(), std::string("sha256="), Hex(mac).substr(1), Hex(mac) + "0", Hex(HmacSha256("secret", "body ")),
        Hex(HmacSha256("", "body")), absl::Base64Escape(mac)})
    EXPECT_FALSE(SignatureHolds(hex, "secret", bad, "body")) << bad;
  const auto base64 = Signed(v1::SignatureEncoding::HMAC_SHA256_BASE64);
  std::string other_case = absl::Base64Escape(mac);
  for (char& c : other_case) c = absl::ascii_isupper(c) ? absl::ascii_tolower(c) : absl::ascii_toupper(c);
  for (const std::string& bad : {std::string(), Hex(mac), other_case, absl::Base64Escape(mac.substr(1))})
    EXPECT_FALSE(SignatureHolds(base64, "secret", bad, "body")) << bad;
  // A release that knows no such encoding lets nobody in.
  EXPECT_FALSE(SignatureHolds(Signed(static_cast<v1::SignatureEncoding::Code>(9)), "secret", "", "body"));
}

TEST(InboundSignatureTest, WhoDoesNotSignNeedsNone) {
  EXPECT_TRUE(SignatureHolds(v1::InboundSignature(), "", "", "body"));
}

TEST(InboundTokenTest, EveryTenantIdAndGenerationHasItsOwn) {
  const SecretKey key(std::string(32, 'k'));
  const std::string token = InboundToken(key, "acme", "till", 1);
  EXPECT_TRUE(IsInboundToken(token));
  EXPECT_EQ(token, InboundToken(key, "acme", "till", 1));
  EXPECT_NE(token, InboundToken(key, "acme", "till", 2));
  EXPECT_NE(token, InboundToken(key, "acme", "til", 1));
  EXPECT_NE(InboundToken(key, "ab", "c", 1), InboundToken(key, "a", "bc", 1));
  EXPECT_NE(token, InboundToken(SecretKey(std::string(32, 'x')), "acme", "till", 1));
  for (const std::string& bad : {std::string(), token + "A", token.substr(1), "+" + token.substr(1)})
    EXPECT_FALSE(IsInboundToken(bad)) << bad;
}

TEST(InboundRulesTest, ANumberOfARequestIsWrittenAsABodyWouldHaveIt) {
  google::protobuf::Value value;
  const auto text = [&](double d) {
    value.set_number_value(d);
    return ToTree(value).text;
  };
  EXPECT_EQ(text(1250000), "1250000");
  EXPECT_EQ(text(1000000), "1000000");
  EXPECT_EQ(text(-3), "-3");
  EXPECT_EQ(text(0.1), "0.1");
  EXPECT_EQ(text(2.50), "2.5");
}

TEST(InboundRulesTest, WhatMadeAnEndpointIsToldApartBySecretToo) {
  const SecretKey key(std::string(32, 'k'));
  v1::Inbound a;
  a.mutable_signature()->set_secret("one");
  v1::Inbound b = a;
  EXPECT_EQ(MadeBy(key, a), MadeBy(key, b));
  b.mutable_signature()->set_secret("two");
  EXPECT_NE(MadeBy(key, a), MadeBy(key, b));
}

}  // namespace
}  // namespace hoiam::gateway
