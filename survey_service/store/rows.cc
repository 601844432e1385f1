#include "survey_service/store/rows.h"

namespace hoiam::survey {

using db::Of;
using db::Row;
using db::TableDef;
using db::Values;

const TableDef& CustomerRow::Table() {
  static const auto* def =
      new TableDef{"customer", {"tenant_id", "customer_id", "update_time", "phone", "email", "segment", "body"}, 2};
  return *def;
}

void CustomerRow::Bind(Values& v) const {
  v.insert(v.end(), {tenant_id, customer_id, update_time, phone, email, segment, body});
}

CustomerRow CustomerRow::Read(const Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Time(2), r.Bytes(3), r.Bytes(4), r.Bytes(5), r.Bytes(6)};
}

const TableDef& ConsentRow::Table() {
  static const auto* def =
      new TableDef{"consent", {"tenant_id", "customer_id", "stated_at", "wish", "stated_by", "reason"}, 3};
  return *def;
}

void ConsentRow::Bind(Values& v) const {
  v.insert(v.end(), {tenant_id, customer_id, stated_at, wish, stated_by, reason});
}

ConsentRow ConsentRow::Read(const Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Time(2), r.Bytes(3), r.Bytes(4), r.Bytes(5)};
}

const TableDef& InteractionRow::Table() {
  static const auto* def =
      new TableDef{"interaction", {"tenant_id", "interaction_id", "fingerprint", "body", "dispatch"}, 2};
  return *def;
}

void InteractionRow::Bind(Values& v) const {
  v.insert(v.end(), {tenant_id, interaction_id, fingerprint, body, dispatch});
}

InteractionRow InteractionRow::Read(const Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3), r.Bytes(4)};
}

const TableDef& SurveyRow::Table() {
  static const auto* def = new TableDef{"survey", {"tenant_id", "survey_id", "fingerprint", "body"}, 2};
  return *def;
}

void SurveyRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, survey_id, fingerprint, body}); }

SurveyRow SurveyRow::Read(const Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3)}; }

const TableDef& SurveyVersionRow::Table() {
  static const auto* def = new TableDef{"survey_version", {"tenant_id", "survey_id", "version", "body"}, 3};
  return *def;
}

void SurveyVersionRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, survey_id, version, body}); }

SurveyVersionRow SurveyVersionRow::Read(const Row& r) { return {r.Bytes(0), r.Bytes(1), r.Int(2), r.Bytes(3)}; }

const TableDef& ActiveSurveyRow::Table() {
  static const auto* def = new TableDef{"active_survey", {"tenant_id", "survey_id", "body"}, 2};
  return *def;
}

void ActiveSurveyRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, survey_id, body}); }

ActiveSurveyRow ActiveSurveyRow::Read(const Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2)}; }

const TableDef& InvitationRow::Table() {
  static const auto* def = new TableDef{
      "invitation",
      {"tenant_id", "customer_id", "invitation_id", "survey_id", "create_time", "token_hash", "key_id", "body"},
      3};
  return *def;
}

void InvitationRow::Bind(Values& v) const {
  v.insert(v.end(), {tenant_id, customer_id, invitation_id, survey_id, create_time, token_hash, key_id, body});
}

InvitationRow InvitationRow::Read(const Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3), r.Time(4), r.Bytes(5), r.Bytes(6), r.Bytes(7)};
}

const TableDef& InvitationClaimRow::Table() {
  static const auto* def = new TableDef{"invitation_claim", {"tenant_id", "invitation_id", "customer_id"}, 2};
  return *def;
}

void InvitationClaimRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, invitation_id, customer_id}); }

InvitationClaimRow InvitationClaimRow::Read(const Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2)}; }

const TableDef& ResponseRow::Table() {
  static const auto* def = new TableDef{"response",
                                        {"tenant_id", "response_id", "customer_id", "responded_at", "metric", "score",
                                         "touchpoint", "survey_id", "segment", "fingerprint", "body"},
                                        2,
                                        0,
                                        true};
  return *def;
}

void ResponseRow::Bind(Values& v) const {
  v.insert(v.end(), {tenant_id, response_id, customer_id, responded_at, metric, Of(score), touchpoint, survey_id,
                     segment, fingerprint, body});
}

ResponseRow ResponseRow::Read(const Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Time(3),  r.Bytes(4), r.OptInt(5),
          r.Bytes(6), r.Bytes(7), r.Bytes(8), r.Bytes(9), r.Bytes(10)};
}

const TableDef& StandingRow::Table() {
  static const auto* def = new TableDef{"standing", {"tenant_id", "customer_id", "metric", "scores"}, 3, 0, true};
  return *def;
}

void StandingRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, customer_id, metric, scores}); }

StandingRow StandingRow::Read(const Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3)}; }

}  // namespace hoiam::survey
