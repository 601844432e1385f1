// What every history of a case must be: versions from 1 without a gap, each line beginning where the one before ended,
// and no move that the state table does not list.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "loop_service/domain/case.h"

namespace hoiam::loop::testing {

inline bool IsListedMove(CaseState from, CaseState to) {
  if (from == to) return true;  // attach and amend may come in any state
  for (CaseVerb verb : kCaseVerbs)
    if (NextState(from, verb) == to) return true;
  return false;
}

inline void ExpectLegalHistory(const Case& c) {
  ASSERT_FALSE(c.history.empty());
  EXPECT_EQ(c.history.front().action, kActionOpen);
  EXPECT_EQ(c.history.front().from, std::nullopt);
  for (size_t i = 0; i < c.history.size(); ++i) {
    EXPECT_EQ(c.history[i].version, static_cast<int64_t>(i) + 1);
    EXPECT_FALSE(c.history[i].actor.empty());
    if (i == 0) continue;
    EXPECT_EQ(c.history[i].from, c.history[i - 1].to);
    EXPECT_TRUE(IsListedMove(c.history[i - 1].to, c.history[i].to)) << c.history[i].action;
    EXPECT_GE(c.history[i].time, c.history[i - 1].time);
  }
  EXPECT_EQ(c.version, c.history.back().version);
  EXPECT_EQ(c.state, c.history.back().to);
  EXPECT_EQ(c.update_time, c.history.back().time);
}

}  // namespace hoiam::loop::testing
