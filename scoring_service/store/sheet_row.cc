#include "scoring_service/store/sheet_row.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hoiam/scoring/v1/stored.pb.h"
#include "platform/base/status.h"
#include "scoring_service/store/answer_row.h"
#include "scoring_service/store/in_list.h"

namespace hoiam::scoring {
namespace {

void SetTime(absl::Time t, google::protobuf::Timestamp* out) {
  const int64_t micros = absl::ToUnixMicros(t), rest = (micros % 1'000'000 + 1'000'000) % 1'000'000;
  out->set_seconds((micros - rest) / 1'000'000);
  out->set_nanos(static_cast<int>(rest * 1000));
}

absl::Time TimeOf(const google::protobuf::Timestamp& t) {
  return absl::FromUnixSeconds(t.seconds()) + absl::Nanoseconds(t.nanos());
}

std::string Encode(const Sheet& sheet) {
  v1::StoredStandings stored;
  for (const OpenInteraction& i : sheet.open_interactions) {
    auto* one = stored.add_open_interactions();
    one->set_interaction_id(i.interaction_id);
    one->set_complaint(i.complaint);
    SetTime(i.since, one->mutable_since());
  }
  for (const auto& [metric, s] : sheet.standings) {
    auto* one = stored.add_standings();
    one->set_metric(metric);
    one->set_score(s.score);
    one->set_band(static_cast<int>(s.band));
    SetTime(s.responded_at, one->mutable_responded_at());
    one->set_full_effects(s.full_effects);
    if (s.previous) {
      one->set_previous(s.previous->score);
      SetTime(s.previous->responded_at, one->mutable_previous_at());
      one->set_previous_id(s.previous->response_id);
    }
    one->set_scope(static_cast<int>(s.scope));
    one->set_responses(static_cast<int>(s.responses));
    if (s.csi) one->set_csi_thousandths(*s.csi);
    one->set_comment(s.comment);
    one->set_response_id(s.response_id);
    one->set_represented(EncodeRepresented(s.represented));
  }
  return stored.SerializeAsString();
}

void Decode(const std::string& bytes, Sheet& sheet) {
  v1::StoredStandings stored;
  stored.ParseFromString(bytes);
  for (const auto& one : stored.open_interactions())
    sheet.open_interactions.push_back({one.interaction_id(), one.complaint(), TimeOf(one.since())});
  for (const auto& one : stored.standings()) {
    Standing s{one.score(), static_cast<Band>(one.band()), TimeOf(one.responded_at()), one.full_effects()};
    if (one.has_previous()) s.previous = Earlier{one.previous(), TimeOf(one.previous_at()), one.previous_id()};
    s.scope = static_cast<Scope>(one.scope());
    s.responses = one.responses();
    if (one.has_csi_thousandths()) s.csi = one.csi_thousandths();
    s.comment = one.comment();
    s.response_id = one.response_id();
    s.represented = DecodeRepresented(one.represented());
    sheet.standings[one.metric()] = std::move(s);
  }
}

}  // namespace

const db::TableDef& SheetRow::Table() {
  static const auto* def = new db::TableDef{"sheet",
                                            {"tenant_id", "generation", "customer_id", "standings",
                                             "rated_interactions", "total_interactions", "next_eligible_at"},
                                            3};
  return *def;
}

void SheetRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, generation, customer_id, Encode(sheet), sheet.rated_interactions,
                     sheet.total_interactions, db::Of(sheet.next_eligible_at)});
}

SheetRow SheetRow::Read(const db::Row& r) {
  SheetRow row{r.Bytes(0), r.Int(1), r.Bytes(2), {}};
  Decode(r.Bytes(3), row.sheet);
  row.sheet.rated_interactions = r.Int(4);
  row.sheet.total_interactions = r.Int(5);
  row.sheet.next_eligible_at = r.OptTime(6);
  return row;
}

absl::StatusOr<std::vector<SheetRow>> ReadSheets(const View& view, const std::vector<std::string>& customer_ids) {
  std::vector<SheetRow> rows;
  if (customer_ids.empty()) return rows;
  db::Values params;
  const std::string sql =
      absl::StrCat("SELECT ", absl::StrJoin(SheetRow::Table().columns, ", "),
                   " FROM sheet WHERE tenant_id = ? AND generation = ? AND customer_id", InList(customer_ids, params));
  HOIAM_RETURN_IF_ERROR(view.Query(sql, params, [&](const db::Row& r) { rows.push_back(SheetRow::Read(r)); }));
  return rows;
}

}  // namespace hoiam::scoring
