#include "survey_service/convert/usage.h"

#include "platform/base/text.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/times.h"
#include "survey_service/limits.h"

namespace hoiam::survey {

NewUsage ReadUsage(const v1::RecordUsageRequest& q, absl::Time now, Violations& v) {
  NewUsage n;
  CheckClientId(q.customer_id(), "customerId", v);
  CheckClientId(q.usage_id(), "usageId", v);
  CheckClientId(q.item(), "item", v);
  CheckUpperSnake(q.status(), "status", v);
  CheckProse(q.detail(), "detail", kMaxUsageDetail, v);
  if (!v1::CollectedBy::Code_IsValid(q.stated_by())) UnknownEnum("statedBy", v);
  if (q.has_occurred_at()) CheckTime(q.occurred_at(), "occurredAt", now, v);
  n.usage.set_customer_id(q.customer_id());
  n.usage.set_usage_id(q.usage_id());
  n.usage.set_item(q.item());
  n.usage.set_status(q.status());
  n.usage.set_detail(q.detail());
  n.usage.set_stated_by(q.stated_by() == v1::CollectedBy::UNSPECIFIED ? v1::CollectedBy::STAFF : q.stated_by());
  if (q.has_occurred_at() && IsValid(q.occurred_at())) SetTime(ToTime(q.occurred_at()), n.usage.mutable_occurred_at());
  if (v.empty()) n.fingerprint = Fingerprint(n.usage);
  return n;
}

}  // namespace hoiam::survey
