#include "survey_service/store/survey_reader.h"

#include "platform/base/status.h"

namespace hoiam::survey {
namespace {

constexpr char kOne[] = "SELECT body FROM survey WHERE tenant_id = ? AND survey_id = ?";
constexpr char kVersion[] = "SELECT body FROM survey_version WHERE tenant_id = ? AND survey_id = ? AND version = ?";
constexpr char kPage[] = "SELECT body FROM survey WHERE tenant_id = ? AND survey_id > ? ORDER BY survey_id LIMIT ?";

absl::StatusOr<std::optional<std::string>> First(const db::TenantDb& db, const char* sql, const db::Values& params) {
  std::optional<std::string> found;
  HOIAM_RETURN_IF_ERROR(db.Query(sql, params, [&](const db::Row& r) { found = r.Bytes(0); }));
  return found;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> ReadSurvey(const db::TenantDb& db, const std::string& survey_id) {
  return First(db, kOne, {survey_id});
}

absl::StatusOr<std::optional<std::string>> ReadSurveyVersion(const db::TenantDb& db, const std::string& survey_id,
                                                             int64_t version) {
  return First(db, kVersion, {survey_id, version});
}

absl::StatusOr<std::vector<std::string>> ListSurveys(const db::TenantDb& db, const std::string& after, int limit) {
  std::vector<std::string> bodies;
  HOIAM_RETURN_IF_ERROR(
      db.Query(kPage, {after, int64_t{limit}}, [&](const db::Row& r) { bodies.push_back(r.Bytes(0)); }));
  return bodies;
}

}  // namespace hoiam::survey
