// Metrics that a tenant defines: what may be said of one, what of it is fixed, and when it is another formula.
#pragma once

#include <vector>

#include "absl/strings/string_view.h"
#include "survey_service/domain/metric.h"
#include "survey_service/domain/question.h"

namespace hoiam::survey {

// [A-Z][A-Z0-9_]{1,15}.
bool IsMetricId(absl::string_view id);
// The ids of what Hoiam brings and counts by itself: no metric of a tenant's own has one of them.
bool IsTakenMetricId(absl::string_view id);

// Everything that is wrong with a metric, by field: "min", "parts[1].low". A scale within 0–10, 2–5 parts that cover it
// lowest first without gap or overlap, weights within −1 … 1 of at most 3 decimals that are not all the same. Says
// nothing of id and name.
std::vector<Problem> CheckDefinition(const Metric& metric);

// What of a metric that was made may not change: its scale, and how many parts it has, their names and moods.
std::vector<Problem> CheckFixed(const Metric& before, const Metric& after);

// Whether answers count by another formula: bounds or weights changed.
bool IsAnotherFormula(const Metric& before, const Metric& after);

}  // namespace hoiam::survey
