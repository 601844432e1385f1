#include "loop_service/domain/offer.h"

#include <gtest/gtest.h>

namespace hoiam::loop {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
constexpr absl::Duration kMonth = absl::Hours(24 * 30);

OpenInteraction Open(const std::string& id, absl::string_view type, absl::Duration ago) {
  return {id, std::string(type), kNow - ago};
}

TEST(OfferTest, NothingOpenBlocksNothing) {
  EXPECT_EQ(WhatBlocks(std::nullopt, {}, kMonth, kNow).block, OfferBlock::kNone);
}

TEST(OfferTest, ACaseWeighsMoreThanAComplaintAndThatMoreThanAReturnAndOfEqualsTheOldestIsNamed) {
  const std::vector<OpenInteraction> open = {Open("r-1", kReturn, absl::Hours(90)),
                                             Open("c-1", kComplaint, absl::Hours(2)),
                                             Open("c-2", kComplaint, absl::Hours(5))};
  const Obstacle complaint = WhatBlocks(std::nullopt, open, kMonth, kNow);
  EXPECT_EQ(complaint.block, OfferBlock::kOpenComplaint);
  EXPECT_EQ(complaint.by, "c-2");
  EXPECT_EQ(complaint.since, kNow - absl::Hours(5));
  const Obstacle of_case = WhatBlocks(OpenDetractorCase{"case", kNow - absl::Hours(1)}, open, kMonth, kNow);
  EXPECT_EQ(of_case.block, OfferBlock::kOpenCase);
  EXPECT_EQ(of_case.by, "case");
  const Obstacle returned = WhatBlocks(std::nullopt, {open[0]}, kMonth, kNow);
  EXPECT_EQ(returned.block, OfferBlock::kOpenReturn);
}

TEST(OfferTest, WhatWasLeftOpenForLongerThanThePolicySaysBlocksNoMore) {
  EXPECT_EQ(WhatBlocks(std::nullopt, {Open("c", kComplaint, kMonth)}, kMonth, kNow).block, OfferBlock::kOpenComplaint);
  EXPECT_EQ(WhatBlocks(std::nullopt, {Open("c", kComplaint, kMonth + absl::Seconds(1))}, kMonth, kNow).block,
            OfferBlock::kNone);
}

}  // namespace
}  // namespace hoiam::loop
