#include "survey_service/app/metrics.h"

#include <optional>
#include <set>
#include <string>

#include "survey_service/app/stored.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/event.h"
#include "survey_service/convert/metric.h"
#include "survey_service/convert/times.h"
#include "survey_service/domain/metric_definition.h"
#include "survey_service/errors.h"
#include "survey_service/limits.h"
#include "survey_service/store/metric_reader.h"
#include "survey_service/store/metric_rows.h"

namespace hoiam::survey {
namespace {

// All of a tenant's metrics are decided in one place: there are only so many.
constexpr char kSubject[] = "metrics";

// One change on its way in. `source` points into the request.
struct Change {
  std::string tenant;
  const v1::Metric* source;
  Patch patch;
  bool may_make;
};

// The version in force; nullopt when there is no such metric.
absl::StatusOr<std::optional<v1::Metric>> InForce(const Change& c, db::UnitOfWork& uow) {
  const auto versions = uow.List<MetricVersionRow>({c.tenant, c.source->metric_id()});
  if (versions.empty()) return std::nullopt;
  HOIAM_ASSIGN_OR_RETURN(v1::Metric m, Parse<v1::Metric>(versions.back()->body));
  return std::optional(std::move(m));
}

absl::Status CheckRoom(const Change& c, const std::optional<v1::Metric>& before, db::UnitOfWork& uow) {
  if (before) return before->version() >= kMaxMetricVersions ? MetricVersionsFull() : absl::OkStatus();
  std::set<std::string> ids;
  for (const auto* row : uow.List<MetricVersionRow>({c.tenant})) ids.insert(row->metric_id);
  return ids.size() >= kMaxMetrics ? MetricsFull() : absl::OkStatus();
}

absl::StatusOr<v1::Metric> Decide(const Change& c, db::UnitOfWork& uow, absl::Time now) {
  const std::string& id = c.source->metric_id();
  HOIAM_ASSIGN_OR_RETURN(const auto before, InForce(c, uow));
  if (!before && !c.may_make) return MetricNotFound(id);
  v1::Metric m = before.value_or(v1::Metric());
  m.set_metric_id(id);
  ApplyPatch(*c.source, c.patch, m);
  if (m.scope() == v1::Scope::UNSPECIFIED) m.set_scope(v1::Scope::TOUCHPOINT);
  Violations v;
  CheckMetricChange(before ? &*before : nullptr, m, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  if (before && SameContent(*before, m)) return m;
  if (!before || IsAnotherFormula(ToMetric(*before), ToMetric(m))) {
    HOIAM_RETURN_IF_ERROR(CheckRoom(c, before, uow));
    m.set_version(m.version() + 1);
    SetTime(now, m.mutable_create_time());
  }
  uow.Put(MetricVersionRow{c.tenant, id, m.version(), m.SerializeAsString()});
  uow.Emit(MetricEvent(c.tenant, m, now).SerializeAsString());
  return m;
}

}  // namespace

absl::StatusOr<v1::ListMetricsResponse> ListMetrics(const Deps& deps, const rpc::CallContext& ctx,
                                                    const v1::ListMetricsRequest&) {
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto bodies, ListMetrics(db));
  v1::ListMetricsResponse out;
  for (const MetricPtr& m : BuiltInMetrics()) *out.add_metrics() = FromMetric(*m);
  for (const std::string& body : bodies) {
    HOIAM_ASSIGN_OR_RETURN(*out.add_metrics(), Parse<v1::Metric>(body));
  }
  return out;
}

void UpdateMetric(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateMetricRequest& q,
                  rpc::Reply<v1::Metric> reply) {
  Violations v;
  const Patch patch = ReadMetricPatch(q.metric(), q.has_update_mask() ? &q.update_mask() : nullptr, v);
  // One that cannot be there is to be made, and all that is said of it can be judged at once.
  const std::string& id = q.metric().metric_id();
  if (q.allow_missing() && (!IsMetricId(id) || IsTakenMetricId(id))) CheckMetricChange(nullptr, q.metric(), v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  const Change c{ctx.tenant, &q.metric(), patch, q.allow_missing()};
  rpc::Write<v1::Metric> w;
  w.subject = kSubject;
  w.bytes = 2 * q.ByteSizeLong() + 256;
  w.want = [tenant = ctx.tenant](db::UnitOfWork& uow) { uow.Want<MetricVersionRow>({tenant}); };
  w.decide = [c](db::UnitOfWork& uow, absl::Time now) { return Decide(c, uow, now); };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

}  // namespace hoiam::survey
