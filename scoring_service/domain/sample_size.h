// How many answers a margin of error takes (F6).
#pragma once

#include <cstdint>
#include <optional>

namespace hoiam::scoring {

struct SampleSizeQuery {
  double margin = 0;                  // half of the interval's width, in points; > 0
  double variance = 0;                // of one answer, on the scale −1 … 1 or 0 … 1; > 0
  std::optional<int64_t> population;  // unset: without limit; else ≥ 1
  double response_rate = 1;           // (0, 1]
};

struct SampleSize {
  double unlimited = 0;  // n₀ = z²·variance/margin²
  double limited = 0;    // n₀/(1 + (n₀ − 1)/population); n₀ without a limit
  double responses = 0;  // limited, rounded up; at least 1
  double invitations =
      0;  // responses/response_rate, rounded up. May be more than there are people: then it cannot be had
};

SampleSize SampleSizeOf(const SampleSizeQuery& query);

}  // namespace hoiam::scoring
