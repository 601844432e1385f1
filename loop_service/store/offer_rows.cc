#include "loop_service/store/offer_rows.h"

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "platform/db/filter_sql.h"

namespace hoiam::loop {
namespace {

constexpr char kSelect[] =
    "SELECT tenant_id, check_id, customer_id, overridden, create_time, body FROM offer_check WHERE tenant_id = ?";
constexpr char kAfter[] = " AND create_time <= ? AND (create_time < ? OR check_id < ?)";
constexpr char kNewestFirst[] = " ORDER BY create_time DESC, check_id DESC LIMIT ?";

}  // namespace

const db::TableDef& OpenInteractionRow::Table() {
  static const auto* def =
      new db::TableDef{"open_interaction", {"tenant_id", "customer_id", "interaction_id", "type", "occurred_at"}, 3};
  return *def;
}

void OpenInteractionRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, customer_id, interaction_id, type, occurred_at});
}

OpenInteractionRow OpenInteractionRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3), r.Time(4)};
}

const db::TableDef& OfferCheckRow::Table() {
  static const auto* def =
      new db::TableDef{"offer_check", {"tenant_id", "check_id", "customer_id", "overridden", "create_time", "body"}, 2};
  return *def;
}

void OfferCheckRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id, check_id, customer_id, int64_t{overridden}, create_time, body});
}

OfferCheckRow OfferCheckRow::Read(const db::Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Int(3) != 0, r.Time(4), r.Bytes(5)};
}

absl::StatusOr<OfferCheckCondition> MakeOfferCheckCondition(const Filter& filter) {
  using db::FilterFieldKind;
  const std::vector<db::FilterField> fields = {{"customer", "customer_id", FilterFieldKind::kText},
                                               {"customer_id", "customer_id", FilterFieldKind::kText},
                                               {"overridden", "overridden", FilterFieldKind::kInteger},
                                               {"time", "create_time", FilterFieldKind::kTime}};
  OfferCheckCondition condition;
  HOIAM_ASSIGN_OR_RETURN(condition.sql, db::FilterSql(filter, fields, condition.params));
  return condition;
}

std::string ListOfferChecksSql(const std::string& condition, bool after) {
  return absl::StrCat(kSelect, after ? kAfter : "", condition.empty() ? "" : " AND ", condition, kNewestFirst);
}

absl::StatusOr<std::vector<OfferCheckRow>> ListOfferChecks(const db::TenantDb& db, const OfferCheckCondition& condition,
                                                           const std::optional<OfferCheckPosition>& after,
                                                           size_t limit) {
  db::Values params;
  if (after) params.insert(params.end(), {after->create_time, after->create_time, after->check_id});
  params.insert(params.end(), condition.params.begin(), condition.params.end());
  params.push_back(static_cast<int64_t>(limit));
  std::vector<OfferCheckRow> rows;
  HOIAM_RETURN_IF_ERROR(db.Query(ListOfferChecksSql(condition.sql, after.has_value()), params,
                                 [&](const db::Row& r) { rows.push_back(OfferCheckRow::Read(r)); }));
  return rows;
}

}  // namespace hoiam::loop
