#include "scoring_service/store/reporting_zone.h"

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"

namespace hoiam::scoring {
namespace {

constexpr char kNote[] = "INSERT INTO reporting_zone (id, name) VALUES (1, ?) ON DUPLICATE KEY UPDATE id = id";
constexpr char kRead[] = "SELECT name FROM reporting_zone WHERE id = 1";

}  // namespace

absl::Status KeepReportingZone(const db::SystemDb& db, const std::string& zone) {
  HOIAM_RETURN_IF_ERROR(db->Run(kNote, {zone}).status());
  std::string kept;
  HOIAM_RETURN_IF_ERROR(db->Query(kRead, {}, [&](const db::Row& r) { kept = r.Bytes(0); }));
  if (kept == zone) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("HOIAM_REPORTING_ZONE is ", zone,
                                                    ", but the days of the stored figures are of ", kept,
                                                    "; set it back, or count again in a fresh scoring schema"));
}

}  // namespace hoiam::scoring
