#include "survey_service/store/wave_reader.h"

#include "platform/base/status.h"

namespace hoiam::survey {
namespace {

constexpr char kWave[] =
    "SELECT tenant_id, wave_id, survey_id, create_time, fingerprint, draw_id, body FROM wave "
    "WHERE tenant_id = ? AND wave_id = ?";
constexpr char kFirstWaves[] =
    "SELECT tenant_id, wave_id, survey_id, create_time, fingerprint, draw_id, body FROM wave FORCE INDEX (by_survey) "
    "WHERE tenant_id = ? AND survey_id = ? ORDER BY create_time DESC, wave_id DESC LIMIT ?";
constexpr char kNextWaves[] =
    "SELECT tenant_id, wave_id, survey_id, create_time, fingerprint, draw_id, body FROM wave FORCE INDEX (by_survey) "
    "WHERE tenant_id = ? AND survey_id = ? AND create_time <= ? AND (create_time < ? OR wave_id < ?) "
    "ORDER BY create_time DESC, wave_id DESC LIMIT ?";

#define HOIAM_MEMBER                                                                                            \
  "SELECT tenant_id, draw_id, customer_id, stratum, place, outcome, reason, ask_time, invitation_id, replaces " \
  "FROM wave_member "
constexpr char kMember[] = HOIAM_MEMBER "WHERE tenant_id = ? AND draw_id = ? AND customer_id = ?";
constexpr char kStratum[] = HOIAM_MEMBER
    "FORCE INDEX (in_order) WHERE tenant_id = ? AND draw_id = ? AND stratum = ? AND place > ? ORDER BY place LIMIT ?";
constexpr char kAllStrata[] =
    HOIAM_MEMBER "FORCE INDEX (in_order) WHERE tenant_id = ? AND draw_id = ? ORDER BY stratum, place LIMIT ?";
constexpr char kLaterStrata[] = HOIAM_MEMBER
    "FORCE INDEX (in_order) WHERE tenant_id = ? AND draw_id = ? AND stratum > ? ORDER BY stratum, place LIMIT ?";
constexpr char kDue[] = HOIAM_MEMBER
    "FORCE INDEX (by_turn) WHERE tenant_id = ? AND draw_id = ? AND outcome = ? AND ask_time <= ? "
    "ORDER BY ask_time, customer_id LIMIT ?";
constexpr char kWith[] = HOIAM_MEMBER
    "FORCE INDEX (by_turn) WHERE tenant_id = ? AND draw_id = ? AND outcome = ? ORDER BY ask_time, customer_id";
#undef HOIAM_MEMBER
constexpr char kNextTurn[] =
    "SELECT ask_time FROM wave_member FORCE INDEX (by_turn) WHERE tenant_id = ? AND draw_id = ? AND outcome = ? "
    "ORDER BY ask_time LIMIT 1";
constexpr char kOutcomes[] =
    "SELECT outcome, COUNT(*) FROM wave_member FORCE INDEX (by_turn) WHERE tenant_id = ? AND draw_id = ? "
    "GROUP BY outcome";
constexpr char kAnswers[] =
    "SELECT n FROM tally WHERE tenant_id = ? AND survey_id = '' AND day = 0 AND touchpoint = '' AND item = ?";
constexpr char kDelete[] = "DELETE FROM wave_member WHERE tenant_id = ? AND draw_id = ? LIMIT ?";

absl::StatusOr<std::vector<WaveMemberRow>> Members(const db::TenantDb& db, const char* sql, const db::Values& params) {
  std::vector<WaveMemberRow> rows;
  HOIAM_RETURN_IF_ERROR(db.Query(sql, params, [&](const db::Row& r) { rows.push_back(WaveMemberRow::Read(r)); }));
  return rows;
}

}  // namespace

absl::StatusOr<std::optional<WaveRow>> ReadWave(const db::TenantDb& db, const std::string& wave_id) {
  std::optional<WaveRow> found;
  HOIAM_RETURN_IF_ERROR(db.Query(kWave, {wave_id}, [&](const db::Row& r) { found = WaveRow::Read(r); }));
  return found;
}

absl::StatusOr<std::vector<WaveRow>> ListWaves(const db::TenantDb& db, const std::string& survey_id,
                                               const std::optional<WavePlace>& before, int limit) {
  std::vector<WaveRow> rows;
  const auto each = [&](const db::Row& r) { rows.push_back(WaveRow::Read(r)); };
  if (before) {
    HOIAM_RETURN_IF_ERROR(db.Query(
        kNextWaves, {survey_id, before->create_time, before->create_time, before->wave_id, int64_t{limit}}, each));
  } else {
    HOIAM_RETURN_IF_ERROR(db.Query(kFirstWaves, {survey_id, int64_t{limit}}, each));
  }
  return rows;
}

absl::StatusOr<std::vector<WaveMemberRow>> ListMembers(const db::TenantDb& db, const std::string& draw_id,
                                                       const std::optional<MemberPlace>& after, int limit) {
  if (!after) return Members(db, kAllStrata, {draw_id, int64_t{limit}});
  HOIAM_ASSIGN_OR_RETURN(auto rows, ListStratum(db, draw_id, *after, limit));
  const int64_t left = limit - static_cast<int64_t>(rows.size());
  if (left == 0) return rows;
  HOIAM_ASSIGN_OR_RETURN(auto later, Members(db, kLaterStrata, {draw_id, after->stratum, left}));
  rows.insert(rows.end(), later.begin(), later.end());
  return rows;
}

absl::StatusOr<std::optional<WaveMemberRow>> ReadMember(const db::TenantDb& db, const std::string& draw_id,
                                                        const std::string& customer_id) {
  HOIAM_ASSIGN_OR_RETURN(const auto rows, Members(db, kMember, {draw_id, customer_id}));
  return rows.empty() ? std::nullopt : std::optional(rows[0]);
}

absl::StatusOr<std::vector<WaveMemberRow>> ListMembersDue(const db::TenantDb& db, const std::string& draw_id,
                                                          int64_t outcome, absl::Time now, int limit) {
  return Members(db, kDue, {draw_id, outcome, now, int64_t{limit}});
}

absl::StatusOr<std::optional<absl::Time>> NextTurn(const db::TenantDb& db, const std::string& draw_id,
                                                   int64_t outcome) {
  std::optional<absl::Time> at;
  HOIAM_RETURN_IF_ERROR(db.Query(kNextTurn, {draw_id, outcome}, [&](const db::Row& r) { at = r.Time(0); }));
  return at;
}

absl::StatusOr<std::map<int64_t, int64_t>> CountOutcomes(const db::TenantDb& db, const std::string& draw_id) {
  std::map<int64_t, int64_t> counts;
  HOIAM_RETURN_IF_ERROR(db.Query(kOutcomes, {draw_id}, [&](const db::Row& r) { counts[r.Int(0)] = r.Int(1); }));
  return counts;
}

absl::StatusOr<std::vector<WaveMemberRow>> ListMembersWith(const db::TenantDb& db, const std::string& draw_id,
                                                           int64_t outcome) {
  return Members(db, kWith, {draw_id, outcome});
}

absl::StatusOr<std::vector<WaveMemberRow>> ListStratum(const db::TenantDb& db, const std::string& draw_id,
                                                       const MemberPlace& after, int limit) {
  return Members(db, kStratum, {draw_id, after.stratum, after.place, int64_t{limit}});
}

absl::StatusOr<int64_t> ReadWaveAnswers(const db::TenantDb& db, const std::string& item) {
  int64_t n = 0;
  HOIAM_RETURN_IF_ERROR(db.Query(kAnswers, {item}, [&](const db::Row& r) { n = r.Int(0); }));
  return n;
}

absl::StatusOr<int64_t> DeleteMembers(const db::TenantDb& db, const std::string& draw_id, int limit) {
  return db.Run(kDelete, {draw_id, int64_t{limit}});
}

}  // namespace hoiam::survey
