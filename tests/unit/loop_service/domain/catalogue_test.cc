#include "loop_service/domain/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "platform/base/status.h"
#include "platform/base/text.h"

namespace hoiam::loop {
namespace {

template <class Rows>
void ExpectATree(const Rows& rows) {
  std::set<std::string> ids;
  for (const auto& row : rows) {
    Violations v;
    CheckSlug(row.id, "id", true, v);
    EXPECT_TRUE(v.empty()) << row.id;
    EXPECT_TRUE(ids.insert(std::string(row.id)).second) << row.id;
  }
  EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.id < b.id; }));
  for (const auto& row : rows) EXPECT_TRUE(row.parent.empty() || ids.contains(std::string(row.parent))) << row.id;
}

TEST(CatalogueTest, CausesAreATreeInOrderOfTheirIds) { ExpectATree(RootCauses()); }
TEST(CatalogueTest, TeamsAreATreeInOrderOfTheirIds) { ExpectATree(Teams()); }

TEST(CatalogueTest, CausesHaveACategoryDriversHaveNoneAndBothHaveNames) {
  for (const RootCause& c : RootCauses()) {
    EXPECT_EQ(c.category == CauseCategory::kNone, c.parent.empty()) << c.id;
    EXPECT_FALSE(c.name_vi.empty() || c.name_en.empty()) << c.id;
  }
}

TEST(CatalogueTest, OnlyACauseCanBeWhatWentWrong) {
  EXPECT_TRUE(IsCause("delivery_late_partner"));
  EXPECT_FALSE(IsCause("delivery"));
  EXPECT_FALSE(IsCause("no_such"));
  EXPECT_FALSE(IsCause(""));
  for (const RootCause& c : RootCauses()) EXPECT_EQ(IsCause(c.id), !c.parent.empty()) << c.id;
}

TEST(CatalogueTest, ACaseGoesToTheCustomersTeamElseToCustomerCare) {
  EXPECT_TRUE(IsTeam(kDefaultTeam));
  EXPECT_EQ(TeamFor("ha-dong"), "ha-dong");
  EXPECT_EQ(TeamFor("no such team"), kDefaultTeam);
  EXPECT_EQ(TeamFor(""), kDefaultTeam);
}

TEST(CatalogueTest, AllTwelveShopsLieInARegion) {
  const auto shops =
      std::count_if(Teams().begin(), Teams().end(), [](const Team& t) { return t.parent.substr(0, 7) == "region-"; });
  EXPECT_EQ(shops, 12);
}

}  // namespace
}  // namespace hoiam::loop
