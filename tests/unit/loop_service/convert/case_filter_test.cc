#include "loop_service/convert/case_filter.h"

#include <gtest/gtest.h>

#include "tests/support/matchers.h"

namespace hoiam::loop {
namespace {

using hoiam::testing::IsOk;
using hoiam::testing::StatusIs;

TEST(CaseFilterTest, NamesOfStatesKindsAndPrioritiesMustExist) {
  for (const char* good :
       {"", "state = NEW", "state != IN_PROGRESS OR kind = DETRACTOR", "priority = P2 AND open = true",
        "owner = \"chị Lan\" AND (team = cskh OR customer = c1)", "createTime >= 2026-01-01T00:00:00Z"})
    EXPECT_THAT(ParseCaseFilter(good), IsOk()) << good;
  for (const char* bad : {"state = OPEN", "state = new", "state = UNSPECIFIED", "kind = X", "priority = P9",
                          "priority < P2", "open = yes", "open > true", "state = NEW AND (open = 1)", "state"})
    EXPECT_THAT(ParseCaseFilter(bad), StatusIs(absl::StatusCode::kInvalidArgument, "INVALID_FILTER")) << bad;
}

TEST(CaseFilterTest, OpenBecomesANumber) {
  EXPECT_EQ(ParseCaseFilter("open = true")->value.number, 1);
  EXPECT_EQ(ParseCaseFilter("open = false")->value.number, 0);
}

}  // namespace
}  // namespace hoiam::loop
