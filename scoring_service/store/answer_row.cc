#include "scoring_service/store/answer_row.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "hoiam/scoring/v1/stored.pb.h"

namespace hoiam::scoring {

std::string EncodeRepresented(const Represented& represented) {
  std::string out;
  for (const auto& [currency, money] : represented)
    absl::StrAppend(&out, out.empty() ? "" : ";", currency, "=", money.revenue.ToStored(), "/", money.cost.ToStored());
  return out;
}

Represented DecodeRepresented(absl::string_view text) {
  Represented represented;
  for (absl::string_view item : absl::StrSplit(text, ';', absl::SkipEmpty())) {
    const std::pair<std::string, absl::string_view> part = absl::StrSplit(item, absl::MaxSplits('=', 1));
    const std::pair<absl::string_view, absl::string_view> money = absl::StrSplit(part.second, absl::MaxSplits('/', 1));
    AddMoney(represented, part.first,
             {Decimal::ParseStored(money.first).value_or(Decimal()),
              Decimal::ParseStored(money.second).value_or(Decimal())});
  }
  return represented;
}

std::string EncodeObservations(const std::vector<Observation>& observations) {
  v1::StoredObservations stored;
  for (const Observation& o : observations) {
    auto* one = stored.add_observations();
    one->set_metric(o.metric);
    one->set_version(o.version);
    one->set_item(o.item);
    one->set_value(o.value);
  }
  return stored.SerializeAsString();
}

std::vector<Observation> DecodeObservations(const std::string& bytes) {
  v1::StoredObservations stored;
  stored.ParseFromString(bytes);
  std::vector<Observation> observations;
  observations.reserve(stored.observations_size());
  for (const auto& o : stored.observations()) observations.push_back({o.metric(), o.version(), o.item(), o.value()});
  return observations;
}

const db::TableDef& AnswerRow::Table() {
  static const auto* def = new db::TableDef{
      "answer",
      {"tenant_id",    "generation",     "customer_id", "response_id", "revision",    "metric",       "version",
       "score",        "band",           "scope",       "kind",        "counted",     "voided",       "full_effects",
       "responded_at", "interaction_id", "survey",      "touchpoint",  "channel",     "segment",      "team",
       "collected_by", "usage_status",   "icp_fit",     "stage",       "represented", "observations", "comment"},
      4};
  return *def;
}

void AnswerRow::Bind(db::Values& v) const {
  const Answer& a = answer;
  v.insert(v.end(), {tenant_id, generation, a.customer_id, a.response_id, a.revision, a.metric, int64_t{a.version},
                     db::Of(std::optional<int64_t>(a.score)), static_cast<int64_t>(a.band),
                     static_cast<int64_t>(a.scope), static_cast<int64_t>(a.kind), int64_t{a.counted()},
                     int64_t{a.voided}, int64_t{a.full_effects}, a.responded_at, a.interaction_id});
  for (const std::string& d : a.dimensions) v.push_back(d);
  v.insert(v.end(), {EncodeRepresented(a.represented), EncodeObservations(a.observations), a.comment});
}

AnswerRow AnswerRow::Read(const db::Row& r) {
  AnswerRow row;
  Answer& a = row.answer;
  row.tenant_id = r.Bytes(0);
  row.generation = r.Int(1);
  a.customer_id = r.Bytes(2);
  a.response_id = r.Bytes(3);
  a.revision = r.Int(4);
  a.metric = r.Bytes(5);
  a.version = static_cast<int>(r.Int(6));
  if (const auto score = r.OptInt(7)) a.score = static_cast<int>(*score);
  a.band = static_cast<Band>(r.Int(8));
  a.scope = static_cast<Scope>(r.Int(9));
  a.kind = static_cast<AnswerKind>(r.Int(10));
  a.voided = r.Int(12) != 0;
  a.full_effects = r.Int(13) != 0;
  a.responded_at = r.Time(14);
  a.interaction_id = r.Bytes(15);
  for (int d = 0; d < kDimensions; ++d) a.dimensions[d] = r.Bytes(16 + d);
  a.represented = DecodeRepresented(r.Bytes(16 + kDimensions));
  a.observations = DecodeObservations(r.Bytes(17 + kDimensions));
  a.comment = r.Bytes(18 + kDimensions);
  return row;
}

}  // namespace hoiam::scoring
