#include "survey_service/domain/delivery.h"

#include <gtest/gtest.h>

#include "platform/mail/retry.h"

namespace hoiam::survey {
namespace {

using S = InvitationState;
constexpr S kStates[] = {S::kScheduled, S::kCreated, S::kSent,     S::kDelivered, S::kOpened,
                         S::kBounced,   S::kStarted, S::kAnswered, S::kExpired,   S::kRevoked};

// The whole matrix: what is not listed changes nothing.
TEST(DeliveryTest, ReportsMoveForwardOnly) {
  for (const S from : kStates) {
    const bool told = from == S::kCreated || from == S::kSent;
    EXPECT_EQ(AfterReport(from, DeliveryReport::kDelivered), told ? std::optional(S::kDelivered) : std::nullopt);
    EXPECT_EQ(AfterReport(from, DeliveryReport::kOpened),
              told || from == S::kDelivered ? std::optional(S::kOpened) : std::nullopt);
    EXPECT_EQ(AfterReport(from, DeliveryReport::kBounced),
              told || from == S::kDelivered ? std::optional(S::kBounced) : std::nullopt);
  }
}

TEST(DeliveryTest, TheSameReportAgainChangesNothing) {
  for (const S from : kStates)
    for (const DeliveryReport r : {DeliveryReport::kDelivered, DeliveryReport::kOpened, DeliveryReport::kBounced})
      if (const auto to = AfterReport(from, r)) {
        EXPECT_FALSE(AfterReport(*to, r));
      }
}

TEST(MailRetryTest, PausesGrowAndEndWithinADay) {
  absl::Duration all, before;
  int64_t attempts = 1;
  for (; mail::PauseAfter(attempts); ++attempts) {
    EXPECT_GT(*mail::PauseAfter(attempts), before);
    before = *mail::PauseAfter(attempts);
    all += before;
  }
  EXPECT_EQ(*mail::PauseAfter(1), absl::Minutes(1));
  EXPECT_LE(all, absl::Hours(24));
  EXPECT_GE(all, absl::Hours(20));
  EXPECT_FALSE(mail::PauseAfter(attempts + 100));
}

}  // namespace
}  // namespace hoiam::survey
