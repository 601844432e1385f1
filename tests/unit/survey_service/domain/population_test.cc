#include "survey_service/domain/population.h"

#include <gtest/gtest.h>

#include "tests/support/matchers.h"

namespace hoiam::survey {
namespace {

using ::hoiam::testing::StatusIs;

Person PersonOf(absl::string_view segment, absl::string_view lifecycle, absl::string_view team,
                absl::string_view kind = "CUSTOMER") {
  return {{segment, lifecycle, team, kind, "vi-VN", ""}, ""};
}

bool Holds(absl::string_view filter, const Person& person) {
  const auto parsed = ParseFilter(filter);
  HOIAM_EXPECT_OK(parsed);
  const auto population = Population::Make(*parsed);
  HOIAM_EXPECT_OK(population);
  return population->Holds(person);
}

TEST(PopulationTest, WithoutAFilterItIsAllCustomersAndProspects) {
  EXPECT_TRUE(Holds("", PersonOf("", "", "")));
  EXPECT_TRUE(Holds("", PersonOf("", "", "", "PROSPECT")));
  EXPECT_FALSE(Holds("", PersonOf("", "", "", "EMPLOYEE")));
  EXPECT_FALSE(Holds("segment = VIP", PersonOf("VIP", "", "", "PARTNER")));
  EXPECT_TRUE(Holds("kind = EMPLOYEE", PersonOf("", "", "", "EMPLOYEE")));
  EXPECT_FALSE(Holds("kind = EMPLOYEE", PersonOf("", "", "")));
  EXPECT_TRUE(Holds("kind != PARTNER", PersonOf("", "", "", "EMPLOYEE")));
}

TEST(PopulationTest, EveryFieldAndEveryConnectiveIsHeeded) {
  const Person lan = PersonOf("Khách VIP", "ACTIVE", "north");
  EXPECT_TRUE(Holds("segment = \"Khách VIP\" AND lifecycle = ACTIVE AND ownerTeam = north", lan));
  EXPECT_FALSE(Holds("segment = \"Khách VIP\" AND lifecycle = LAPSED", lan));
  EXPECT_TRUE(Holds("lifecycle = LAPSED OR owner_team = north", lan));
  EXPECT_TRUE(Holds("owner_team >= m AND owner_team < o", lan));
  EXPECT_FALSE(Holds("owner_team != north", lan));
  EXPECT_TRUE(Holds("lifecycle = \"\"", PersonOf("", "", "")));
}

TEST(PopulationTest, WhatCannotBeFilteredOnIsRefused) {
  for (const char* text : {"email = a@b.vn", "locale = vi", "lifecycle = SLEEPING", "kind = VIP", "lifecycle > NEW",
                           "properties.city = Hue", "segment = a AND unsubscribed = true"}) {
    const auto parsed = ParseFilter(text);
    HOIAM_ASSERT_OK(parsed) << text;
    EXPECT_THAT(Population::Make(*parsed).status(), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FILTER"))
        << text;
  }
}

TEST(PopulationTest, AStratumIsAValueOfTheAttribute) {
  Person p = PersonOf("VIP", "NEW", "north");
  p.values[static_cast<size_t>(Attribute::kProperty)] = "Huế";
  EXPECT_EQ(ParseStratification("")->StratumOf(p), "");
  EXPECT_EQ(ParseStratification("segment")->StratumOf(p), "VIP");
  EXPECT_EQ(ParseStratification("lifecycle")->StratumOf(p), "NEW");
  EXPECT_EQ(ParseStratification("owner_team")->StratumOf(p), "north");
  EXPECT_EQ(ParseStratification("ownerTeam")->StratumOf(p), "north");
  EXPECT_EQ(ParseStratification("kind")->StratumOf(p), "CUSTOMER");
  EXPECT_EQ(ParseStratification("locale")->StratumOf(p), "vi-VN");
  const auto city = ParseStratification("properties.city");
  ASSERT_TRUE(city);
  EXPECT_EQ(city->property, "city");
  EXPECT_EQ(city->StratumOf(p), "Huế");
  for (const char* bad : {"email", "properties.", "Segment", "segment "}) EXPECT_FALSE(ParseStratification(bad)) << bad;
}

TEST(PopulationTest, ALongValueIsCutBetweenCharacters) {
  Person p;
  std::string city(127, 'a');
  city += "ế and more";
  p.values[static_cast<size_t>(Attribute::kProperty)] = city;
  EXPECT_EQ(ParseStratification("properties.city")->StratumOf(p), std::string(127, 'a'));
}

}  // namespace
}  // namespace hoiam::survey
