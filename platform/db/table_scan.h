// Reads all rows of a table, of all tenants, in the order of the primary key: a page at a time, for those who count
// again. A page costs the same wherever it lies; a row that is written meanwhile is in or not.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "platform/base/status.h"
#include "platform/db/table.h"
#include "platform/db/tenant_db.h"

namespace hoiam::db {

// Untyped part: where a scan stands. The key begins with tenant_id.
class TableScanPlace {
 public:
  explicit TableScanPlace(const TableDef& def);

  // Calls `each` for the rows that follow, at most `limit`, all of one tenant. Answers false when there are none.
  absl::StatusOr<bool> Next(const SystemDb& db, size_t limit, const std::function<void(const Row&)>& each);
  // The key of the last row that was read: what Next goes on after.
  void Reached(Values key) { last_ = std::move(key); }

 private:
  const std::string next_tenant_, first_, next_;
  std::string tenant_;
  Values last_;  // empty: at the beginning of tenant_
};

// About how many rows `def` has, as the server last estimated it: counting would read the whole table.
absl::StatusOr<int64_t> EstimateRows(const SystemDb& db, const TableDef& def);

// T as in platform/db/table.h.
template <class T>
class TableScan {
 public:
  // The rows that follow, at most `limit`, all of one tenant. None: that was all.
  absl::StatusOr<std::vector<T>> Next(const SystemDb& db, size_t limit) {
    std::vector<T> rows;
    HOIAM_ASSIGN_OR_RETURN(const bool more, place_.Next(db, limit, [&](const Row& r) { rows.push_back(T::Read(r)); }));
    if (more) {
      Values key;
      rows.back().Bind(key);
      key.resize(T::Table().key_columns);
      place_.Reached(std::move(key));
    }
    return rows;
  }

 private:
  TableScanPlace place_{T::Table()};
};

}  // namespace hoiam::db
