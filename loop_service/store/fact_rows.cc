#include "loop_service/store/fact_rows.h"

#include <array>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace hoiam::loop {
namespace {

constexpr std::array<absl::string_view, 4> kVerifications = {"", "SCORE", "CUSTOMER_WORD", "SILENCE"};

CaseState StateOf(absl::string_view name) {
  for (CaseState s : kCaseStates)
    if (Name(s) == name) return s;
  return CaseState::kCancelled;
}

Verification VerificationOf(absl::string_view name) {
  for (size_t i = 0; i < kVerifications.size(); ++i)
    if (kVerifications[i] == name) return static_cast<Verification>(i);
  return Verification::kNone;
}

std::vector<int64_t> Waits(absl::string_view text) {
  std::vector<int64_t> waits;
  for (absl::string_view one : absl::StrSplit(text, ',', absl::SkipEmpty())) {
    int64_t seconds = 0;
    if (absl::SimpleAtoi(one, &seconds)) waits.push_back(seconds);
  }
  return waits;
}

}  // namespace

const db::TableDef& CaseFactRow::Table() {
  static const auto* def = new db::TableDef{
      "case_fact",
      {"tenant_id",    "create_time",  "case_id",    "kind",          "state",      "priority",    "origin",
       "owned",        "team",         "root_cause", "touchpoint",    "answers",    "start_time",  "acknowledge_time",
       "contact_time", "resolve_time", "contact_by", "handoff_waits", "said_twice", "verification"},
      3};
  return *def;
}

void CaseFactRow::Bind(db::Values& v) const {
  v.insert(v.end(), {tenant_id,
                     fact.create_time,
                     fact.case_id,
                     fact.kind,
                     std::string(Name(fact.state)),
                     fact.priority,
                     fact.origin,
                     int64_t{fact.owned},
                     fact.team,
                     fact.root_cause,
                     fact.touchpoint,
                     int64_t{fact.answers},
                     fact.start_time,
                     db::Of(fact.acknowledge_time),
                     db::Of(fact.contact_time),
                     db::Of(fact.resolve_time),
                     fact.contact_by,
                     absl::StrJoin(fact.handoff_waits, ","),
                     int64_t{fact.said_twice},
                     std::string(kVerifications[static_cast<size_t>(fact.verification)])});
}

CaseFactRow CaseFactRow::Read(const db::Row& r) {
  CaseFactRow row;
  row.tenant_id = r.Bytes(0);
  CaseFact& f = row.fact;
  f.create_time = r.Time(1);
  f.case_id = r.Bytes(2);
  f.kind = r.Bytes(3);
  f.state = StateOf(r.Bytes(4));
  f.priority = r.Bytes(5);
  f.origin = r.Bytes(6);
  f.owned = r.Int(7) != 0;
  f.team = r.Bytes(8);
  f.root_cause = r.Bytes(9);
  f.touchpoint = r.Bytes(10);
  f.answers = static_cast<int>(r.Int(11));
  f.start_time = r.Time(12);
  f.acknowledge_time = r.OptTime(13);
  f.contact_time = r.OptTime(14);
  f.resolve_time = r.OptTime(15);
  f.contact_by = r.Time(16);
  f.handoff_waits = Waits(r.Bytes(17));
  f.said_twice = r.Int(18) != 0;
  f.verification = VerificationOf(r.Bytes(19));
  return row;
}

std::string ReadFactsSql() {
  return absl::StrCat("SELECT ", absl::StrJoin(CaseFactRow::Table().columns, ", "),
                      " FROM case_fact WHERE tenant_id = ? AND create_time >= ? AND create_time < ?"
                      " ORDER BY create_time, case_id LIMIT ?");
}

absl::Status ReadFacts(const db::TenantDb& db, absl::Time start, absl::Time end, size_t limit,
                       const std::function<void(const CaseFact&)>& each) {
  return db.Query(ReadFactsSql(), {start, end, static_cast<int64_t>(limit)},
                  [&](const db::Row& r) { each(CaseFactRow::Read(r).fact); });
}

}  // namespace hoiam::loop
