#include "loop_service/domain/case_state.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace hoiam::loop {
namespace {

using S = CaseState;
using V = CaseVerb;

// The life cycle, written a second time, by rule: what each verb does to an open case, and where else it is allowed.
std::optional<S> Expected(S from, V verb) {
  const bool open = IsOpen(from), waits = from == S::kWaitingCustomer;
  const auto stays = open ? std::optional(from) : std::nullopt;
  const auto to = [](bool allowed, S state) { return allowed ? std::optional(state) : std::nullopt; };
  switch (verb) {
    case V::kAcknowledge:
      return to(from == S::kNew || from == S::kReopened, S::kAcknowledged);
    case V::kAssign:
    case V::kNote:
    case V::kDiagnose:
    case V::kNeed:
    case V::kPropose:
    case V::kCompensate:
      return stays;
    case V::kContact:
    case V::kMessage:
      return to(open, S::kInProgress);
    case V::kAwaitReply:
    case V::kAskByMessage:
      return to(open, S::kWaitingCustomer);
    case V::kCustomerReply:
    case V::kResume:
      return to(waits, S::kInProgress);
    case V::kCustomerMessage:
      if (from == S::kResolved || from == S::kVerified) return from;
      return waits ? S::kInProgress : stays;
    case V::kAnswerSolution:
      return waits ? S::kInProgress : stays;
    case V::kResolve:
      return to(from == S::kInProgress || waits, S::kResolved);
    case V::kVerify:
      return to(from == S::kResolved, S::kVerified);
    case V::kClose:
      return to(from == S::kVerified, S::kClosed);
    case V::kReopen:
      return to(from == S::kResolved || from == S::kVerified || from == S::kClosed, S::kReopened);
    case V::kCancel:
      return to(open, S::kCancelled);
  }
  return std::nullopt;
}

std::string Cell(std::optional<S> to) { return to ? std::string(Name(*to)) : "–"; }

TEST(CaseStateTest, EveryStateAndVerbIsWhatTheApiSays) {
  for (S from : kCaseStates)
    for (V verb : kCaseVerbs)
      EXPECT_EQ(Cell(NextState(from, verb)), Cell(Expected(from, verb))) << Name(from) << " " << Name(verb);
}

TEST(CaseStateTest, EveryVerbHasOneRowInTheOrderOfVerbs) {
  ASSERT_EQ(case_table::kMoves.size(), kCaseVerbs.size());
  for (size_t i = 0; i < kCaseVerbs.size(); ++i) EXPECT_EQ(case_table::kMoves[i].verb, kCaseVerbs[i]) << i;
}

TEST(CaseStateTest, TheDocsShowTheTableAsItIs) {
  const char* root = std::getenv("HOIAM_SOURCE_DIR");
  ASSERT_NE(root, nullptr) << "run this test by ctest";
  std::ifstream page(std::string(root) + "/docs/cases.md");
  std::vector<std::vector<std::string>> shown;  // its rows, without the verb
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (absl::StartsWith(line, "<!-- the table")) inside = !inside;
    if (!inside || !absl::StartsWith(line, "| ")) continue;
    std::vector<std::string> cells = absl::StrSplit(line, " | ");
    cells.erase(cells.begin());
    cells.back() = std::string(absl::StripSuffix(cells.back(), " |"));
    shown.push_back(std::move(cells));
  }
  std::vector<std::vector<std::string>> table(1);
  for (S s : kCaseStates) table[0].push_back(std::string(Name(s)));
  for (V verb : kCaseVerbs) {
    auto& row = table.emplace_back();
    for (S s : kCaseStates) row.push_back(Cell(NextState(s, verb)));
  }
  EXPECT_EQ(shown, table) << "./dev check --fix writes it";
}

TEST(CaseStateTest, OpenMeansAllButResolvedVerifiedClosedCancelled) {
  std::set<std::string> closed;
  for (S s : kCaseStates)
    if (!IsOpen(s)) closed.insert(std::string(Name(s)));
  EXPECT_EQ(closed, (std::set<std::string>{"RESOLVED", "VERIFIED", "CLOSED", "CANCELLED"}));
}

TEST(CaseStateTest, CancelledIsFinalAndEveryOtherStateCanBeLeft) {
  for (S from : kCaseStates) {
    bool left = false;
    for (V verb : kCaseVerbs) left |= NextState(from, verb).value_or(from) != from;
    EXPECT_EQ(left, from != S::kCancelled) << Name(from);
  }
}

TEST(CaseStateTest, NamesAreDistinct) {
  std::set<std::string> names;
  for (S s : kCaseStates) EXPECT_TRUE(names.insert(std::string(Name(s))).second);
  EXPECT_FALSE(names.contains(""));
}

}  // namespace
}  // namespace hoiam::loop
