#include "cli/term/lang.h"

#include <gtest/gtest.h>

namespace hoiam::cli {
namespace {

const absl::TimeZone kVietNam = absl::FixedTimeZone(7 * 3600);

TEST(LangTest, HoiamLangGoesBeforeLang) {
  EXPECT_EQ(LangOf("", "vi_VN.UTF-8"), Lang::kVi);
  EXPECT_EQ(LangOf("en", "vi_VN.UTF-8"), Lang::kEn);
  EXPECT_EQ(LangOf("vi", "C"), Lang::kVi);
  EXPECT_EQ(LangOf("", "vilamovian"), Lang::kEn);
  EXPECT_EQ(LangOf("", ""), Lang::kEn);
}

TEST(SayTest, NumbersAreWrittenAsTheReaderWritesThem) {
  const Say vi(Lang::kVi, kVietNam), en(Lang::kEn, kVietNam);
  EXPECT_EQ(vi.Number(1234567.25, 2), "1.234.567,25");
  EXPECT_EQ(en.Number(1234567.25, 2), "1,234,567.25");
  EXPECT_EQ(vi.Number(-50.98, 1), "-51,0");
  EXPECT_EQ(en.Number(-0.04, 1), "0.0") << "no minus before a zero";
  EXPECT_EQ(en.Count(999), "999");
}

TEST(SayTest, MoneyKeepsEveryDigit) {
  EXPECT_EQ(Say(Lang::kVi, kVietNam).Money("1250000", "VND"), "1.250.000 ₫");
  EXPECT_EQ(Say(Lang::kEn, kVietNam).Money("-123456789012345678.5", "EUR"), "-123,456,789,012,345,678.5 EUR");
}

TEST(SayTest, DatesAreOfTheZone) {
  const absl::Time t = absl::FromCivil(absl::CivilSecond(2026, 11, 20, 18, 30, 0), absl::UTCTimeZone());
  EXPECT_EQ(Say(Lang::kVi, kVietNam).Time(t), "21/11/2026 01:30");
  EXPECT_EQ(Say(Lang::kEn, kVietNam).Date(t), "2026-11-21");
}

TEST(ZoneTest, AnUnknownZoneIsVietNams) {
  const absl::Time t = absl::UnixEpoch();
  EXPECT_EQ(absl::FormatTime("%H:%M", t, ZoneOf("")), "07:00");
  EXPECT_EQ(absl::FormatTime("%H:%M", t, ZoneOf("Nowhere/Land")), "07:00");
  EXPECT_EQ(absl::FormatTime("%H:%M", t, ZoneOf("UTC")), "00:00");
}

}  // namespace
}  // namespace hoiam::cli
