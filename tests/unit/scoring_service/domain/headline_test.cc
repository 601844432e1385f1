#include "scoring_service/domain/headline.h"

#include <gmock/gmock.h>

#include "absl/strings/match.h"
#include "absl/time/civil_time.h"
#include "platform/base/text.h"
#include "scoring_service/domain/quote.h"

namespace hoiam::scoring {
namespace {

const absl::TimeZone kZone = absl::FixedTimeZone(7 * 3600);
absl::Time At(int year, int month, int day, int hour = 10, int minute = 0) {
  return absl::FromCivil(absl::CivilSecond(year, month, day, hour, minute), kZone);
}
const absl::Time kNow = At(2026, 11, 21);

Standing Given(const char* metric, int score, absl::Time at, const std::string& comment = "") {
  Standing s;
  s.score = score;
  s.band = PartOf(*FindBuiltin(metric), score).band;
  s.responded_at = at;
  s.full_effects = true;
  s.responses = 1;
  s.comment = comment;
  return s;
}

Sheet SheetWith(const char* metric, int score, absl::Time at, const std::string& comment = "") {
  Sheet sheet;
  sheet.standings[metric] = Given(metric, score, at, comment);
  return sheet;
}

void OpenCase(Sheet& sheet, std::optional<absl::Time> act_by) {
  sheet.open_cases = 1;
  sheet.detractor_since = kNow;
  sheet.act_by = act_by;
}

TEST(HeadlineTest, SaysWhoWhatUntilWhenAndToHoldBackSelling) {
  Sheet sheet = SheetWith(kNps, 3, At(2026, 11, 20), "giao trễ");
  OpenCase(sheet, At(2026, 11, 21, 17));
  const Headline h = HeadlineOf(sheet, kNow, kZone);
  EXPECT_EQ(h.vi, "Khách chấm NPS 3/10 hôm qua: “giao trễ” – liên hệ trước 17:00 hôm nay, chưa chào bán");
  EXPECT_EQ(h.en, "Customer scored NPS 3/10 yesterday: “giao trễ” – contact before 17:00 today, do not sell yet");
}

TEST(HeadlineTest, ATemplateLeavesThePlaceOfTheNameOpenOnceWhateverTheWordsHold) {
  const Sheet sheet = SheetWith(kNps, 3, At(2026, 11, 20), "{who} {who}");
  const Headline h = HeadlineOf(sheet, kNow, kZone, kWhoTemplate, kWhoTemplate);
  EXPECT_EQ(h.vi, "{who} chấm NPS 3/10 hôm qua: “who who” – chưa xử lý xong, chưa chào bán");
  EXPECT_EQ(h.en, "{who} scored NPS 3/10 yesterday: “who who” – not resolved yet, do not sell yet");
}

TEST(HeadlineTest, DaysAreRelativeWhileTheyAreNearAndOfTheZone) {
  const auto day = [](absl::Time at) { return HeadlineOf(SheetWith(kCsat, 3, at), kNow, kZone).vi; };
  EXPECT_EQ(day(At(2026, 11, 21, 0)), "Khách chấm CSAT 3/5 hôm nay – hỏi thêm điều nên cải thiện");
  EXPECT_EQ(day(At(2026, 11, 21, 0) - absl::Seconds(1)), "Khách chấm CSAT 3/5 hôm qua – hỏi thêm điều nên cải thiện");
  EXPECT_EQ(day(At(2026, 11, 5)), "Khách chấm CSAT 3/5 ngày 05/11 – hỏi thêm điều nên cải thiện");
  EXPECT_EQ(HeadlineOf(SheetWith(kCsat, 3, At(2025, 12, 5)), At(2026, 1, 5), kZone).vi,
            "Khách chấm CSAT 3/5 ngày 05/12/2025 – hỏi thêm điều nên cải thiện");
  EXPECT_EQ(HeadlineOf(SheetWith(kCsat, 3, At(2026, 11, 5)), kNow, kZone).en,
            "Customer scored CSAT 3/5 on 5 Nov – ask what to do better");
}

TEST(HeadlineTest, ADeadlineAheadIsABeforeAndOneThatPassedIsOverdue) {
  Sheet sheet = SheetWith(kNps, 0, At(2026, 11, 21, 9));
  OpenCase(sheet, At(2026, 11, 22, 8, 30));
  EXPECT_EQ(HeadlineOf(sheet, kNow, kZone).vi,
            "Khách chấm NPS 0/10 hôm nay – liên hệ trước 08:30 ngày mai, chưa chào bán");
  OpenCase(sheet, kNow);
  EXPECT_TRUE(absl::StrContains(HeadlineOf(sheet, kNow, kZone).vi, "liên hệ trước 10:00 hôm nay"));
  OpenCase(sheet, kNow - absl::Minutes(1));
  const Headline h = HeadlineOf(sheet, kNow, kZone);
  EXPECT_EQ(h.vi, "Khách chấm NPS 0/10 hôm nay – quá hạn liên hệ từ 09:59 hôm nay, chưa chào bán");
  EXPECT_EQ(h.en, "Customer scored NPS 0/10 today – contact overdue since 09:59 today, do not sell yet");
  sheet.contacted = true;
  EXPECT_TRUE(absl::StrContains(HeadlineOf(sheet, kNow, kZone).vi, "quá hạn xử lý từ 09:59 hôm nay"));
  OpenCase(sheet, At(2026, 11, 25, 9));
  EXPECT_TRUE(absl::StrContains(HeadlineOf(sheet, kNow, kZone).en, "resolve before 09:00 on 25 Nov"));
  OpenCase(sheet, std::nullopt);
  EXPECT_EQ(HeadlineOf(sheet, kNow, kZone).en, "Customer scored NPS 0/10 today – a case is open, do not sell yet");
}

TEST(HeadlineTest, ACustomerWhoNeverAnsweredHasNoFeedback) {
  EXPECT_EQ(HeadlineOf(Sheet(), kNow, kZone).vi, "Khách chưa có phản hồi nào");
  EXPECT_EQ(HeadlineOf(Sheet(), kNow, kZone).en, "Customer has not given any feedback yet");
  Sheet sheet;
  OpenCase(sheet, std::nullopt);
  EXPECT_EQ(HeadlineOf(sheet, kNow, kZone).vi, "Khách chưa có phản hồi nào – phiếu xử lý đang mở, chưa chào bán");
}

TEST(HeadlineTest, APromoterIsThankedWithTheScoreBefore) {
  Sheet sheet = SheetWith(kNps, 9, At(2026, 11, 20), "Tư vấn có tâm");
  sheet.standings[kNps].previous = Earlier{3};
  const Headline h = HeadlineOf(sheet, kNow, kZone);
  EXPECT_EQ(h.vi, "Khách chấm NPS 9/10 hôm qua (lần trước 3): “Tư vấn có tâm” – cảm ơn, có thể nhờ giới thiệu");
  EXPECT_EQ(h.en,
            "Customer scored NPS 9/10 yesterday (3 before): “Tư vấn có tâm” – say thanks, may ask for a referral");
}

TEST(HeadlineTest, APassiveIsSoManyStepsFromPromoting) {
  EXPECT_EQ(HeadlineOf(SheetWith(kNps, 8, kNow), kNow, kZone).vi,
            "Khách chấm NPS 8/10 hôm nay – còn 1 điểm nữa là ủng hộ");
  EXPECT_EQ(HeadlineOf(SheetWith(kNps, 8, kNow), kNow, kZone).en,
            "Customer scored NPS 8/10 today – 1 step from being a promoter");
  Sheet hidden = SheetWith(kNps, 7, kNow);
  hidden.standings[kCsat] = Given(kCsat, 5, At(2026, 11, 1));
  EXPECT_EQ(HeadlineOf(hidden, kNow, kZone).vi,
            "Khách chấm NPS 7/10 hôm nay – hài lòng nhưng còn 2 điểm nữa là ủng hộ");
  EXPECT_EQ(HeadlineOf(hidden, kNow, kZone).en,
            "Customer scored NPS 7/10 today – satisfied, yet 2 steps from being a promoter");
}

TEST(HeadlineTest, TheUnresolvedScoreIsNamedEvenWhenALaterOneOfAnotherMetricIsBetter) {
  Sheet sheet = SheetWith(kNps, 2, At(2026, 11, 18));
  sheet.standings[kCsat] = Given(kCsat, 5, At(2026, 11, 20));
  EXPECT_EQ(HeadlineOf(sheet, kNow, kZone).vi, "Khách chấm NPS 2/10 ngày 18/11 – chưa xử lý xong, chưa chào bán");
  sheet.last_resolved_at = At(2026, 11, 19);
  EXPECT_EQ(HeadlineOf(sheet, kNow, kZone).vi, "Khách chấm CSAT 5/5 hôm qua – cảm ơn và giữ gìn");
  sheet.standings.erase(kCsat);
  EXPECT_EQ(HeadlineOf(sheet, kNow, kZone).vi, "Khách chấm NPS 2/10 ngày 18/11 – phiếu đã xử lý xong");
}

TEST(HeadlineTest, AnOldScoreSaysThatItIsToBeAskedAgain) {
  EXPECT_EQ(HeadlineOf(SheetWith(kCsat, 5, At(2025, 11, 20)), kNow, kZone).vi,
            "Khách chấm CSAT 5/5 ngày 20/11/2025 – điểm đã quá 180 ngày, nên hỏi lại");
}

TEST(HeadlineTest, ACsiIsOfAHundredAndAnOwnMetricHasNoScaleToBeOf) {
  Sheet csi;
  csi.standings[kCsi] = {8, Band::kNone, kNow, true};
  csi.standings[kCsi].csi = 72'500;
  EXPECT_EQ(HeadlineOf(csi, kNow, kZone).vi, "Khách chấm CSI 73/100 hôm nay");
  Sheet own;
  own.standings["SPEED"] = {4, Band::kHappy, kNow, true};
  EXPECT_EQ(HeadlineOf(own, kNow, kZone).vi, "Khách chấm SPEED 4 hôm nay – cảm ơn và giữ gìn");
}

TEST(HeadlineTest, NeverHoldsABreakWhateverTheScoreTheDayAndTheWords) {
  for (int score = 0; score <= 10; ++score)
    for (int days : {0, 1, 20, 200, 400})
      for (const char* words : {"", "a\r\nb", "\n\n", "x\tx", "\u2028", "\u0085", "“”", "giao trễ\n"})
        for (bool open : {false, true}) {
          Sheet sheet = SheetWith(kNps, score, kNow - absl::Hours(24) * days, words);
          if (open) OpenCase(sheet, kNow + absl::Hours(days));
          const Headline h = HeadlineOf(sheet, kNow, kZone);
          for (const std::string& text : {h.vi, h.en}) {
            EXPECT_FALSE(HasControl(text)) << text;
            EXPECT_TRUE(IsUtf8(text)) << text;
            EXPECT_TRUE(absl::StrContains(text, " – ")) << "says nothing to do: " << text;
          }
        }
}

TEST(QuoteTest, IsCutBetweenWordsWithDots) {
  const std::string words = "Đặt giao trong 4h mà 2 ngày sau mới tới, gọi tổng đài không ai nghe máy.";
  const std::string quote = QuoteOf(words, 60);
  EXPECT_EQ(quote, "Đặt giao trong 4h mà 2 ngày sau mới tới, gọi tổng đài không…");
  EXPECT_LE(Utf8Length(quote), 60);
  EXPECT_EQ(QuoteOf("đúng sáu mươi", 13), "đúng sáu mươi");
  EXPECT_EQ(QuoteOf("đúng sáu mươi", 12), "đúng sáu…");
}

TEST(QuoteTest, AWordWithoutEndIsCutBetweenCharactersAndAnAccentStaysWithItsLetter) {
  EXPECT_EQ(Shorten("ệệệệệ", 3), "ệệ…");
  const std::string decomposed = "aae\u0323\u0302aaa";  // ệ as a letter and two marks
  for (size_t n = 2; n < 8; ++n) {
    const std::string cut = Shorten(decomposed, n);
    EXPECT_TRUE(IsUtf8(cut));
    EXPECT_TRUE(cut == "a…" || cut == "aa…" || absl::StartsWith(cut, "aae\u0323\u0302")) << cut;
  }
  EXPECT_EQ(Shorten("👩\u200D🔧👩\u200D🔧", 5), "👩\u200D🔧…") << "what is joined stays together";
}

TEST(QuoteTest, HidesWhatLeadsToAPersonAndKeepsOtherNumbers) {
  EXPECT_EQ(QuoteOf("gọi em 0912 345 678 nhé", 60), "gọi em ••• nhé");
  EXPECT_EQ(QuoteOf("+84.912.345.678", 60), "+•••");
  EXPECT_EQ(QuoteOf("viết cho lan@shop.example", 60), "viết cho •••");
  EXPECT_EQ(QuoteOf("chờ 15 phút, giá 99.000", 60), "chờ 15 phút, giá 99.000");
}

}  // namespace
}  // namespace hoiam::scoring
