// A checker is only trusted once it has gone red: each promise is broken on purpose in data that is otherwise sound.
#include "tests/e2e/invariants.h"

#include <gtest/gtest.h>

namespace hoiam::testing {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class InvariantsTest : public ::testing::Test {
 protected:
  Sent sent_{{{"a", 10}, {"b", 3}, {"c", 0}, {"lost", 8}}, {{"a", 10}, {"b", 3}, {"c", 0}}, {{"m1", "case-1"}}};
  Found found_{{{"a", 10}, {"b", 3}, {"c", 0}},
               {{0, 1}, {3, 1}, {10, 1}},
               3,
               {{"case-1",
                 {{"b", "OPENED"}, {"c", "ATTACHED"}},
                 {1, 2, 3, 4},
                 {{"open", "UNSPECIFIED", "NEW", ""},
                  {"overdue", "NEW", "NEW", "ACKNOWLEDGE"},
                  {"contact", "NEW", "ACKNOWLEDGED", "phone REACHED: m1"},
                  {"overdue", "ACKNOWLEDGED", "ACKNOWLEDGED", "CONTACT"}}}}};
  std::vector<std::string> Broken() { return BrokenPromises(sent_, found_); }
};

TEST_F(InvariantsTest, SoundDataBreakNothing) { EXPECT_THAT(Broken(), IsEmpty()); }

TEST_F(InvariantsTest, AnUnacknowledgedAnswerMayBeStoredOrNot) {
  found_.responses.push_back({"lost", 8});
  found_.distribution[8] = 1;
  found_.rollup_n = 4;
  EXPECT_THAT(Broken(), IsEmpty());
}

TEST_F(InvariantsTest, AnAcknowledgedAnswerThatIsGoneIsI1) {
  found_.responses.erase(found_.responses.begin());
  EXPECT_THAT(Broken(), Contains(StartsWith("I1 acknowledged and not stored: a")));
}

TEST_F(InvariantsTest, AnotherScoreIsI1) {
  found_.responses[0].second = 9;
  EXPECT_THAT(Broken(), Contains(StartsWith("I1 a was sent with 10")));
}

TEST_F(InvariantsTest, AnAnswerStoredTwiceIsI2) {
  found_.responses.push_back({"a", 10});
  EXPECT_THAT(Broken(), Contains(StartsWith("I2 stored twice: a")));
}

TEST_F(InvariantsTest, AnAnswerThatNobodySentIsI2) {
  found_.responses.push_back({"x", 10});
  EXPECT_THAT(Broken(), Contains(StartsWith("I2 never sent: x")));
}

TEST_F(InvariantsTest, ARollupThatLostOrDoubledAnAnswerIsI3) {
  found_.distribution[10] = 2;
  EXPECT_THAT(Broken(), Contains(StartsWith("I3 score 10")));
  found_.distribution[10] = 1;
  found_.rollup_n = 2;
  EXPECT_THAT(Broken(), Contains(StartsWith("I3 the rollup counts 2")));
}

TEST_F(InvariantsTest, ADetractorWithoutOrWithTwoCasesIsI4) {
  found_.cases[0].answers.pop_back();
  EXPECT_THAT(Broken(), Contains(StartsWith("I4 answer c")));
  found_.cases[0].answers.push_back({"c", "ATTACHED"});
  found_.cases.push_back({"case-2", {{"c", "OPENED"}}, {1}, {}});
  EXPECT_THAT(Broken(), Contains(StartsWith("I4 answer c with score 0 is in 2 cases")));
}

TEST_F(InvariantsTest, APromoterInACaseOrAnUnknownAnswerIsI4) {
  found_.cases[0].answers.push_back({"a", "ATTACHED"});
  EXPECT_THAT(Broken(), Contains(StartsWith("I4 answer a")));
  found_.cases[0].answers.back().response_id = "x";
  EXPECT_THAT(Broken(), Contains(StartsWith("I4 a case holds an answer that is not stored: x")));
}

TEST_F(InvariantsTest, AGapInTheVersionsOrASecondOpeningIsI5) {
  found_.cases[0].versions = {1, 3};
  EXPECT_THAT(Broken(), Contains(StartsWith("I5 case case-1 has a gap")));
  found_.cases[0].versions = {1, 2};
  found_.cases[0].answers[1].role = "OPENED";
  EXPECT_THAT(Broken(), Contains(StartsWith("I5 case case-1 was opened 2 times")));
}

TEST_F(InvariantsTest, AnAcknowledgedMoveThatIsGoneOrDoubledOrElsewhereIsI5) {
  auto& lines = found_.cases[0].lines;
  lines[2].note = "phone REACHED: m2";
  EXPECT_THAT(Broken(), Contains(StartsWith("I5 the acknowledged move m1 is 0 times")));
  lines[2].note = "m1";
  lines.push_back({"note", "ACKNOWLEDGED", "ACKNOWLEDGED", "m1"});
  EXPECT_THAT(Broken(), Contains(StartsWith("I5 the acknowledged move m1 is 2 times")));
  lines.pop_back();
  sent_.moves["m1"] = "case-2";
  EXPECT_THAT(Broken(), Contains(StartsWith("I5 the acknowledged move m1 is 0 times in case case-2")));
}

TEST_F(InvariantsTest, AHistoryThatJumpsIsI5) {
  found_.cases[0].lines[2].from = "REOPENED";
  EXPECT_THAT(Broken(), Contains(StartsWith("I5 case case-1 was NEW and goes on from REOPENED")));
}

TEST_F(InvariantsTest, WhatTheClockDidTwiceIsI5) {
  auto& lines = found_.cases[0].lines;
  lines.push_back({"escalate", "ACKNOWLEDGED", "ACKNOWLEDGED", "cx"});
  EXPECT_THAT(Broken(), IsEmpty());
  lines.push_back({"escalate", "ACKNOWLEDGED", "ACKNOWLEDGED", "board"});
  EXPECT_THAT(Broken(), IsEmpty()) << "the next team is told in its turn";
  lines.push_back({"overdue", "ACKNOWLEDGED", "ACKNOWLEDGED", "CONTACT"});
  EXPECT_THAT(Broken(), Contains(StartsWith("I5 case case-1: twice overdue CONTACT")));
}

}  // namespace
}  // namespace hoiam::testing
