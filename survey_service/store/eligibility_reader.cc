#include "survey_service/store/eligibility_reader.h"

#include "platform/base/status.h"

namespace hoiam::survey {
namespace {

constexpr char kDays[] = "SELECT survey_id, day, invited FROM survey_day WHERE tenant_id = ?";
constexpr char kDecisions[] = "SELECT survey_id, body FROM decision WHERE tenant_id = ? AND customer_id = ?";

}  // namespace

absl::StatusOr<std::map<std::string, AskedOnDay>> ReadSurveyDays(const db::TenantDb& db) {
  std::map<std::string, AskedOnDay> out;
  HOIAM_RETURN_IF_ERROR(db.Query(kDays, {}, [&](const db::Row& r) { out[r.Bytes(0)] = {r.Int(1), r.Int(2)}; }));
  return out;
}

absl::StatusOr<std::map<std::string, std::string>> ReadDecisions(const db::TenantDb& db,
                                                                 const std::string& customer_id) {
  std::map<std::string, std::string> out;
  HOIAM_RETURN_IF_ERROR(db.Query(kDecisions, {customer_id}, [&](const db::Row& r) { out[r.Bytes(0)] = r.Bytes(1); }));
  return out;
}

}  // namespace hoiam::survey
