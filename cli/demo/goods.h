// What became of the goods, and what people said in the CSI wave. Made from the demo as it is, with numbers of its own,
// so that nothing else in it changes.
#pragma once

#include "cli/demo/shop.h"

namespace hoiam::cli {

inline constexpr char kCsiSurvey[] = "nha-en-csi";

// Usage statuses of the owners of the bad lot: those who complain see theirs repaired or replaced, or give up; the
// others use theirs, as far as anybody knows.
void AddUsage(Demo& demo);

// Sixty answers of the last weeks, each with its attributes, the three that matter most, and what could be better
// still. Late deliveries have left their mark.
void AddCsiWave(uint64_t seed, absl::Time loaded_at, Demo& demo);

}  // namespace hoiam::cli
