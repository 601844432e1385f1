// A customer, as far as groups and their sizes go.
#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"

namespace hoiam::scoring {

struct Person {
  int64_t revision = 0;
  std::string segment, team;
  std::string icp_fit;  // "FIT", "NO_FIT"; "": there is no profile
  int lifecycle = 0;    // as hoiam.survey.v1.Lifecycle
  int kind = 0;         // as hoiam.survey.v1.RespondentKind
  absl::Time created_at;
};

}  // namespace hoiam::scoring
