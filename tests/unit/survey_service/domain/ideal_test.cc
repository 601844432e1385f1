#include "survey_service/domain/ideal.h"

#include <gtest/gtest.h>

namespace hoiam::survey {
namespace {

TEST(IdealTest, SayingOnlyThatNothingIsMissingIsSeen) {
  for (const char* text :
       {"Không có, như vậy là tốt rồi", "không có ạ", "Dạ không có ạ", "KHÔNG CÓ GÌ!", "ok rồi", "Ok", "OK rồi ạ 👍",
        "Không ạ. Ok rồi nhé", "rất hài lòng ạ", "Không có gì cả, cảm ơn shop nhiều ạ", "ko", "Ko có gì", "Tốt rồi ạ",
        "Nothing, thanks!", "N/A", "It's all good", "no"})
    EXPECT_TRUE(SaysNothingMissing(text)) << text;
}

TEST(IdealTest, WhatSaysNothingAtAllMissesNothing) {
  for (const char* text : {"", ".", "...", " \n ", "👍", "😀😀 ❤️", "-", "ạ"})
    EXPECT_TRUE(SaysNothingMissing(text)) << text;
}

TEST(IdealTest, AnyWishBesideItIsAWish) {
  for (const char* text :
       {"Không có bãi xe", "không tốt", "Không có, nhưng giao nhanh hơn thì tốt", "ok, nhung app hay bi vang ra",
        "Tốt rồi. Lần sau giao đúng giờ nhé", "không", "thêm nhân viên cuối tuần", "giá", "10",
        "Cảm ơn shop nhiều ạ. Lần sau em xin phép mua chỗ khác ạ 🙂", "no parking",
        "không hài lòng"}) {
    const bool alone = std::string(text) == "không";
    EXPECT_EQ(SaysNothingMissing(text), alone) << text;
  }
}

TEST(IdealTest, ComposedDecomposedAndBothPlacesOfTheToneAreOne) {
  EXPECT_TRUE(SaysNothingMissing("kh\u00f4ng c\u00f3"));
  EXPECT_TRUE(SaysNothingMissing("kho\u0302ng co\u0301"));
  EXPECT_TRUE(SaysNothingMissing("hoàn hảo"));
  EXPECT_TRUE(SaysNothingMissing("hòan hảo"));
}

TEST(IdealTest, WithoutAnyDiacriticsPhrasesOfTwoWordsAreCompared) {
  EXPECT_TRUE(SaysNothingMissing("khong co gi"));
  EXPECT_TRUE(SaysNothingMissing("da khong co a"));
  EXPECT_TRUE(SaysNothingMissing("nhu vay la tot roi"));
  EXPECT_FALSE(SaysNothingMissing("du")) << "đủ, dù, dư: one word alone may be another one";
  EXPECT_FALSE(SaysNothingMissing("on"));
  EXPECT_FALSE(SaysNothingMissing("không co gì")) << "with diacritics they are compared as they are";
}

}  // namespace
}  // namespace hoiam::survey
