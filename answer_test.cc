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
  if (score) a.band = *score <= 6 ? Band::kWorst : *score <= 8 ? Band::kMiddle : Band::kBest;
  a.revision = 1;
  a.full_effects = true;
  return a;
}

// Every combination of what decides: full effects, voided, rings, already in a case, person has a case open, answers
// the recovery survey of a case that takes it.
TEST(AnswerTest, AnAnswerComesIntoACaseExactlyWhenItCountsAndRingsOrRecoversAndIsInNone) {
  for (int bits = 0; bits < 64; ++bits) {
    const bool full = bits & 1, voided = bits & 2, rings = bits & 4, in_case = bits & 8, open = bits & 16;
    const bool recovers = bits & 32;
    Answer a = Nps(3);
    a.full_effects = full;
    a.voided = voided;
    a.revision = 2;
    const auto known = in_case ? std::optional(KnownAnswer{1, false}) : std::nullopt;
    const AnswerEffect expected = in_case           ? AnswerEffect::kAmend
                                  : !full || voided ? AnswerEffect::kNone
                                  : recovers        ? AnswerEffect::kRecover
                                  : !rings          ? AnswerEffect::kNone
                                  : open            ? AnswerEffect::kAttach
                                                    : AnswerEffect::kOpen;
    EXPECT_EQ(DecideAnswer(a, known, rings, open, recovers), expected) << bits;
  }
}

TEST(AnswerTest, ARevisionThatIsAlreadyInChangesNothing) {
  Answer a = Nps(3);
  for (int64_t revision = 1; revision <= 4; ++revision) {
    a.revision = revision;
    EXPECT_EQ(DecideAnswer(a, KnownAnswer{3, false}, true, true, false),
              revision > 3 ? AnswerEffect::kAmend : AnswerEffect::kNone);
  }
}

TEST(AnswerTest, WhatCannotConcernCasesNeverDoes) {
  for (int bits = 0; bits < 16; ++bits) {
    Answer a = Nps(9);
    const bool rings = bits & 1;
    a.full_effects = bits & 2;
    a.voided = bits & 4;
    a.recovers_case = bits & 8 ? "a case" : "";
    if (MayConcernCases(a, rings)) continue;
    const bool recovers = !a.recovers_case.empty();
    for (const bool open : {false, true})
      EXPECT_EQ(DecideAnswer(a, std::nullopt, rings, open, recovers), AnswerEffect::kNone) << bits;
    EXPECT_EQ(DecideAnswer(a, KnownAnswer{1, false}, rings, true, recovers), AnswerEffect::kNone) << bits;
  }
}

TEST(AnswerTest, AScoreOfZeroIsADetractorsAndASkippedOneIsNobodys) {
  EXPECT_TRUE(Nps(0).detractor());
  EXPECT_FALSE(Nps(std::nullopt).detractor());
}

}  // namespace
}  // namespace hoiam::loop
