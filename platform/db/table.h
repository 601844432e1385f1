// How a row type tells the unit of work which table it lives in.
//
// A row type T has, beside its fields:
//   static const TableDef& Table();        columns in order, key columns first
//   void Bind(Values& v) const;            pushes all columns in that order
//   static T Read(const Row& r);           reads all columns in that order
#pragma once

#include <string>
#include <vector>

#include "platform/db/session.h"
#include "platform/db/value.h"

namespace hoiam::db {

struct TableDef {
  std::string name;
  std::vector<std::string> columns;  // key columns first
  size_t key_columns;                // the primary key
  // Columns from this index on are sums: UnitOfWork::Add adds to them. 0: the table has none.
  size_t sums_from = 0;
  // Rows are read FOR UPDATE: for tables whose rows are not under the lock of one partition's head.
  bool for_update = false;
  // What UnitOfWork::Add adds is merged with the stored rows by the row type, when it is written: for sums that the
  // database cannot add up itself. Such rows are nothing but added to. T has `void BindKey(Values& v) const` (the key
  // columns), `void AppendKey(std::string& key) const` (the same, encoded), `void Merge(const T&)` and
  // `bool empty() const`: rows that come to nothing are deleted. Wants for_update.
  bool merged = false;
};

}  // namespace hoiam::db
