#include "survey_service/domain/phone.h"

#include <gtest/gtest.h>

namespace hoiam::survey {
namespace {

TEST(PhoneTest, EverySpellingOfOneNumberIsOne) {
  const PhoneNumbers vietnam("VN");
  for (const char* text :
       {"0912345678", "0912 345 678", "0912.345.678", "(0912) 345-678", "+84912345678", "+84 912 345 678",
        "84912345678", "84 912 345 678", "912345678", "0084912345678", "+84 (0) 912 345 678"})
    EXPECT_EQ(vietnam.Normal(text), "+84912345678") << text;
  for (const char* text : {"02438251234", "+84 24 3825 1234"}) EXPECT_EQ(vietnam.Normal(text), "+842438251234") << text;
}

TEST(PhoneTest, OtherNumbersAreOthers) {
  const PhoneNumbers vietnam("VN");
  EXPECT_NE(vietnam.Normal("0912345679"), vietnam.Normal("0912345678"));
  EXPECT_EQ(vietnam.Normal("+1 650 253 0000"), "+16502530000");
  EXPECT_EQ(PhoneNumbers("US").Normal("650 253 0000"), "+16502530000");
}

TEST(PhoneTest, WhatIsNoNumberStaysAsItIsWithoutItsSpaces) {
  const PhoneNumbers vietnam("VN");
  EXPECT_EQ(vietnam.Normal(""), "");
  EXPECT_EQ(vietnam.Normal("1900 1234 ext. 99 99"), "19001234ext.9999");
  EXPECT_EQ(vietnam.Normal("gọi chị Lan"), "gọichịLan");
  EXPECT_EQ(vietnam.Normal("12 34"), "1234");
}

TEST(PhoneTest, NormalIsStable) {
  const PhoneNumbers vietnam("VN");
  for (const char* text : {"0912 345 678", "12 34", "gọi chị Lan", "+16502530000", "84912345678"})
    EXPECT_EQ(vietnam.Normal(vietnam.Normal(text)), vietnam.Normal(text)) << text;
}

TEST(PhoneTest, RegionsAreCountriesWithNumbers) {
  EXPECT_TRUE(PhoneNumbers::IsRegion("VN"));
  EXPECT_TRUE(PhoneNumbers::IsRegion("US"));
  for (const char* region : {"", "vn", "XX", "VNM", "84"}) EXPECT_FALSE(PhoneNumbers::IsRegion(region)) << region;
}

}  // namespace
}  // namespace hoiam::survey
