#include "scoring_service/store/passive_row.h"

#include "scoring_service/store/answer_row.h"

namespace hoiam::scoring {

const db::TableDef& PassiveRow::Table() {
  static const auto* def = new db::TableDef{
      "passive",
      {"tenant_id", "generation", "customer_id", "nps", "hidden", "icp_rank", "nps_at", "csat", "represented"},
      3};
  return *def;
}

void PassiveRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, generation, customer_id, int64_t{passive.nps}, int64_t{passive.hidden},
                     int64_t{passive.icp_rank}, passive.nps_at, db::Of(std::optional<int64_t>(passive.csat)),
                     EncodeRepresented(passive.represented)});
}

PassiveRow PassiveRow::Read(const db::Row& r) {
  PassiveRow row{r.Bytes(0), r.Int(1), r.Bytes(2), {}};
  Passive& p = row.passive;
  p.nps = static_cast<int>(r.Int(3));
  p.hidden = r.Int(4) != 0;
  p.icp_rank = static_cast<int>(r.Int(5));
  p.nps_at = r.Time(6);
  if (const auto csat = r.OptInt(7)) p.csat = static_cast<int>(*csat);
  p.represented = DecodeRepresented(r.Bytes(8));
  return row;
}

}  // namespace hoiam::scoring
