// Table `metric_def`: versions of the tenant's own metrics.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// All versions of one metric, or of all of them; each is a serialized hoiam.survey.v1.Metric.
absl::StatusOr<std::vector<std::string>> ReadMetricVersions(const View& view, absl::string_view metric);
absl::StatusOr<std::vector<std::string>> ReadAllMetricVersions(const View& view);

}  // namespace hoiam::scoring
