#include "loop_service/domain/case_state.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

namespace hoiam::loop {
namespace {

using S = CaseState;
using V = CaseVerb;

// The verb table of the public API, written a second time: one cell for every state and verb, "-" where it is refused.
// Columns: acknowledge assign note contact await reply resolve verify close reopen cancel.
const std::map<S, std::array<const char*, kCaseVerbs.size()>> kMatrix = {
    {S::kNew, {"ACKNOWLEDGED", "NEW", "NEW", "IN_PROGRESS", "WAITING_CUSTOMER", "-", "-", "-", "-", "-", "CANCELLED"}},
    {S::kAcknowledged,
     {"-", "ACKNOWLEDGED", "ACKNOWLEDGED", "IN_PROGRESS", "WAITING_CUSTOMER", "-", "-", "-", "-", "-", "CANCELLED"}},
    {S::kInProgress,
     {"-", "IN_PROGRESS", "IN_PROGRESS", "IN_PROGRESS", "WAITING_CUSTOMER", "-", "RESOLVED", "-", "-", "-",
      "CANCELLED"}},
    {S::kWaitingCustomer,
     {"-", "WAITING_CUSTOMER", "WAITING_CUSTOMER", "IN_PROGRESS", "WAITING_CUSTOMER", "IN_PROGRESS", "RESOLVED", "-",
      "-", "-", "CANCELLED"}},
    {S::kResolved, {"-", "-", "-", "-", "-", "-", "-", "VERIFIED", "-", "REOPENED", "-"}},
    {S::kVerified, {"-", "-", "-", "-", "-", "-", "-", "-", "CLOSED", "REOPENED", "-"}},
    {S::kClosed, {"-", "-", "-", "-", "-", "-", "-", "-", "-", "REOPENED", "-"}},
    {S::kReopened,
     {"ACKNOWLEDGED", "REOPENED", "REOPENED", "IN_PROGRESS", "WAITING_CUSTOMER", "-", "-", "-", "-", "-", "CANCELLED"}},
    {S::kCancelled, {"-", "-", "-", "-", "-", "-", "-", "-", "-", "-", "-"}},
};

TEST(CaseStateTest, EveryStateAndVerbIsWhatTheApiSays) {
  for (S from : kCaseStates) {
    for (size_t i = 0; i < kCaseVerbs.size(); ++i) {
      const auto to = NextState(from, kCaseVerbs[i]);
      EXPECT_EQ(to ? std::string(Name(*to)) : "-", kMatrix.at(from)[i])
          << Name(from) << " " << Name(kCaseVerbs[i]) << " #" << i;
    }
  }
}

TEST(CaseStateTest, NoMoveIsListedTwice) {
  std::set<std::pair<S, V>> seen;
  for (const CaseMove& m : kCaseMoves)
    EXPECT_TRUE(seen.insert({m.from, m.verb}).second) << Name(m.from) << Name(m.verb);
}

TEST(CaseStateTest, OpenMeansAllButResolvedVerifiedClosedCancelled) {
  std::set<std::string> closed;
  for (S s : kCaseStates)
    if (!IsOpen(s)) closed.insert(std::string(Name(s)));
  EXPECT_EQ(closed, (std::set<std::string>{"RESOLVED", "VERIFIED", "CLOSED", "CANCELLED"}));
}

TEST(CaseStateTest, AssignAndNoteNeverMoveACase) {
  for (const CaseMove& m : kCaseMoves) {
    const bool speaks_only = m.verb == V::kAssign || m.verb == V::kNote;
    EXPECT_TRUE(!speaks_only || m.from == m.to) << Name(m.from);
  }
}

TEST(CaseStateTest, CancelledIsFinalAndEveryOtherStateCanBeLeft) {
  std::set<S> left;
  for (const CaseMove& m : kCaseMoves)
    if (m.from != m.to) left.insert(m.from);
  EXPECT_FALSE(left.contains(S::kCancelled));
  EXPECT_EQ(left.size(), kCaseStates.size() - 1);
}

TEST(CaseStateTest, NamesAreDistinct) {
  std::set<std::string> names;
  for (S s : kCaseStates) EXPECT_TRUE(names.insert(std::string(Name(s))).second);
  EXPECT_FALSE(names.contains(""));
}

}  // namespace
}  // namespace hoiam::loop
