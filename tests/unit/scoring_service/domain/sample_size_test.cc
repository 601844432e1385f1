#include "scoring_service/domain/sample_size.h"

#include <gmock/gmock.h>

namespace hoiam::scoring {
namespace {

TEST(SampleSizeTest, HasTheVectorsOfTheRequirements) {
  struct {
    double margin, variance, unlimited, limited;
  } const vectors[] = {{10, 1, 384.1, 322.4}, {10, 0.7, 268.9, 237.1}, {5, 1, 1536.6, 869.2}};  // F6, N = 2000
  for (const auto& v : vectors) {
    const SampleSize s = SampleSizeOf({v.margin, v.variance, 2000});
    EXPECT_NEAR(s.unlimited, v.unlimited, 0.05);
    EXPECT_NEAR(s.limited, v.limited, 0.05);
  }
}

TEST(SampleSizeTest, AnswersAndInvitationsAreWholePeople) {
  const SampleSize s = SampleSizeOf({10, 1, 2000, 0.25});
  EXPECT_EQ(s.responses, 323);
  EXPECT_EQ(s.invitations, 1292);
  EXPECT_EQ(SampleSizeOf({10, 1, std::nullopt, 1}).responses, 385);
  EXPECT_EQ(SampleSizeOf({50, 0.01, std::nullopt, 1}).responses, 1) << "nobody asked says nothing";
  EXPECT_EQ(SampleSizeOf({10, 1, std::nullopt, 0.7}).invitations, 550) << "385/0.7, which is 550 and a hair in binary";
}

TEST(SampleSizeTest, NeverMoreAnswersThanPeopleAndNeverMoreThanWithoutALimit) {
  for (int64_t people : {1, 2, 10, 1000, 1'000'000})
    for (double margin : {0.1, 1.0, 5.0, 50.0}) {
      const SampleSize s = SampleSizeOf({margin, 1, people});
      EXPECT_LE(s.responses, people);
      EXPECT_LE(s.limited, s.unlimited + 1) << "a sample under one person is one";
    }
}

TEST(SampleSizeTest, HalfTheMarginTakesFourTimesTheAnswers) {
  EXPECT_NEAR(SampleSizeOf({5, 1, std::nullopt}).unlimited, 4 * SampleSizeOf({10, 1, std::nullopt}).unlimited, 1e-9);
}

}  // namespace
}  // namespace hoiam::scoring
