#include "scoring_service/store/rollup_row.h"

namespace hoiam::scoring {

const db::TableDef& RollupRow::Table() {
  static const auto* def = new db::TableDef{
      "rollup",
      {"tenant_id", "metric", "solicited", "cut", "key1", "key2", "day", "currency",                     //
       "n0",        "n1",     "n2",        "n3",  "n4",   "n5",   "n6",  "n7",       "n8", "n9", "n10",  //
       "r0",        "r1",     "r2",        "r3",  "r4",   "r5",   "r6",  "r7",       "r8", "r9", "r10"},
      8,
      8};
  return *def;
}

void RollupRow::Bind(db::Values& v) const {
  v.reserve(v.size() + 8 + 2 * kScores);
  v.insert(v.end(), {tenant_id, metric, int64_t{solicited}, cut, key1, key2, day, currency});
  for (int64_t count : n) v.push_back(count);
  for (Decimal amount : r) v.push_back(amount.is_zero() ? db::Value(std::string("0")) : db::Of(amount));
}

RollupRow RollupRow::Read(const db::Row& row) {
  RollupRow out{row.Bytes(0), row.Int(1),   row.Int(2) != 0, row.Int(3),
                row.Bytes(4), row.Bytes(5), row.Int(6),      row.Bytes(7)};
  for (int i = 0; i < kScores; ++i) {
    out.n[i] = row.Int(8 + i);
    out.r[i] = row.Dec(8 + kScores + i);
  }
  return out;
}

void RollupRow::Merge(const RollupRow& delta) {
  for (int i = 0; i < kScores; ++i) {
    n[i] += delta.n[i];
    r[i] += delta.r[i];
  }
}

}  // namespace hoiam::scoring
