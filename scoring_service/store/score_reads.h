// What GetScores reads: rollups where a cut is kept, else answers one by one.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "platform/db/tenant_db.h"
#include "scoring_service/domain/answer.h"
#include "scoring_service/domain/dimension.h"
#include "scoring_service/domain/metric.h"
#include "scoring_service/domain/tally.h"

namespace hoiam::scoring {

// Answers of which kind.
struct ScoreSource {
  Metric metric = Metric::kNps;
  bool solicited = true;
};

// The keys of a cut that were ever counted, in order; below `key1` when given.
absl::StatusOr<std::vector<CutKey>> ReadCutKeys(const db::TenantDb& db, const ScoreSource& source, int cut,
                                                const std::optional<std::string>& key1);

// Days [from, to) of up to kKeysPerRead keys of a cut. `each` gets a part of that key's tally: of one day, or of them
// all.
struct DayRange {
  int64_t from, to;
};
using EachTally = std::function<void(const CutKey&, int64_t day, const Tally&)>;
absl::Status ReadDays(const db::TenantDb& db, const ScoreSource& source, int cut, const std::vector<CutKey>& keys,
                      DayRange days, const EachTally& each);
absl::Status ReadDaysSummed(const db::TenantDb& db, const ScoreSource& source, int cut, const std::vector<CutKey>& keys,
                            DayRange days, const EachTally& each);

// When the first and the last counted answer was given; nullopt when there is none.
struct TimeRange {
  absl::Time first, last;
};
absl::StatusOr<std::optional<TimeRange>> ReadAnsweredRange(const db::TenantDb& db, const ScoreSource& source);

// Counted answers in [start, end), at most `limit`.
absl::StatusOr<int64_t> CountAnswers(const db::TenantDb& db, const ScoreSource& source, absl::Time start,
                                     absl::Time end, int64_t limit);
// Counted answers in [start, end) by time, then customer, then id. Only what figures need is filled in.
absl::Status ScanAnswers(const db::TenantDb& db, const ScoreSource& source, absl::Time start, absl::Time end,
                         const std::function<void(Answer)>& each);

}  // namespace hoiam::scoring
