#include "loop_service/app/backfill.h"

#include <string>
#include <utility>
#include <vector>

#include "loop_service/app/case_book.h"
#include "loop_service/convert/case_proto.h"
#include "loop_service/store/rows.h"
#include "platform/base/status.h"
#include "platform/db/table_scan.h"

namespace hoiam::loop {
namespace {

constexpr size_t kRows = 250;  // of one statement: all of them are in memory at once

class Cases final : public feed::BackfillReader {
 public:
  absl::StatusOr<uint64_t> About(const db::SystemDb& db) override { return db::EstimateRows(db, CaseRow::Table()); }

  absl::StatusOr<std::vector<std::string>> Next(const db::SystemDb& db) override {
    std::vector<std::string> events;
    HOIAM_ASSIGN_OR_RETURN(const auto rows, cases_.Next(db, kRows));
    for (const CaseRow& row : rows) {
      HOIAM_ASSIGN_OR_RETURN(const Case c, FromStored(row.body));
      events.push_back(CaseChanged(row.tenant_id, c, c.update_time));
    }
    return events;
  }

 private:
  db::TableScan<CaseRow> cases_;
};

}  // namespace

std::unique_ptr<feed::BackfillReader> ReadCasesAgain() { return std::make_unique<Cases>(); }

}  // namespace hoiam::loop
