#include "survey_service/domain/invitation_text.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

constexpr char kLink[] = "https://hoiam.example/s/AAAAAAAAAAAAAAAAAAAAAA";

InvitationWords Lan() { return {"Nhà Én", "chị", "Lan", true, kLink}; }

TEST(InvitationTextTest, VietnameseIsWrittenWithoutMarksInOnePartWithTheLink) {
  EXPECT_EQ(InvitationText("vi", Lan()),
            absl::StrCat("[Nha En] Cam on chi Lan da mua hang. Chi danh gia giup em 1 cau, 10 giay: ", kLink));
  InvitationWords w = Lan();
  w.honorific = w.given_name = "";
  EXPECT_EQ(InvitationText("vi", w),
            absl::StrCat("[Nha En] Cam on anh/chi da mua hang. Anh/chi danh gia giup em 1 cau, 10 giay: ", kLink));
  w.bought = false;
  EXPECT_EQ(InvitationText("vi", w),
            absl::StrCat("[Nha En] Cam on anh/chi da ung ho. Anh/chi danh gia giup em 1 cau, 10 giay: ", kLink));
}

TEST(InvitationTextTest, PeopleAreAddressedAsTheyAre) {
  const auto text = [](const char* honorific) {
    InvitationWords w = Lan();
    w.honorific = honorific;
    return InvitationText("vi", w);
  };
  EXPECT_NE(text("Bác").find("Cam on bac Lan da mua hang. Bac danh gia giup chau"), std::string::npos);
  EXPECT_NE(text("quý khách").find("Quy khach danh gia giup chung toi"), std::string::npos);
  EXPECT_NE(text("Mr").find("Cam on anh/chi da mua hang."), std::string::npos) << "no name without a form of address";
  EXPECT_NE(text("chi\xcc\xa3").find("Cam on chi Lan"), std::string::npos) << "decomposed letters are the same word";
}

TEST(InvitationTextTest, EnglishThanksForWhatWasDone) {
  EXPECT_EQ(InvitationText("en", Lan()),
            absl::StrCat("[Nha En] Thank you for your purchase. One question, 10 seconds: ", kLink));
}

TEST(InvitationTextTest, EveryTextFitsOnePartWhateverItIsMadeOf) {
  for (const char* language : {"vi", "en"}) {
    for (const std::string brand :
         {std::string(), std::string("Nhà Én"), std::string(40, 'B'), std::string(300, 'B')}) {
      for (size_t link = 10; link <= 160; ++link) {
        const InvitationWords w{brand, "chị", "Lan", true, std::string(link, 'x'), link % 2 ? "8077" : ""};
        const std::string text = InvitationText(language, w);
        EXPECT_LE(Septets(text), kMaxSmsSeptets) << text;
        EXPECT_NE(text.find(w.link), std::string::npos) << text;
      }
    }
  }
}

TEST(InvitationTextTest, ALongerLinkLeavesFewerWordsAndNeverIsCut) {
  size_t words = kMaxSmsSeptets;
  for (size_t link = 10; link <= 160; ++link) {
    const size_t left = Septets(InvitationText("vi", {"Nhà Én", "chị", "Lan", true, std::string(link, 'x')})) - link;
    EXPECT_LE(left, words);
    words = left;
  }
  EXPECT_EQ(words, 0u);
  const std::string too_long(200, 'x');
  EXPECT_EQ(InvitationText("vi", {"Nhà Én", "", "", true, too_long}), too_long);
}

TEST(InvitationTextTest, HowToBeAskedNoMoreIsSaidWhereItFitsAndGoesBeforeTheLengthOfTheWording) {
  InvitationWords w = Lan();
  w.honorific = w.given_name = "";
  w.short_code = "8077";
  const std::string tail = ". Tu choi: soan TC gui 8077";
  EXPECT_EQ(InvitationText("vi", w),
            absl::StrCat("[Nha En] Cam on anh/chi da mua hang. Anh/chi danh gia giup em 1 cau, "
                         "10 giay: ",
                         kLink, tail));
  w.link = std::string(80, 'x');
  EXPECT_EQ(InvitationText("vi", w), absl::StrCat("[Nha En] Anh/chi danh gia giup em 1 cau, 10 giay: ", w.link, tail));
  w.link = std::string(140, 'x');
  EXPECT_EQ(InvitationText("vi", w), w.link) << "no room for anything";
  w.link = kLink;
  EXPECT_EQ(InvitationText("en", w), absl::StrCat("[Nha En] Thank you for your purchase. One question, 10 seconds: ",
                                                  kLink, ". To opt out: text TC to 8077"));
}

