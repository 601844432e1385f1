// What the commands that show figures have in common.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "cli/commands/command.h"

namespace hoiam::cli {

using Query = std::vector<std::pair<std::string, std::string>>;

// RFC 3339; empty: not given.
struct FigureTimes {
  std::string from, to;
};

// --from and --to.
absl::StatusOr<FigureTimes> TimesOf(const Args& args, absl::TimeZone zone);

// metric, times, and --filter --solicited --incentivised --scope.
Query CommonQuery(const Args& args, const std::string& metric, const FigureTimes& times);

}  // namespace hoiam::cli
