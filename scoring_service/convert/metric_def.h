// A tenant's own metric, as survey_service tells of it.
#pragma once

#include "hoiam/survey/v1/resources.pb.h"
#include "scoring_service/domain/metric.h"

namespace hoiam::scoring {

MetricDef ToMetricDef(const hoiam::survey::v1::Metric& metric);

}  // namespace hoiam::scoring