TEST(InvitationTextTest, WithMarksAPartIsSeventyUnitsAndALinkThatLeavesNoRoomHasNone) {
  InvitationWords w = Lan();
  w.link = "https://nha.en/s/AAAAAAAAAAAAAAAAAAAAAA";
  EXPECT_EQ(AccentedText("vi", w), absl::StrCat("[Nhà Én] Mời chị Lan đánh giá: ", w.link));
  w.brand = "Nha\xcc\x80 E\xcc\x81n";
  EXPECT_EQ(AccentedText("vi", w), absl::StrCat("[Nhà Én] Mời chị Lan đánh giá: ", w.link)) << "one letter is one unit";
  w.brand = "Điện máy của mọi nhà";
  EXPECT_EQ(AccentedText("vi", w), absl::StrCat("Mời chị Lan đánh giá: ", w.link));
  w.link = std::string(56, 'x');
  EXPECT_EQ(AccentedText("vi", w), absl::StrCat("Mời đánh giá: ", w.link));
  w.link = std::string(57, 'x');
  EXPECT_EQ(AccentedText("vi", w), "");
  w.link = "https://a.vn/s/AAAAAAAAAAAAAAAAAAAAAA";
  w.brand = "";
  w.short_code = "8077";
  w.honorific = "";
  EXPECT_EQ(AccentedText("vi", w).find("Từ chối"), std::string::npos) << "a link of its length leaves no room for it";
  EXPECT_EQ(AccentedText("en", Lan()), absl::StrCat("[Nhà Én] One question: ", kLink));
}

TEST(InvitationTextTest, EveryTextWithMarksFitsOnePartAndHoldsTheLink) {
  for (const char* language : {"vi", "en"}) {
    for (const char* brand : {"", "Nhà Én", "Cửa hàng điện máy gia dụng Nhà Én", "🙂🙂🙂"}) {
      for (size_t link = 10; link <= 80; ++link) {
        const InvitationWords w{brand, "quý khách", "Lan", true, std::string(link, 'x'), "8077"};
        const std::string text = AccentedText(language, w);
        EXPECT_LE(Utf16Units(text), kMaxSmsUnits) << text;
        EXPECT_EQ(text.find(w.link) == std::string::npos, text.empty()) << text;
      }
    }
  }
  EXPECT_EQ(Utf16Units("đ🙂"), 3u);
}

TEST(InvitationTextTest, LettersLoseTheirMarksAndWhatGsmDoesNotHaveIsLeftOut) {
  EXPECT_EQ(ToAscii("Điện Máy Đỗ Quỳnh"), "Dien May Do Quynh");
  EXPECT_EQ(ToAscii("ắằẳẵặ ướờởỡợ đ Đ"), "aaaaa uooooo d D");
  EXPECT_EQ(ToAscii("Nha\xcc\x80 E\xcc\x81n"), "Nha En");
  EXPECT_EQ(ToAscii("L’Été – `50%` 🙂店"), "L'Ete - 50% ");
  EXPECT_EQ(ToAscii("a\nb"), "ab");
}

TEST(InvitationTextTest, BracketsTakeTwoSeptets) {
  EXPECT_EQ(Septets("abc_@-/:?="), 10u);
  EXPECT_EQ(Septets("[]{}\\^~|"), 16u);
}

TEST(InvitationTextTest, UnknownPeopleAreWrittenToInVietnameseAndForeignersInEnglish) {
  for (const char* locale : {"", "vi", "vi-VN", "VI"}) EXPECT_EQ(MessageLanguage(locale), "vi") << locale;
  for (const char* locale : {"en", "en-US", "fr", "ko-KR", "vie"}) EXPECT_EQ(MessageLanguage(locale), "en") << locale;
}

}  // namespace
}  // namespace hoiam::survey
