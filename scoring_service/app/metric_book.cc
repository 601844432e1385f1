#include "scoring_service/app/metric_book.h"

#include "platform/base/status.h"
#include "scoring_service/convert/metric_def.h"
#include "scoring_service/store/metric_reads.h"

namespace hoiam::scoring {
namespace {

absl::StatusOr<MetricBook> BookOf(const std::vector<std::string>& bodies) {
  MetricBook book;
  for (const std::string& body : bodies) {
    hoiam::survey::v1::Metric metric;
    if (!metric.ParseFromString(body)) return absl::InternalError("a stored metric cannot be read");
    book.Add(ToMetricDef(metric));
  }
  return book;
}

}  // namespace

absl::StatusOr<MetricBook> ReadMetricBook(const View& view, absl::string_view metric) {
  if (metric == kExpectation || metric == kIdealGap) return ReadMetricBook(view);
  if (FindBuiltin(metric)) return MetricBook();
  HOIAM_ASSIGN_OR_RETURN(const auto bodies, ReadMetricVersions(view, metric));
  return BookOf(bodies);
}

absl::StatusOr<MetricBook> ReadMetricBook(const View& view) {
  HOIAM_ASSIGN_OR_RETURN(const auto bodies, ReadAllMetricVersions(view));
  return BookOf(bodies);
}

}  // namespace hoiam::scoring
