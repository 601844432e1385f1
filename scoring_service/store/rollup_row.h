// Table `rollup`: histograms per series, cut and day. Only ever added to.
#pragma once

#include <string>

#include "platform/db/table.h"
#include "scoring_service/domain/tally.h"

namespace hoiam::scoring {

struct RollupRow {
  std::string tenant_id;
  int64_t generation = 0;
  std::string metric;
  int64_t version = 1;
  int64_t scope = 0, kind = 0;
  int64_t cut = 0;
  std::string key1, key2, item;
  int64_t day = 0;
  Tally tally;

  static const db::TableDef& Table();
  void BindKey(db::Values& v) const;
  void AppendKey(std::string& key) const;
  void Bind(db::Values& v) const;
  static RollupRow Read(const db::Row& row);
  void Merge(const RollupRow& other) { tally.Merge(other.tally); }
  bool empty() const { return tally.empty(); }
};

// A tally as it is stored: equal tallies have equal bytes.
std::string EncodeTally(const Tally& tally);
Tally DecodeTally(const std::string& bytes);

}  // namespace hoiam::scoring
