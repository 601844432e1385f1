#include <gtest/gtest.h>

#include <random>

#include "platform/base/crypto.h"
#include "platform/base/decimal.h"
#include "platform/base/ids.h"
#include "platform/base/page_token.h"
#include "platform/base/status.h"
#include "platform/base/text.h"
#include "tests/support/matchers.h"

namespace hoiam {
namespace {

using testing::StatusIs;

TEST(Base32Test, BytesComeBackAndEveryOtherSpellingIsRefused) {
  EXPECT_EQ(Base32Lower(""), "");
  EXPECT_EQ(Base32Lower("f"), "my");
  EXPECT_EQ(Base32Lower("foobar"), "mzxw6ytboi");  // RFC 4648
  for (size_t n = 0; n < 40; ++n) {
    const std::string bytes = Sha256(std::to_string(n)).substr(0, n);
    EXPECT_EQ(Base32LowerDecode(Base32Lower(bytes)), bytes);
  }
  for (const char* bad : {"MY", "my======", "mz", "m", "1a", "my ", "mzxw6ytboi7"})
    EXPECT_FALSE(Base32LowerDecode(bad)) << bad;
}

TEST(CryptoTest, MatchesPublishedVectors) {
  EXPECT_EQ(Hex(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Hex(HmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");  // RFC 4231, case 2
  EXPECT_EQ(Crc32("123456789"), 0xCBF43926u);
}

TEST(CryptoTest, Base64UrlHasOneSpellingPerValue) {
  EXPECT_EQ(Base64Url("\xff\xfe"), "__4");
  EXPECT_EQ(Base64UrlDecode("__4"), "\xff\xfe");
  EXPECT_EQ(Base64UrlDecode("__5"), std::nullopt) << "stray bits";
  EXPECT_EQ(Base64UrlDecode("__4="), std::nullopt);
  EXPECT_EQ(Base64UrlDecode("+/4"), std::nullopt);
}

TEST(IdsTest, UuidsAreVersion7OrderedByTimeAndReadBack) {
  const absl::Time now = absl::FromUnixMillis(1'793'000'000'123);
  const std::string a = NewUuid(now), b = NewUuid(now + absl::Milliseconds(1));
  EXPECT_LT(a, b);
  const std::string text = UuidToString(a);
  EXPECT_EQ(text[14], '7');
  EXPECT_EQ(ParseUuid(text), a);
  EXPECT_EQ(ParseUuid("not-a-uuid"), std::nullopt);
  EXPECT_EQ(ParseUuid(text.substr(1) + "g"), std::nullopt);
}

TEST(IdsTest, APartitionNeverChangesBetweenReleases) {
  EXPECT_EQ(PartitionOf("demo", "kh-0001", 1), 0u);
  EXPECT_EQ(PartitionOf("demo", "kh-0001", 8), PartitionOf("demo", "kh-0001", 8));
  EXPECT_NE(Sha256(std::string("a\0bc", 4)), Sha256(std::string("ab\0c", 4))) << "tenant and subject are told apart";
  // SHA-256("t" ‖ 00 ‖ "s") begins with these 8 bytes: written down so that a change is seen.
  uint64_t head = 0;
  const std::string digest = Sha256(std::string("t\0s", 3));
  for (int i = 0; i < 8; ++i) head = head << 8 | static_cast<unsigned char>(digest[i]);
  EXPECT_EQ(PartitionOf("t", "s", 8), head % 8);
}

TEST(DecimalTest, ReadsWhatAmountsMayBeAndNothingElse) {
  for (const char* good : {"0", "1.5", "-2", "000", "123456789012.123456", "123456789012345678", "0.000001"})
    EXPECT_TRUE(Decimal::ParseAmount(good)) << good;
  for (const char* bad : {"", "-", ".", "1.", ".5", "1e3", "+1", " 1", "1 ", "1,5", "0.0000001", "1234567890123456789",
                          "--1", "NaN", "1.2.3"})
    EXPECT_FALSE(Decimal::ParseAmount(bad)) << bad;
}

TEST(DecimalTest, WhatNoColumnHoldsIsNoStoredNumber) {
  EXPECT_TRUE(Decimal::ParseStored("-99999999999999999999999999999999.999999"));
  EXPECT_FALSE(Decimal::ParseStored("100000000000000000000000000000000"));
}

TEST(DecimalTest, PrintsCanonicallyAndRoundTrips) {
  EXPECT_EQ(Decimal::ParseAmount("001.500")->ToString(), "1.5");
  EXPECT_EQ(Decimal::ParseAmount("-0.000000")->ToString(), "0");
  EXPECT_EQ(Decimal::ParseAmount("-0.000001")->ToStored(), "-0.000001");
  std::mt19937_64 random(1);
  for (int i = 0; i < 1000; ++i) {
    const auto d = Decimal::FromMicros(static_cast<int64_t>(random() >> 3) - (int64_t{1} << 59));
    EXPECT_EQ(*Decimal::ParseStored(d.ToStored()), d);
  }
}

TEST(TextTest, RefusesMalformedUtf8) {
  for (absl::string_view bad : {"\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE1\x80", "\x80", "\xC3"})
    EXPECT_FALSE(IsUtf8(bad));
  for (absl::string_view good : {"", "đắt", "🙂", "e\xCC\x81"}) EXPECT_TRUE(IsUtf8(good));
}

TEST(TextTest, ClientIdsAreAnyTextButControlCharactersAndDots) {
  for (absl::string_view good : {"a", "đơn/2024:7", " ", "🙂", "..."}) {
    Violations v;
    CheckClientId(good, "id", v);
    EXPECT_TRUE(v.empty()) << good;
  }
  const std::string long_id(129, 'a');
  for (absl::string_view bad :
       {absl::string_view("."), absl::string_view(".."), absl::string_view("a\nb"), absl::string_view("\x7f"),
        absl::string_view("\xC2\x85"), absl::string_view("\xff"), absl::string_view(long_id)}) {
    Violations v;
    CheckClientId(bad, "id", v);
    EXPECT_THAT(v.ToStatus(), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_ID"));
  }
  Violations v;
  CheckClientId("", "id", v);
  EXPECT_THAT(v.ToStatus(), StatusIs(absl::StatusCode::kInvalidArgument, "REQUIRED"));
}

TEST(PageTokenTest, BelongsToItsQueryAndSurvivesNoChange) {
  const std::string token = EncodePageToken("list|t", {"2026", std::string("\0\xff", 2), ""});
  EXPECT_EQ(*DecodePageToken("list|t", token), (std::vector<std::string>{"2026", std::string("\0\xff", 2), ""}));
  EXPECT_TRUE(DecodePageToken("list|t", "")->empty());
  EXPECT_THAT(DecodePageToken("list|u", token), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_PAGE_TOKEN"));
  for (size_t i = 0; i < token.size(); ++i) {
    std::string forged = token;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(DecodePageToken("list|t", forged).ok()) << i;
    EXPECT_FALSE(DecodePageToken("list|t", token.substr(0, i + 1)).ok() && i + 1 < token.size());
  }
}

TEST(StatusTest, ADetailSurvivesWithEveryViolation) {
  Violations v;
  v.Add("score", "SCORE_OUT_OF_RANGE", "must be 0 to 10", {{"min", "0"}, {"max", "10"}});
  v.Add("a:b", "REQUIRED", "3:x is required");
  const auto detail = DetailOf(v.ToStatus());
  ASSERT_TRUE(detail);
  EXPECT_EQ(detail->reason, "SCORE_OUT_OF_RANGE");
  EXPECT_EQ(detail->metadata.at("field"), "score");
  ASSERT_EQ(detail->violations.size(), 2u);
  EXPECT_EQ(detail->violations[1].field, "a:b");
  EXPECT_EQ(detail->violations[1].description, "3:x is required");
  EXPECT_FALSE(DetailOf(absl::InternalError("x")).has_value());
}

TEST(TextTest, AZoneIsFoundByItsNameAndByNothingThatIsAPath) {
  for (const char* good : {"Asia/Ho_Chi_Minh", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+7"})
    EXPECT_TRUE(FindTimeZone(good)) << good;
  for (const char* bad : {"", "/etc/localtime", "../zoneinfo/UTC", "Asia/../UTC", "file:UTC", "Asia//Ho_Chi_Minh",
                          "Asia/", "/dev/stdin", "Asia/Hanoi City", "Mars/Olympus"})
    EXPECT_FALSE(FindTimeZone(bad)) << bad;
}

}  // namespace
}  // namespace hoiam
