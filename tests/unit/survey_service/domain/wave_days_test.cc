#include "survey_service/domain/wave_days.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace hoiam::survey {
namespace {

absl::TimeZone Zone(const char* name) {
  absl::TimeZone zone;
  EXPECT_TRUE(absl::LoadTimeZone(name, &zone));
  return zone;
}

const absl::TimeZone kSaigon = Zone("Asia/Ho_Chi_Minh");

absl::Time At(absl::CivilSecond civil, absl::TimeZone zone = kSaigon) { return absl::FromCivil(civil, zone); }

TEST(WaveDaysTest, EachDayAsksAnEvenPart) {
  for (const int days : {1, 3, 7, 30}) {
    for (const int64_t n : {1, 2, 7, 100, 1001}) {
      std::vector<int64_t> parts(static_cast<size_t>(days));
      int before = 0;
      for (int64_t i = 0; i < n; ++i) {
        const int day = DripDay(i, n, days);
        ASSERT_GE(day, before);
        ASSERT_LT(day, days);
        before = day;
        ++parts[static_cast<size_t>(day)];
      }
      const auto [least, most] = std::minmax_element(parts.begin(), parts.end());
      EXPECT_LE(*most - *least, 1) << n << " people on " << days << " days";
    }
  }
  EXPECT_EQ(DripDay(5, 10, 0), 0);
}

TEST(WaveDaysTest, TheTimeOfDayStaysTheSameAlsoWhenTheClockIsSet) {
  EXPECT_EQ(AskTime(At(absl::CivilSecond(2026, 11, 22, 9, 30, 0)), 0, kSaigon),
            At(absl::CivilSecond(2026, 11, 22, 9, 30, 0)));
  EXPECT_EQ(AskTime(At(absl::CivilSecond(2026, 11, 29, 9, 30, 0)), 3, kSaigon),
            At(absl::CivilSecond(2026, 12, 2, 9, 30, 0)));
  const absl::TimeZone berlin = Zone("Europe/Berlin");  // summer time ends on 2026-10-25
  const absl::Time start = At(absl::CivilSecond(2026, 10, 24, 9, 0, 0), berlin);
  EXPECT_EQ(AskTime(start, 2, berlin), At(absl::CivilSecond(2026, 10, 26, 9, 0, 0), berlin));
  EXPECT_EQ(AskTime(start, 2, berlin) - start, absl::Hours(49));
}

TEST(WaveDaysTest, TheNextWaveIsTheFirstStepThatIsNotOver) {
  const WaveSchedule quarterly{At(absl::CivilSecond(2026, 1, 15, 9, 0, 0)), 3};
  const absl::Time second = At(absl::CivilSecond(2026, 4, 15, 9, 0, 0));
  EXPECT_EQ(NextWave(quarterly, At(absl::CivilSecond(2025, 6, 1, 0, 0, 0)), kSaigon), quarterly.start);
  EXPECT_EQ(NextWave(quarterly, quarterly.start, kSaigon), quarterly.start);
  EXPECT_EQ(NextWave(quarterly, quarterly.start + absl::Nanoseconds(1), kSaigon), second);
  EXPECT_EQ(NextWave(quarterly, second, kSaigon), second);
  EXPECT_EQ(NextWave(quarterly, second + absl::Nanoseconds(1), kSaigon), At(absl::CivilSecond(2026, 7, 15, 9, 0, 0)));
  EXPECT_EQ(NextWave(quarterly, At(absl::CivilSecond(2031, 2, 1, 0, 0, 0)), kSaigon),
            At(absl::CivilSecond(2031, 4, 15, 9, 0, 0)));
}

TEST(WaveDaysTest, AMonthThatIsTooShortHasItsLastDay) {
  const WaveSchedule monthly{At(absl::CivilSecond(2027, 1, 31, 8, 0, 0)), 1};
  EXPECT_EQ(NextWave(monthly, At(absl::CivilSecond(2027, 2, 1, 0, 0, 0)), kSaigon),
            At(absl::CivilSecond(2027, 2, 28, 8, 0, 0)));
  EXPECT_EQ(NextWave(monthly, At(absl::CivilSecond(2027, 3, 1, 0, 0, 0)), kSaigon),
            At(absl::CivilSecond(2027, 3, 31, 8, 0, 0)));
  EXPECT_EQ(NextWave(monthly, At(absl::CivilSecond(2028, 2, 1, 0, 0, 0)), kSaigon),
            At(absl::CivilSecond(2028, 2, 29, 8, 0, 0)));
}

TEST(WaveDaysTest, ADateIsADayOfItsZone) {
  EXPECT_EQ(DateOf(At(absl::CivilSecond(2026, 11, 22, 0, 30, 0)), kSaigon), "2026-11-22");
  EXPECT_EQ(DateOf(At(absl::CivilSecond(2026, 11, 22, 0, 30, 0)), absl::UTCTimeZone()), "2026-11-21");
  EXPECT_EQ(ParseDate("2026-11-22", kSaigon), At(absl::CivilSecond(2026, 11, 22, 0, 0, 0)));
  EXPECT_EQ(ParseDate("22/11/2026", kSaigon), std::nullopt);
}

}  // namespace
}  // namespace hoiam::survey
