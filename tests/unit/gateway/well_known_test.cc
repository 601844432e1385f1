#include "platform/json/well_known.h"

#include <gtest/gtest.h>

namespace hoiam::json {
namespace {

TEST(WellKnownTest, TimesKeepTheirNanosecondsAndAreWrittenInUtc) {
  google::protobuf::Timestamp t;
  for (const auto& [in, out] : std::vector<std::pair<std::string, std::string>>{
           {"2026-11-21T10:00:00Z", "2026-11-21T10:00:00Z"},
           {"2026-11-21t17:00:00.5+07:00", "2026-11-21T10:00:00.500Z"},
           {"2026-11-20T22:30:00.000001-11:30", "2026-11-21T10:00:00.000001Z"},
           {"2026-11-21T10:00:00.123456789z", "2026-11-21T10:00:00.123456789Z"},
           {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
           {"9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"},
           {"1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z"},
           {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"}}) {
    ASSERT_TRUE(ParseTimestamp(in, t)) << in;
    EXPECT_EQ(FormatTimestamp(t), out);
  }
  EXPECT_FALSE(ParseTimestamp("0001-01-01T00:00:00+01:00", t)) << "before the year 1";
  EXPECT_FALSE(ParseTimestamp("2023-02-29T00:00:00Z", t));
  EXPECT_FALSE(ParseTimestamp("2026-11-21T10:00:60Z", t));
  EXPECT_FALSE(ParseTimestamp("2026-11-21T10:00:00.1234567891Z", t));
}

TEST(WellKnownTest, DurationsMayBeNegativeAndFractional) {
  google::protobuf::Duration d;
  for (const char* text : {"0s", "3s", "-3s", "1.500s", "-0.500s", "315576000000s"}) {
    ASSERT_TRUE(ParseDuration(text, d)) << text;
    EXPECT_EQ(FormatDuration(d), text);
  }
}

TEST(WellKnownTest, MasksAreLowerCamelCaseOutsideAndSnakeCaseInside) {
  google::protobuf::FieldMask mask;
  ASSERT_TRUE(ParseFieldMask("displayName,properties.*,customer.givenName", mask));
  EXPECT_EQ(mask.paths(0), "display_name");
  EXPECT_EQ(mask.paths(1), "properties.*");
  EXPECT_EQ(mask.paths(2), "customer.given_name");
  EXPECT_EQ(FormatFieldMask(mask), "displayName,properties.*,customer.givenName");
}

}  // namespace
}  // namespace hoiam::json
