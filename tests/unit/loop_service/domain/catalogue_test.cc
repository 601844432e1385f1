#include "loop_service/domain/catalogue.h"

#include <gtest/gtest.h>

#include "platform/base/status.h"
#include "platform/base/text.h"

namespace hoiam::loop {
namespace {

template <class Rows>
void ExpectATree(const Rows& rows) {
  for (const auto& [id, row] : rows) {
    Violations v;
    CheckSlug(id, "id", true, v);
    EXPECT_TRUE(v.empty()) << id;
    EXPECT_EQ(row.id, id);
    EXPECT_TRUE(row.parent.empty() || rows.contains(row.parent)) << id;
  }
}

TEST(CatalogueTest, CausesAndTeamsAreTrees) {
  ExpectATree(BuiltInParts().causes);
  ExpectATree(BuiltInParts().teams);
}

TEST(CatalogueTest, CausesHaveACategoryDriversHaveNoneAndBothHaveNames) {
  for (const auto& [id, c] : BuiltInParts().causes) {
    EXPECT_EQ(c.category == CauseCategory::kNone, c.parent.empty()) << id;
    EXPECT_FALSE(c.display_name.empty() || c.display_name_en.empty()) << id;
  }
}

TEST(CatalogueTest, AllTwelveShopsLieInARegion) {
  int shops = 0;
  for (const auto& [id, team] : BuiltInParts().teams) shops += team.parent.substr(0, 7) == "region-";
  EXPECT_EQ(shops, 12);
}

TEST(CatalogueTest, ThePolicyIsTheDesigns) {
  const CasePolicy& p = BuiltInPlaybook().policy();
  EXPECT_EQ(LevelOf(p, Priority::kP1), (ServiceLevel{absl::Hours(2), absl::Hours(48), absl::Hours(168)}));
  EXPECT_EQ(LevelOf(p, Priority::kP2), (ServiceLevel{absl::Hours(8), absl::Hours(48), absl::Hours(168)}));
  EXPECT_EQ(LevelOf(p, Priority::kP3), (ServiceLevel{absl::Hours(24), absl::Hours(48), absl::Hours(168)}));
  EXPECT_EQ(p.verify_after, absl::Hours(28 * 24));
  EXPECT_TRUE(BuiltInPlaybook().TakesCases(p.default_team));
}

TEST(CatalogueTest, TheOfficeWorksOnWeekdaysAndRestsWithVietnam) {
  const auto calendars = BuiltInParts().calendars;
  const Calendar& office = calendars.at("office");
  const auto at = [&](absl::CivilMinute minute) { return absl::FromCivil(minute, office.zone); };
  EXPECT_TRUE(IsWorking(office, at(absl::CivilMinute(2026, 11, 23, 8, 0))));
  EXPECT_FALSE(IsWorking(office, at(absl::CivilMinute(2026, 11, 23, 12, 30)))) << "lunch";
  EXPECT_FALSE(IsWorking(office, at(absl::CivilMinute(2026, 11, 22, 10, 0)))) << "Sunday";
  for (const absl::CivilDay day :
       {absl::CivilDay(2027, 1, 1), absl::CivilDay(2027, 2, 5), absl::CivilDay(2027, 2, 9), absl::CivilDay(2027, 4, 16),
        absl::CivilDay(2027, 4, 30), absl::CivilDay(2027, 5, 1), absl::CivilDay(2027, 9, 2)})
    EXPECT_TRUE(IsHoliday(office, day)) << day;
  EXPECT_FALSE(IsHoliday(office, absl::CivilDay(2027, 2, 10)));
}

TEST(CatalogueTest, AShopIsOpenEveryDayButAtTet) {
  const Calendar shop = BuiltInParts().calendars.at("shop");
  const auto at = [&](absl::CivilMinute minute) { return absl::FromCivil(minute, shop.zone); };
  EXPECT_TRUE(IsWorking(shop, at(absl::CivilMinute(2026, 11, 22, 21, 29))));
  EXPECT_FALSE(IsWorking(shop, at(absl::CivilMinute(2026, 11, 22, 21, 30))));
  EXPECT_TRUE(IsWorking(shop, at(absl::CivilMinute(2027, 1, 1, 8, 0))));
  EXPECT_FALSE(IsWorking(shop, at(absl::CivilMinute(2027, 2, 6, 12, 0))));
}

}  // namespace
}  // namespace hoiam::loop
