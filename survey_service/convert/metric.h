// Metrics and scores: request checks, and messages ⇄ values.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/field_mask.pb.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/base/status.h"
#include "platform/proto/mask.h"
#include "survey_service/domain/metric.h"

namespace hoiam::survey {

// A metric as a request names it: NPS, CSAT, CES, CSI, or what could be one of the tenant's own. Whether there is one
// the stored state tells. Reason REQUIRED or UNKNOWN_METRIC.
void CheckMetric(absl::string_view metric, absl::string_view field, bool required, Violations& v);
// One of `metrics`.
void CheckMetric(absl::string_view metric, absl::string_view field, bool required, const MetricBook& metrics,
                 Violations& v);
// Reason UNKNOWN_METRIC.
void UnknownMetric(absl::string_view field, Violations& v);

// Within the metric's scale. Reason SCORE_OUT_OF_RANGE, metadata min and max; NO_SINGLE_SCORE for CSI.
void CheckScore(const Metric& metric, int64_t score, absl::string_view field, Violations& v);

// Adds `id` to `own` where it is none that Hoiam brings, nor empty.
void AddOwn(const std::string& id, std::set<std::string>& own);
// The metrics of the tenant's own that a survey and its questions name.
std::set<std::string> OwnMetrics(const v1::Survey& survey);

Metric ToMetric(const v1::Metric& metric);
v1::Metric FromMetric(const Metric& metric);
v1::Scope::Code FromScope(Scope scope);

// A PATCH of a metric of the tenant's own: its mask and its id. `mask` is nullptr when there is none. Reasons REQUIRED,
// INVALID_METRIC_ID, METRIC_TAKEN on metricId.
Patch ReadMetricPatch(const v1::Metric& metric, const google::protobuf::FieldMask* mask, Violations& v);
// Checks one that was made or changed, as a whole. `before`: as it was; nullptr when it is new.
void CheckMetricChange(const v1::Metric* before, const v1::Metric& after, Violations& v);

}  // namespace hoiam::survey
