// Metrics and scores of requests.
#pragma once

#include <cstdint>

#include "absl/strings/string_view.h"
#include "platform/base/status.h"
#include "survey_service/domain/metric.h"

namespace hoiam::survey {

// NPS, CSAT, CES or CSI. Reason REQUIRED or UNKNOWN_METRIC.
void CheckMetric(absl::string_view metric, absl::string_view field, bool required, Violations& v);

// Within the metric's scale. Reason SCORE_OUT_OF_RANGE, metadata min and max; NO_SINGLE_SCORE for CSI.
void CheckScore(Metric metric, int64_t score, absl::string_view field, Violations& v);

}  // namespace hoiam::survey
