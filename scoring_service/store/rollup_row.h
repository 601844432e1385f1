// Table `rollup`: histograms per cut, day and currency. Only ever added to.
#pragma once

#include <cstdint>
#include <string>

#include "platform/db/table.h"
#include "scoring_service/domain/tally.h"

namespace hoiam::scoring {

struct RollupRow {
  std::string tenant_id;
  int64_t metric = 0;
  bool solicited = true;
  int64_t cut = 0;
  std::string key1, key2;
  int64_t day = 0;
  std::string currency;  // "": answers without revenue
  // Sums.
  Counts n{};
  AmountPerScore r{};

  static const db::TableDef& Table();
  void Bind(db::Values& v) const;
  static RollupRow Read(const db::Row& row);
  void Merge(const RollupRow& delta);
};

}  // namespace hoiam::scoring
