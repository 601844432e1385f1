#include "scoring_service/store/rollup_row.h"

#include "hoiam/scoring/v1/stored.pb.h"

namespace hoiam::scoring {
namespace {

void SetAmount(Decimal amount, v1::StoredAmount* out) {
  out->set_high(absl::Int128High64(amount.micros()));
  out->set_low(absl::Int128Low64(amount.micros()));
}

Decimal AmountOf(const v1::StoredAmount& a) { return Decimal::FromMicros(absl::MakeInt128(a.high(), a.low())); }

}  // namespace

std::string EncodeTally(const Tally& tally) {
  v1::StoredTally out;
  for (int i = 0; i < kScores; ++i) {
    if (tally.counts[i] == 0) continue;
    out.add_values(i);
    out.add_counts(tally.counts[i]);
  }
  for (const auto& [code, amounts] : tally.money) {
    v1::StoredTally::Currency* currency = nullptr;
    for (int i = 0; i < kScores; ++i) {
      if (amounts[i].is_zero()) continue;
      if (!currency) {
        currency = out.add_currencies();
        currency->set_code(code);
      }
      auto* money = currency->add_money();
      money->set_value(i);
      if (!amounts[i].revenue.is_zero()) SetAmount(amounts[i].revenue, money->mutable_revenue());
      if (!amounts[i].cost.is_zero()) SetAmount(amounts[i].cost, money->mutable_cost());
    }
  }
  return out.SerializeAsString();
}

Tally DecodeTally(const std::string& bytes) {
  v1::StoredTally in;
  in.ParseFromString(bytes);
  Tally tally;
  for (int i = 0; i < in.values_size(); ++i) tally.counts[in.values(i)] = in.counts(i);
  for (const auto& currency : in.currencies()) {
    MoneyPerScore& amounts = tally.money[currency.code()];
    for (const auto& money : currency.money())
      amounts[money.value()] = {AmountOf(money.revenue()), AmountOf(money.cost())};
  }
  return tally;
}

const db::TableDef& RollupRow::Table() {
  static const auto* def = new db::TableDef{.name = "rollup",
                                            .columns = {"tenant_id", "generation", "metric", "version", "scope", "kind",
                                                        "cut", "key1", "key2", "item", "day", "tally"},
                                            .key_columns = 11,
                                            .for_update = true,
                                            .merged = true};
  return *def;
}

void RollupRow::BindKey(db::Values& v) const {
  v.insert(v.end(), {tenant_id, generation, metric, version, scope, kind, cut, key1, key2, item, day});
}

void RollupRow::AppendKey(std::string& key) const {
  key.reserve(128);
  db::AppendKey(key, tenant_id);
  db::AppendKey(key, generation);
  db::AppendKey(key, metric);
  for (const int64_t n : {version, scope, kind, cut}) db::AppendKey(key, n);
  for (const std::string* s : {&key1, &key2, &item}) db::AppendKey(key, *s);
  db::AppendKey(key, day);
}

void RollupRow::Bind(db::Values& v) const {
  BindKey(v);
  v.push_back(EncodeTally(tally));
}

RollupRow RollupRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Int(1),   r.Bytes(2), r.Int(3),   r.Int(4),  r.Int(5),
          r.Int(6),   r.Bytes(7), r.Bytes(8), r.Bytes(9), r.Int(10), DecodeTally(r.Bytes(11))};
}

}  // namespace hoiam::scoring
