#include "survey_service/store/known_reader.h"

#include "platform/base/status.h"

namespace hoiam::survey {
namespace {

constexpr char kOfCustomer[] =
    "SELECT question_id, answered_at FROM known_answer WHERE tenant_id = ? AND customer_id = ?";

}  // namespace

absl::StatusOr<std::map<std::string, absl::Time>> ReadKnownAnswers(const db::TenantDb& db,
                                                                   const std::string& customer_id) {
  std::map<std::string, absl::Time> answered;
  HOIAM_RETURN_IF_ERROR(
      db.Query(kOfCustomer, {customer_id}, [&](const db::Row& r) { answered[r.Bytes(0)] = r.Time(1); }));
  return answered;
}

}  // namespace hoiam::survey
