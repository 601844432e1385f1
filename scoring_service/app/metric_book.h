// The metrics that a question may name.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "scoring_service/domain/metric.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// What it takes to count one metric: nothing is read for most built-in ones, its versions for one of the tenant's own,
// and all of the tenant's own for those that are asked beside any other (EXPECTATION, IDEAL_GAP).
absl::StatusOr<MetricBook> ReadMetricBook(const View& view, absl::string_view metric);
// All of them.
absl::StatusOr<MetricBook> ReadMetricBook(const View& view);

}  // namespace hoiam::scoring
