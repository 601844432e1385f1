#include "survey_service/store/asking_rows.h"

namespace hoiam::survey {

using db::Row;
using db::TableDef;
using db::Values;

const TableDef& AskPolicyRow::Table() {
  static const auto* def = new TableDef{"ask_policy", {"tenant_id", "body"}, 1};
  return *def;
}

void AskPolicyRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, body}); }

AskPolicyRow AskPolicyRow::Read(const Row& r) { return {r.Bytes(0), r.Bytes(1)}; }

const TableDef& DecisionRow::Table() {
  static const auto* def = new TableDef{"decision", {"tenant_id", "customer_id", "survey_id", "decided_at", "body"}, 3};
  return *def;
}

void DecisionRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, customer_id, survey_id, decided_at, body}); }

DecisionRow DecisionRow::Read(const Row& r) { return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Time(3), r.Bytes(4)}; }

const TableDef& NextAskRow::Table() {
  static const auto* def = new TableDef{"next_ask", {"tenant_id", "customer_id", "eligible_at"}, 2};
  return *def;
}

void NextAskRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, customer_id, db::Of(eligible_at)}); }

NextAskRow NextAskRow::Read(const Row& r) { return {r.Bytes(0), r.Bytes(1), r.OptTime(2)}; }

const TableDef& SurveyDayRow::Table() {
  static const auto* def = new TableDef{"survey_day", {"tenant_id", "survey_id", "day", "invited"}, 2, 0, true};
  return *def;
}

void SurveyDayRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, survey_id, day, invited}); }

SurveyDayRow SurveyDayRow::Read(const Row& r) { return {r.Bytes(0), r.Bytes(1), r.Int(2), r.Int(3)}; }

const TableDef& TallyRow::Table() {
  static const auto* def = new TableDef{"tally", {"tenant_id", "survey_id", "day", "touchpoint", "item", "n"}, 5, 5};
  return *def;
}

void TallyRow::Bind(Values& v) const { v.insert(v.end(), {tenant_id, survey_id, day, touchpoint, item, n}); }

TallyRow TallyRow::Read(const Row& r) { return {r.Bytes(0), r.Bytes(1), r.Int(2), r.Bytes(3), r.Bytes(4), r.Int(5)}; }

const TableDef& WaveRow::Table() {
  static const auto* def = new TableDef{
      "wave", {"tenant_id", "wave_id", "survey_id", "create_time", "fingerprint", "draw_id", "body"}, 2, 0, true};
  return *def;
}

void WaveRow::Bind(Values& v) const {
  v.insert(v.end(), {tenant_id, wave_id, survey_id, create_time, fingerprint, draw_id, body});
}

WaveRow WaveRow::Read(const Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Time(3), r.Bytes(4), r.Bytes(5), r.Bytes(6)};
}

const TableDef& WaveMemberRow::Table() {
  static const auto* def = new TableDef{"wave_member",
                                        {"tenant_id", "draw_id", "customer_id", "stratum", "place", "outcome", "reason",
                                         "ask_time", "invitation_id", "replaces"},
                                        3};
  return *def;
}

void WaveMemberRow::Bind(Values& v) const {
  v.insert(v.end(),
           {tenant_id, draw_id, customer_id, stratum, place, outcome, reason, ask_time, invitation_id, replaces});
}

WaveMemberRow WaveMemberRow::Read(const Row& r) {
  return {r.Bytes(0), r.Bytes(1), r.Bytes(2), r.Bytes(3), r.Int(4),
          r.Int(5),   r.Int(6),   r.Time(7),  r.Bytes(8), r.Bytes(9)};
}

}  // namespace hoiam::survey
