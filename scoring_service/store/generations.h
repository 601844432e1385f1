// Tables `generation` and `shown_generation`: which projections there are, and which of them are shown.
//
// Times are compared with those of the process that asks: a lease may end early by as much as clocks differ. Nothing is
// wrong then: whoever writes by a lease says so in the transaction itself (HoldReading).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "platform/db/session.h"
#include "platform/db/tenant_db.h"

namespace hoiam::scoring {

// The numbers are stored.
enum class GenerationState {
  kReading = 1,     // made from the owners' tables
  kCatchingUp = 2,  // follows the feeds, is not shown yet
  kDone = 3,        // shown
  kFailed = 4,      // given up; its rows are deleted, it is kept
  kReplaced = 5,    // was shown until another one was; deleted from lease_until on
};

struct GenerationRow {
  int64_t number = 0;
  GenerationState state = GenerationState::kReading;
  std::string zone;    // IANA: the zone that its days are of
  int64_t layout = 0;  // of the program that made it
  absl::Time started_at;
  std::optional<absl::Time> ended_at;
  int64_t rows_read = 0, rows_total = 0;
  std::string error;
  std::string lease_owner;  // who reads or deletes it
  absl::Time lease_until;
  std::string request;  // SHA-256 of who asked with which key; "" without one
};

struct GenerationTable {
  int64_t shown = 0;                // 0: none yet
  std::vector<GenerationRow> rows;  // by number
  const GenerationRow* Find(int64_t number) const;
  // The one that is being read or catches up; nullptr: none.
  const GenerationRow* Building() const;
};
absl::StatusOr<GenerationTable> ReadGenerations(const db::SystemDb& db);

// Generation 1, shown from the beginning. Nothing when it is there.
absl::Status MakeFirstGeneration(const db::SystemDb& db, const std::string& zone, int64_t layout, absl::Time now);
// To be read by whoever takes it. ALREADY_EXISTS when somebody else has just begun this number.
absl::Status BeginGeneration(const db::SystemDb& db, int64_t number, const std::string& zone, int64_t layout,
                             const std::string& request, absl::Time now);

// Takes or renews the lease; false: somebody else has it, or it is in another state.
absl::StatusOr<bool> TakeLease(const db::SystemDb& db, int64_t number, GenerationState state, const std::string& owner,
                               absl::Time now, absl::Time until);
// In the transaction that writes: whether the reading is the owner's still; keeps how far it is and renews the lease.
absl::StatusOr<bool> HoldReading(db::Session& session, int64_t number, const std::string& owner, int64_t rows_read,
                                 int64_t rows_total, absl::Time until);
// READING → CATCHING_UP; false: it is not the owner's.
absl::StatusOr<bool> EndReading(const db::SystemDb& db, int64_t number, const std::string& owner, absl::Time now);
// READING → FAILED; false: it is not the owner's.
absl::StatusOr<bool> FailReading(const db::SystemDb& db, int64_t number, const std::string& owner,
                                 const std::string& error, absl::Time now);
// Shows `to` instead of `from`, which is kept until `keep_until`. False: somebody else has done so.
absl::StatusOr<bool> ShowGeneration(const db::SystemDb& db, int64_t from, int64_t to, absl::Time now,
                                    absl::Time keep_until);

// Tables that hold rows by generation.
const std::vector<std::string>& GenerationTables();
// Deletes at most `limit` rows of the generation from one table. Answers how many; 0: there are none left. `tenant` is
// where it is: "" at first.
absl::StatusOr<int64_t> DeleteSome(const db::SystemDb& db, const std::string& table, int64_t number, int64_t limit,
                                   std::string& tenant);
// What is left of a REPLACED one that is deleted: nothing. A FAILED one is kept, and not looked at again.
absl::Status ForgetGeneration(const db::SystemDb& db, const GenerationRow& row, const std::string& owner);

// Cursors of a consumer that must never apply anything again, whoever still runs it: it stands behind every log. They
// stay: without them it would begin anew.
absl::Status FenceConsumer(const db::SystemDb& db, const std::string& consumer);

}  // namespace hoiam::scoring
