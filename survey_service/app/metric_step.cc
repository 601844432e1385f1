#include "survey_service/app/metric_step.h"

#include <memory>

#include "survey_service/app/stored.h"
#include "survey_service/convert/metric.h"
#include "survey_service/store/metric_reader.h"
#include "survey_service/store/metric_rows.h"

namespace hoiam::survey {
namespace {

bool IsOwn(const std::string& metric_id) { return !metric_id.empty() && !FindBuiltInMetric(metric_id); }

MetricPtr Parsed(const std::string& body) {
  v1::Metric m;
  return m.ParseFromString(body) ? std::make_shared<const Metric>(ToMetric(m)) : nullptr;
}

}  // namespace

void WantMetric(db::UnitOfWork& uow, const std::string& tenant, const std::string& metric_id) {
  if (IsOwn(metric_id)) uow.Want<MetricVersionRow>({tenant, metric_id});
}

void WantMetrics(db::UnitOfWork& uow, const std::string& tenant, const std::set<std::string>& own) {
  for (const std::string& id : own) WantMetric(uow, tenant, id);
}

MetricPtr FindMetric(db::UnitOfWork& uow, const std::string& tenant, const std::string& metric_id, int64_t version) {
  if (!IsOwn(metric_id)) return FindBuiltInMetric(metric_id);
  // That of a survey which was made in this very batch was not known when rows were wanted.
  if (!uow.Wanted<MetricVersionRow>({tenant, metric_id})) return nullptr;
  const auto versions = uow.List<MetricVersionRow>({tenant, metric_id});
  if (version == 0) return versions.empty() ? nullptr : Parsed(versions.back()->body);
  const auto* row = uow.Find<MetricVersionRow>({tenant, metric_id, version});
  return row ? Parsed(row->body) : nullptr;
}

MetricBook FindMetrics(db::UnitOfWork& uow, const std::string& tenant, const std::set<std::string>& own) {
  MetricBook book;
  for (const std::string& id : own) book.Add(FindMetric(uow, tenant, id));
  return book;
}

absl::StatusOr<MetricBook> ReadMetrics(const db::TenantDb& db, const std::set<std::string>& own) {
  MetricBook book;
  for (const std::string& id : own) {
    HOIAM_ASSIGN_OR_RETURN(const auto body, ReadMetric(db, id));
    if (body) book.Add(Parsed(*body));
  }
  return book;
}

}  // namespace hoiam::survey
