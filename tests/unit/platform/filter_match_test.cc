#include "platform/base/filter_match.h"

#include <gmock/gmock.h>

#include <map>

#include "tests/support/matchers.h"

namespace hoiam {
namespace {

using ::hoiam::testing::IsOk;
using ::hoiam::testing::StatusIs;

const absl::Time kNoon = absl::FromCivil(absl::CivilSecond(2026, 11, 22, 12, 0, 0), absl::UTCTimeZone());

// One answer: a score of 6, no grade, two choices.
FieldValue Lookup(const Filter& f) {
  if (f.field == "score") return 6.0;
  if (f.field == "metric") return "NPS";
  if (f.field == "touchpoint") return PathText{"store.checkout"};
  if (f.field == "solicited") return true;
  if (f.field == "responded_at") return kNoon;
  if (f.field == "segment") return "";
  const absl::string_view key = FieldKey(f);
  if (key == "why-low") return std::vector<absl::string_view>{"price", "late"};
  if (key == "Hạng thẻ") return "Bạc";
  if (key == "age") return 41.0;
  if (key == "none") return std::vector<absl::string_view>{};
  return std::monostate();
}

bool Holds(absl::string_view text) {
  const auto filter = ParseFilter(text);
  EXPECT_THAT(filter, IsOk()) << text;
  return filter.ok() && Matches(*filter, &Lookup);
}

TEST(FilterMatchTest, EverythingHoldsWithoutAFilter) { EXPECT_TRUE(Holds("")); }

TEST(FilterMatchTest, EveryOperatorComparesNumbersTextsAndTimes) {
  for (const char* yes : {"score = 6", "score != 5", "score < 7", "score <= 6", "score > 5.5", "score >= 6",
                          "metric = NPS", "metric != CSAT", "metric < O", "metric >= NPS", "segment = \"\"",
                          "respondedAt = \"2026-11-22T19:00:00+07:00\"", "responded_at < 2026-11-22T12:00:00.000001Z"})
    EXPECT_TRUE(Holds(yes)) << yes;
  for (const char* no :
       {"score = 5", "score != 6", "score < 6", "score <= 5", "score > 6", "score >= 7", "metric = nps",
        "metric != NPS", "metric > NPS", "segment != \"\"", "responded_at > 2026-11-22T12:00:00Z"})
    EXPECT_FALSE(Holds(no)) << no;
}

TEST(FilterMatchTest, WhatIsMissingMatchesNoComparison) {
  EXPECT_FALSE(Holds("answers.other = 1"));
  EXPECT_FALSE(Holds("answers.other != 1"));
  EXPECT_FALSE(Holds("answers.none = price"));
  EXPECT_FALSE(Holds("answers.none != price"));
  EXPECT_TRUE(Holds("answers.other = 1 OR score = 6"));
}

TEST(FilterMatchTest, AListIsEqualToEachOfItsMembers) {
  EXPECT_TRUE(Holds("answers.why-low = price AND answers.why-low = late"));
  EXPECT_FALSE(Holds("answers.why-low = rude"));
  EXPECT_TRUE(Holds("answers.why-low != rude"));
  EXPECT_FALSE(Holds("answers.why-low != price"));
  EXPECT_FALSE(Holds("answers.why-low > a"));
}

TEST(FilterMatchTest, AKeyIsTheCallersOwnAndMayBeQuoted) {
  EXPECT_TRUE(Holds("properties.\"Hạng thẻ\" = Bạc"));
  EXPECT_FALSE(Holds("properties.\"hạng thẻ\" = Bạc")) << "keys are not folded";
  EXPECT_TRUE(Holds("properties.age >= 41"));
  EXPECT_FALSE(Holds("properties.age = \"41\"")) << "a number is compared with a number";
}

TEST(FilterMatchTest, ASubtreeIsItsTopAndAllBelow) {
  EXPECT_TRUE(Holds("touchpoint = \"store.*\""));
  EXPECT_TRUE(Holds("touchpoint = store.checkout.*"));
  EXPECT_TRUE(Holds("touchpoint = store.checkout"));
  EXPECT_FALSE(Holds("touchpoint = store"));
  EXPECT_FALSE(Holds("touchpoint = sto.*"));
  EXPECT_FALSE(Holds("touchpoint != \"store.*\""));
  EXPECT_TRUE(Holds("touchpoint != web.*"));
  EXPECT_FALSE(Holds("metric = \"N.*\"")) << "only a path has a subtree";
}

TEST(FilterMatchTest, ATruthIsTrueOrFalse) {
  EXPECT_TRUE(Holds("solicited = true"));
  EXPECT_TRUE(Holds("solicited != false"));
  EXPECT_FALSE(Holds("solicited = false"));
}

TEST(FilterMatchTest, AndOrAndParenthesesAreThoseOfTheTree) {
  EXPECT_TRUE(Holds("score = 6 AND metric = CSAT OR metric = NPS"));
  EXPECT_FALSE(Holds("(score = 1 OR score = 2) AND metric = NPS"));
}

TEST(CheckFilterTest, FieldsThatAreNotListedAndValuesThatDoNotFitAreRefused) {
  const std::vector<MatchField> fields = {{"score", FilterFieldKind::kInteger},
                                          {"share", FilterFieldKind::kNumber},
                                          {"solicited", FilterFieldKind::kBool},
                                          {"responded_at", FilterFieldKind::kTime},
                                          {"scope", FilterFieldKind::kText, {"TOUCHPOINT", "SERVICE"}},
                                          {"touchpoint", FilterFieldKind::kPath},
                                          {"answers.", FilterFieldKind::kAny}};
  const auto check = [&](absl::string_view text) { return CheckFilter(*ParseFilter(text), fields); };
  for (const char* good : {"", "score = 6", "share < 0.5", "solicited = true", "scope != SERVICE", "scope = \"\"",
                           "respondedAt > 2026-01-01T00:00:00Z", "touchpoint = store.*", "answers.why = price"})
    HOIAM_EXPECT_OK(check(good)) << good;
  for (const char* bad : {"comment = x", "score = 6.5", "score = \"6\"", "share = much", "solicited = yes",
                          "solicited > false", "scope = JOURNEYS", "scope < SERVICE", "responded_at = yesterday",
                          "answers = price", "answers. = price", "score = 6 AND (score = 7 OR color = red)"})
    EXPECT_THAT(check(bad), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FILTER")) << bad;
}

}  // namespace
}  // namespace hoiam
