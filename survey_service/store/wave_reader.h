// Reads of waves and their members, and the end of a draw that no wave names.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/tenant_db.h"
#include "survey_service/store/asking_rows.h"

namespace hoiam::survey {

absl::StatusOr<std::optional<WaveRow>> ReadWave(const db::TenantDb& db, const std::string& wave_id);

struct WavePlace {
  absl::Time create_time;
  std::string wave_id;
};
// Of one survey, newest first; those before `before`.
absl::StatusOr<std::vector<WaveRow>> ListWaves(const db::TenantDb& db, const std::string& survey_id,
                                               const std::optional<WavePlace>& before, int limit);

struct MemberPlace {
  std::string stratum;
  int64_t place = 0;
};
// By stratum and place; those after `after`.
absl::StatusOr<std::vector<WaveMemberRow>> ListMembers(const db::TenantDb& db, const std::string& draw_id,
                                                       const std::optional<MemberPlace>& after, int limit);
absl::StatusOr<std::optional<WaveMemberRow>> ReadMember(const db::TenantDb& db, const std::string& draw_id,
                                                        const std::string& customer_id);

// Members with this outcome whose turn has come, the earliest first.
absl::StatusOr<std::vector<WaveMemberRow>> ListMembersDue(const db::TenantDb& db, const std::string& draw_id,
                                                          int64_t outcome, absl::Time now, int limit);
// When the next turn of a member with this outcome is; unset: there is none.
absl::StatusOr<std::optional<absl::Time>> NextTurn(const db::TenantDb& db, const std::string& draw_id, int64_t outcome);

// How many of a draw have each outcome.
absl::StatusOr<std::map<int64_t, int64_t>> CountOutcomes(const db::TenantDb& db, const std::string& draw_id);

// Those with this outcome, in the order of their turns.
absl::StatusOr<std::vector<WaveMemberRow>> ListMembersWith(const db::TenantDb& db, const std::string& draw_id,
                                                           int64_t outcome);
// Those of one stratum after a place, by place; at most `limit`.
absl::StatusOr<std::vector<WaveMemberRow>> ListStratum(const db::TenantDb& db, const std::string& draw_id,
                                                       const MemberPlace& after, int limit);

// Answers to the invitations of a wave, as app/wave_step.h counts them.
absl::StatusOr<int64_t> ReadWaveAnswers(const db::TenantDb& db, const std::string& item);

// Removes at most `limit` members of a draw; how many there were.
absl::StatusOr<int64_t> DeleteMembers(const db::TenantDb& db, const std::string& draw_id, int limit);

}  // namespace hoiam::survey
