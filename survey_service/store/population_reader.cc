#include "survey_service/store/population_reader.h"

#include "platform/base/status.h"

namespace hoiam::survey {
namespace {

// Said, not guessed: while a table is new its statistics say that it is small, and the optimizer would sort it.
constexpr char kPage[] =
    "SELECT customer_id, body FROM customer FORCE INDEX (PRIMARY) WHERE tenant_id = ? AND customer_id > ? "
    "ORDER BY customer_id LIMIT ?";

}  // namespace

absl::Status ForEachCustomer(const db::TenantDb& db, int page,
                             const std::function<absl::Status(const std::string& id, const std::string& body)>& each) {
  std::string last;
  for (;;) {
    int rows = 0;
    absl::Status failed;
    HOIAM_RETURN_IF_ERROR(db.Query(kPage, {last, int64_t{page}}, [&](const db::Row& r) {
      if (!failed.ok()) return;
      last = r.Bytes(0);
      failed = each(last, r.Bytes(1));
      ++rows;
    }));
    HOIAM_RETURN_IF_ERROR(failed);
    if (rows < page) return absl::OkStatus();
  }
}

}  // namespace hoiam::survey
