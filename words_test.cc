#include "loop_service/domain/words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/unit/loop_service/domain/shop_comments.h"

namespace hoiam::loop {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using testing::kShopComments;
using testing::kTopics;
using testing::ShopComment;

std::vector<std::string> Found(const std::vector<std::string>& keywords, absl::string_view text) {
  std::vector<std::string> found;
  for (const int i : Keywords(keywords).Find(text)) found.push_back(keywords[i]);
  return found;
}

bool Finds(const std::string& keyword, absl::string_view text) { return !Found({keyword}, text).empty(); }

std::string InForm(const icu::Normalizer2* form, const std::string& text) {
  UErrorCode code = U_ZERO_ERROR;
  std::string out;
  return form->normalize(icu::UnicodeString::fromUTF8(text), code).toUTF8String(out);
}
std::string Nfd(const std::string& text) {
  UErrorCode code = U_ZERO_ERROR;
  return InForm(icu::Normalizer2::getNFDInstance(code), text);
}
std::string Nfc(const std::string& text) {
  UErrorCode code = U_ZERO_ERROR;
  return InForm(icu::Normalizer2::getNFCInstance(code), text);
}

TEST(WordsTest, InTheCommentsOfTheShopExactlyWhatTheySayIsFound) {
  for (const ShopComment& c : kShopComments) EXPECT_THAT(Found(kTopics, c.text), ElementsAreArray(c.found)) << c.text;
}

TEST(WordsTest, NfcAndNfdAreTheSame) {
  std::vector<std::string> apart;
  for (const std::string& topic : kTopics) apart.push_back(Nfd(topic));
  for (const ShopComment& c : kShopComments) {
    EXPECT_EQ(Keywords(kTopics).Find(Nfd(c.text)), Keywords(kTopics).Find(Nfc(c.text))) << c.text;
    EXPECT_EQ(Keywords(apart).Find(Nfc(c.text)), Keywords(kTopics).Find(Nfc(c.text))) << c.text;
  }
}

TEST(WordsTest, CaseDoesNotMatterNorWhatStandsBetweenWords) {
  for (const char* text : {"máy bốc khói", "MÁY BỐC KHÓI", "máy  bốc\t\nkhói", "máy bốc, khói!", "máy bốc🔥khói",
                           "máy “bốc khói”", "(bốc-khói)", "bốc\u200bkhói bốc khói", "b\u00adốc khói"})
    EXPECT_TRUE(Finds("Bốc khói", text)) << text;
}

TEST(WordsTest, OnlyWholeWordsAreFound) {
  EXPECT_FALSE(Finds("cháy", "chấy cháyy ccháy"));
  EXPECT_FALSE(Finds("rò điện", "rò điệnn"));
  EXPECT_FALSE(Finds("rò điện", "rò nước, điện yếu"));
  EXPECT_TRUE(Finds("rò điện", "rò rò điện"));
}

TEST(WordsTest, WhereTheToneStandsDoesNotMatter) {
  EXPECT_TRUE(Finds("hòa nhã", "thái độ hoà nhã"));
  EXPECT_TRUE(Finds("hoà nhã", "thái độ hòa nhã"));
  EXPECT_TRUE(Finds("kiện ra tòa", "tôi sẽ KIỆN RA TOÀ"));
  EXPECT_TRUE(Finds("thủy tinh", "cốc thuỷ tinh vỡ"));
  EXPECT_TRUE(Finds("quý khách", "qúy khách"));
  EXPECT_FALSE(Finds("hòa", "hỏa"));
}

TEST(WordsTest, WordsThatFoldIntoOneStayApartInATextWithDiacritics) {
  const std::vector<std::pair<std::string, std::string>> pairs = {{"chất", "chát"}, {"lỗi", "lời"}, {"bẩn", "bạn"},
                                                                  {"kém", "kem"},   {"đắt", "đặt"}, {"giả", "giá"},
                                                                  {"cháy", "chạy"}, {"mất", "mặt"}, {"đất", "dat"}};
  for (const auto& [a, b] : pairs) {
    EXPECT_FALSE(Finds(a, "ở đây " + b)) << a << b;
    EXPECT_FALSE(Finds(b, "ở đây " + a)) << a << b;
    EXPECT_TRUE(Finds(a, "ở đây " + a)) << a;
  }
}

TEST(WordsTest, WithoutDiacriticsOneWordIsNotEnoughAndTwoAre) {
  for (const char* word : {"cháy", "chát", "kém", "bẩn", "lỗi", "giả", "kem", "ban"})
    EXPECT_FALSE(Finds(word, "chay chat kem ban loi gia")) << word;
  EXPECT_TRUE(Finds("rò điện", "o cam bi ro dien, shop oi"));
  EXPECT_TRUE(Finds("bốc khói", "MAY SAY BOC KHOI"));
  EXPECT_FALSE(Finds("cháy", "chay di chay lai"));
  EXPECT_FALSE(Finds("ro dien", "ổ cắm bị rò điện")) << "a text with diacritics is matched as it is written";
}

TEST(WordsTest, ASingleWordThatCannotBeASyllableIsClearWithoutDiacritics) {
  for (const char* word : {"refund", "hotline", "slow", "app", "freeship", "scam", "sp", "113"})
    EXPECT_TRUE(Finds(word, absl::StrCat("toi muon ", word, " ngay"))) << word;
  for (const char* word : {"mat", "dien", "nghieng", "xoay", "khuya", "hot", "sue", "quy"})
    EXPECT_FALSE(Finds(word, absl::StrCat("toi muon ", word, " ngay"))) << word;
}

TEST(WordsTest, AKeywordInQuotationMarksIsFoundOnlyAsItIsWritten) {
  for (const char* keyword : {"\"tố cáo\"", "“tố cáo”"}) {
    EXPECT_TRUE(Finds(keyword, "tôi sẽ tố cáo"));
    EXPECT_FALSE(Finds(keyword, "anh nhan vien to cao"));
    EXPECT_EQ(Unquoted(keyword), "tố cáo");
  }
  EXPECT_TRUE(Finds("tố cáo", "anh nhan vien to cao"));
  EXPECT_EQ(Unquoted("tố cáo"), "tố cáo");
}

TEST(WordsTest, AllThatOverlapIsFoundAndEachOnce) {
  EXPECT_THAT(Keywords({"cháy", "cháy nhà", "suýt cháy", "suýt cháy nhà", "nhà"}).Find("suýt cháy nhà, suýt cháy nhà"),
              ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(Keywords({"a b", "a b"}).Find("a b"), ElementsAre(0, 1));
}

TEST(WordsTest, WhereThereIsNothingNothingIsFound) {
  for (const char* nothing : {"", " ", ".", "😡😡", "\u200b", "\"\"", "❤️"}) {
    EXPECT_FALSE(HasWords(nothing)) << nothing;
    EXPECT_FALSE(Finds(nothing, "máy bốc khói")) << nothing;
    EXPECT_FALSE(Finds("bốc khói", nothing)) << nothing;
  }
  EXPECT_TRUE(HasWords("7"));
  EXPECT_THAT(Keywords().Find("máy bốc khói"), IsEmpty());
  EXPECT_TRUE(Finds("bốc khói", "<script>alert(1)</script> bốc khói")) << "markup is text";
  EXPECT_TRUE(Finds("bốc khói", "\xff\xfe bốc khói \xc3")) << "bytes that are no text part words";
}

// A comment at its longest, all words of the safety list: it is a walk over the text, not a search per keyword.
TEST(WordsTest, FourThousandCharactersTakeMicroseconds) {
  std::string text;
  while (text.size() < 5600) absl::StrAppend(&text, "Nhân viên nhiệt tình nhưng ít quầy, cuối tuần chờ 15 phút. ");
  std::vector<std::string> many = kTopics;
  for (int i = 0; i < 2000; ++i) many.push_back(absl::StrCat("nhân viên ", i));
  const auto fastest = [&](const Keywords& keywords) {
    absl::Duration best = absl::InfiniteDuration();
    for (int i = 0; i < 50; ++i) {
      const absl::Time start = absl::Now();
      EXPECT_THAT(keywords.Find(text), IsEmpty());
      best = std::min(best, absl::Now() - start);
    }
    return best;
  };
  const absl::Duration few = fastest(Keywords(kTopics)), all = fastest(Keywords(many));
  EXPECT_LT(few, absl::Milliseconds(2)) << "tens of microseconds on an idle machine";
  EXPECT_LT(all, 4 * few + absl::Milliseconds(1)) << "2,000 keywords more cost next to nothing";
  RecordProperty("microseconds", static_cast<int>(absl::ToInt64Microseconds(few)));
}

}  // namespace
}  // namespace hoiam::loop
