// When a mail that could not be sent is tried again.
#pragma once

#include <array>
#include <optional>

#include "absl/time/time.h"

namespace hoiam::mail {

// Within a day in all: what comes later than that is about something forgotten.
inline constexpr std::array kPauses = {absl::Minutes(1), absl::Minutes(5), absl::Minutes(30),
                                       absl::Hours(2),   absl::Hours(6),   absl::Hours(15)};

// After `attempts` that failed, the next one comes this much later; nullopt: it is given up.
inline std::optional<absl::Duration> PauseAfter(int64_t attempts) {
  if (attempts < 1) return kPauses.front();
  if (attempts > static_cast<int64_t>(kPauses.size())) return std::nullopt;
  return kPauses[attempts - 1];
}

}  // namespace hoiam::mail
