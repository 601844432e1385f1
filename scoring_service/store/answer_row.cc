#include "scoring_service/store/answer_row.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace hoiam::scoring {

std::string EncodeRevenue(const Revenue& revenue) {
  std::string out;
  for (const auto& [currency, amount] : revenue)
    absl::StrAppend(&out, out.empty() ? "" : ";", currency, "=", amount.ToStored());
  return out;
}

Revenue DecodeRevenue(absl::string_view text) {
  Revenue revenue;
  for (absl::string_view item : absl::StrSplit(text, ';', absl::SkipEmpty())) {
    const std::pair<std::string, absl::string_view> part = absl::StrSplit(item, absl::MaxSplits('=', 1));
    AddAmount(revenue, part.first, Decimal::ParseStored(part.second).value_or(Decimal()));
  }
  return revenue;
}

const db::TableDef& AnswerRow::Table() {
  static const auto* def =
      new db::TableDef{"answer",
                       {"tenant_id", "customer_id", "response_id", "revision", "metric", "score", "solicited",
                        "counted", "voided", "full_effects", "responded_at", "interaction_id", "survey", "touchpoint",
                        "channel", "segment", "team", "collected_by", "revenue"},
                       3};
  return *def;
}

void AnswerRow::Bind(db::Values& v) const {
  const Answer& a = answer;
  v.insert(v.end(),
           {tenant_id, a.customer_id, a.response_id, a.revision, int64_t{a.metric ? static_cast<int>(*a.metric) : 0},
            db::Of(std::optional<int64_t>(a.score)), int64_t{a.solicited}, int64_t{a.counted()}, int64_t{a.voided},
            int64_t{a.full_effects}, a.responded_at, a.interaction_id});
  for (const std::string& d : a.dimensions) v.push_back(d);
  v.push_back(EncodeRevenue(a.revenue));
}

AnswerRow AnswerRow::Read(const db::Row& r) {
  AnswerRow row;
  Answer& a = row.answer;
  row.tenant_id = r.Bytes(0);
  a.customer_id = r.Bytes(1);
  a.response_id = r.Bytes(2);
  a.revision = r.Int(3);
  if (const int64_t m = r.Int(4); m != 0) a.metric = static_cast<Metric>(m);
  if (const auto score = r.OptInt(5)) a.score = static_cast<int>(*score);
  a.solicited = r.Int(6) != 0;
  a.voided = r.Int(8) != 0;
  a.full_effects = r.Int(9) != 0;
  a.responded_at = r.Time(10);
  a.interaction_id = r.Bytes(11);
  for (int d = 0; d < kDimensions; ++d) a.dimensions[d] = r.Bytes(12 + d);
  a.revenue = DecodeRevenue(r.Bytes(12 + kDimensions));
  return row;
}

}  // namespace hoiam::scoring
