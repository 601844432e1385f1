#include "loop_service/domain/answer.h"

#include <gtest/gtest.h>

#include <string>

namespace hoiam::loop {
namespace {

Answer Nps(std::optional<int> score) {
  Answer a;
  a.response_id = "r";
  a.metric = "NPS";
  a.score = score;
  a.detractor = score && *score <= 6;
  a.revision = 1;
  a.full_effects = true;
  return a;
}

TEST(AnswerTest, TheLowestScoresAreUrgent) {
  for (int s = 0; s <= 6; ++s) EXPECT_EQ(PriorityOf("NPS", s), s <= 2 ? Priority::kP2 : Priority::kP3) << s;
  EXPECT_EQ(PriorityOf("CSAT", 1), Priority::kP2);
  EXPECT_EQ(PriorityOf("CSAT", 2), Priority::kP3);
  EXPECT_EQ(PriorityOf("CES", 1), Priority::kP2);
  EXPECT_EQ(PriorityOf("CES", 2), Priority::kP3);
  EXPECT_EQ(PriorityOf("CES", 3), Priority::kP3);
}

TEST(AnswerTest, AWorseScoreNeverHasALowerPriority) {
  for (const char* metric : {"NPS", "CSAT", "CES"})
    for (int s = 1; s <= 10; ++s) EXPECT_LE(PriorityOf(metric, s - 1), PriorityOf(metric, s)) << metric << s;
}

// Every combination of what decides: full effects, voided, scored as detractor, already in a case, person has a case
// open.
TEST(AnswerTest, AnAnswerOpensOrJoinsACaseExactlyWhenItIsADetractorWithFullEffectsThatIsInNone) {
  for (int bits = 0; bits < 64; ++bits) {
    const bool full = bits & 1, voided = bits & 2, detractor = bits & 4, in_case = bits & 8, open = bits & 16;
    const bool scored = bits & 32;
    Answer a = Nps(scored ? std::optional(detractor ? 3 : 9) : std::nullopt);
    a.full_effects = full;
    a.voided = voided;
    a.revision = 2;
    const auto known = in_case ? std::optional(KnownAnswer{1, false}) : std::nullopt;
    const AnswerEffect expected = in_case ? AnswerEffect::kAmend
                                  : full && !voided && scored && detractor
                                      ? (open ? AnswerEffect::kAttach : AnswerEffect::kOpen)
                                      : AnswerEffect::kNone;
    EXPECT_EQ(DecideAnswer(a, known, open), expected) << bits;
  }
}

TEST(AnswerTest, ARevisionThatIsAlreadyInChangesNothing) {
  Answer a = Nps(3);
  for (int64_t revision = 1; revision <= 4; ++revision) {
    a.revision = revision;
    EXPECT_EQ(DecideAnswer(a, KnownAnswer{3, false}, true), revision > 3 ? AnswerEffect::kAmend : AnswerEffect::kNone);
  }
}

TEST(AnswerTest, WhatCannotConcernCasesNeverDoes) {
  for (int bits = 0; bits < 8; ++bits) {
    Answer a = Nps(bits & 1 ? 3 : 9);
    a.full_effects = bits & 2;
    a.voided = bits & 4;
    if (MayConcernCases(a)) continue;
    EXPECT_EQ(DecideAnswer(a, std::nullopt, false), AnswerEffect::kNone);
    EXPECT_EQ(DecideAnswer(a, std::nullopt, true), AnswerEffect::kNone);
    EXPECT_EQ(DecideAnswer(a, KnownAnswer{1, false}, true), AnswerEffect::kNone);
  }
}

TEST(AnswerTest, AScoreOfZeroIsAnAnswerAndASkippedOneIsNot) {
  EXPECT_EQ(DecideAnswer(Nps(0), std::nullopt, false), AnswerEffect::kOpen);
  EXPECT_EQ(DecideAnswer(Nps(std::nullopt), std::nullopt, false), AnswerEffect::kNone);
}

}  // namespace
}  // namespace hoiam::loop
