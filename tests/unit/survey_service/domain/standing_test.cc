#include "survey_service/domain/standing.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

const absl::Time kNoon = absl::FromUnixSeconds(1'790'000'000);

TEST(StandingTest, NobodyWithoutAnswersHasOneBefore) {
  EXPECT_FALSE(Standing().Before(kNoon));
  EXPECT_TRUE(Standing().Serialize().empty());
}

TEST(StandingTest, TheOneBeforeIsTheLatestStrictlyBeforeInWhateverOrderTheyCame) {
  Standing s;
  s.Set("b", kNoon, 7);
  s.Set("a", kNoon - absl::Hours(5), 3);
  s.Set("c", kNoon + absl::Hours(5), 10);
  EXPECT_EQ(s.Before(kNoon)->score, 3);
  EXPECT_EQ(s.Before(kNoon)->at, kNoon - absl::Hours(5));
  EXPECT_EQ(s.Before(kNoon + absl::Microseconds(1))->score, 7);
  EXPECT_EQ(s.Before(absl::InfiniteFuture())->score, 10);
  EXPECT_FALSE(s.Before(kNoon - absl::Hours(5)));
}

TEST(StandingTest, AnAmendedScoreReplacesItsOwn) {
  Standing s;
  EXPECT_TRUE(s.Set("a", kNoon, 3));
  EXPECT_FALSE(s.Set("a", kNoon, 3));
  EXPECT_TRUE(s.Set("a", kNoon, 9));
  EXPECT_EQ(s.Serialize().size(), 17u);
  EXPECT_EQ(s.Before(kNoon + absl::Hours(1))->score, 9);
}

TEST(StandingTest, ARemovedAnswerIsNobodysPreviousOne) {
  Standing s;
  s.Set("a", kNoon, 3);
  s.Set("b", kNoon, 4);
  EXPECT_FALSE(s.Remove("a", kNoon + absl::Hours(1)));
  EXPECT_TRUE(s.Remove("a", kNoon));
  EXPECT_FALSE(s.Remove("a", kNoon));
  EXPECT_EQ(s.Before(absl::InfiniteFuture())->score, 4);
}

TEST(StandingTest, BytesComeBackAsTheyWere) {
  Standing s;
  for (int i = 0; i < 50; ++i) s.Set(absl::StrCat(i), kNoon + absl::Minutes(i * 7 % 50), i % 11);
  s.Set("long ago", absl::UnixEpoch() - absl::Hours(1), 0);
  const auto back = Standing::Parse(s.Serialize());
  ASSERT_TRUE(back);
  EXPECT_EQ(back->Serialize(), s.Serialize());
  EXPECT_EQ(back->Before(kNoon)->score, 0);
  EXPECT_FALSE(Standing::Parse("damaged"));
}

TEST(StandingTest, OnlyTheNewestAreKept) {
  Standing s;
  for (size_t i = 0; i < kMaxStanding + 10; ++i) s.Set(absl::StrCat(i), kNoon + absl::Minutes(i), i % 11);
  EXPECT_EQ(s.Serialize().size(), kMaxStanding * 17);
  EXPECT_FALSE(s.Before(kNoon + absl::Minutes(10)));
  EXPECT_TRUE(s.Before(kNoon + absl::Minutes(11)));
}

}  // namespace
}  // namespace hoiam::survey
