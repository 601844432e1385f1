// Settings of scoring_service.
#pragma once

#include "absl/time/time.h"
#include "platform/config/env.h"

namespace hoiam::scoring {

struct Config {
  // HOIAM_REPORTING_ZONE, an IANA zone, default UTC: the days of figures. Changing it means counting again.
  absl::TimeZone reporting_zone;
};

Config ReadConfig(config::Env& env);

}  // namespace hoiam::scoring
