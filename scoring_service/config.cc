#include "scoring_service/config.h"

namespace hoiam::scoring {

Config ReadConfig(config::Env& env) { return {env.Zone("HOIAM_REPORTING_ZONE", "UTC")}; }

}  // namespace hoiam::scoring
