#include "survey_service/domain/consent.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace hoiam::survey {
namespace {

using Refused = std::set<AskChannel>;
constexpr auto kGiven = ConsentWish::kGiven, kWithdrawn = ConsentWish::kWithdrawn;
constexpr auto kLink = AskChannel::kLink, kEmail = AskChannel::kEmail;

ConsentStatement Said(int64_t hour, ConsentWish wish, std::optional<AskChannel> channel = std::nullopt) {
  const absl::Time at = absl::FromUnixSeconds(1'800'000'000) + absl::Hours(hour);
  return {wish, channel, at, at};
}

TEST(ConsentTest, WhoNeverSaidAnythingHasNeitherAgreedNorRefused) {
  EXPECT_EQ(StandingOf({}).wish, ConsentWish::kNone);
  EXPECT_EQ(StandingOf({}).refused, Refused());
}

TEST(ConsentTest, TheLastWordCounts) {
  EXPECT_EQ(StandingOf({Said(1, kGiven)}).wish, kGiven);
  EXPECT_EQ(StandingOf({Said(1, kGiven), Said(2, kWithdrawn)}).wish, kWithdrawn);
  EXPECT_EQ(StandingOf({Said(1, kWithdrawn), Said(2, kGiven)}).wish, kGiven);
}

TEST(ConsentTest, AnOldPaperThatIsEnteredLateLiftsNoLaterRefusal) {
  ConsentStatement paper = Said(1, kGiven);
  paper.stored_at += absl::Hours(1000);
  EXPECT_EQ(StandingOf({Said(2, kWithdrawn), paper}).wish, kWithdrawn);
}

TEST(ConsentTest, OfTwoWordsAtOneMomentTheOneStoredLastCounts) {
  ConsentStatement first = Said(1, kWithdrawn), second = Said(1, kGiven);
  second.stored_at += absl::Microseconds(1);
  EXPECT_EQ(StandingOf({second, first}).wish, kGiven);
}

TEST(ConsentTest, OneChannelRefusedLeavesTheOthersAsTheyAre) {
  const ConsentStanding s = StandingOf({Said(1, kWithdrawn, kEmail)});
  EXPECT_EQ(s.wish, ConsentWish::kNone);
  EXPECT_EQ(s.refused, Refused{kEmail});
  EXPECT_EQ(StandingOf({Said(1, kWithdrawn, kEmail), Said(2, kGiven, kEmail)}).refused, Refused());
}

TEST(ConsentTest, AWordAboutAllTakesThePlaceOfThoseAboutOne) {
  EXPECT_EQ(StandingOf({Said(1, kWithdrawn, kEmail), Said(2, kGiven)}).refused, Refused());
  const ConsentStanding s = StandingOf({Said(1, kGiven, kEmail), Said(2, kWithdrawn)});
  EXPECT_EQ(s.wish, kWithdrawn);
  EXPECT_EQ(s.refused, Refused());
}

TEST(ConsentTest, WhoRefusedAllAndAgreesToOneIsAskedByThatOneOnly) {
  const ConsentStanding s = StandingOf({Said(1, kWithdrawn), Said(2, kGiven, kEmail)});
  EXPECT_EQ(s.wish, kGiven);
  EXPECT_EQ(s.refused, Refused{kLink});
}

TEST(ConsentTest, TheOrderInWhichWordsArriveChangesNothing) {
  std::vector<ConsentStatement> all = {Said(1, kGiven), Said(2, kWithdrawn, kEmail), Said(3, kWithdrawn),
                                       Said(4, kGiven, kLink), Said(5, kWithdrawn, kLink)};
  const ConsentStanding expected = StandingOf(all);
  std::vector<size_t> order = {0, 1, 2, 3, 4};
  do {
    std::vector<ConsentStatement> shuffled;
    for (size_t i : order) shuffled.push_back(all[i]);
    const ConsentStanding s = StandingOf(shuffled);
    EXPECT_EQ(s.wish, expected.wish);
    EXPECT_EQ(s.refused, expected.refused);
  } while (std::next_permutation(order.begin(), order.end()));
}

}  // namespace
}  // namespace hoiam::survey
