// What GetScores reads: rollups where a cut is kept, else answers one by one.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "scoring_service/domain/answer.h"
#include "scoring_service/domain/dimension.h"
#include "scoring_service/domain/metric.h"
#include "scoring_service/domain/tally.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// Which counts.
struct ScoreSource {
  std::string metric;
  int version = 1;
  std::vector<Scope> scopes;  // not empty
  AnswerKind kind = AnswerKind::kSolicited;
  std::string item;
};

// The keys of a cut that were ever counted, in order; below `key1` when given.
absl::StatusOr<std::vector<CutKey>> ReadCutKeys(const View& view, const ScoreSource& source, int cut,
                                                const std::optional<std::string>& key1);

// Days [from, to) of up to kKeysPerRead keys of a cut. `each` gets that key's tally of one scope and day.
struct DayRange {
  int64_t from, to;
};
using EachTally = std::function<void(Scope, const CutKey&, int64_t day, const Tally&)>;
absl::Status ReadDays(const View& view, const ScoreSource& source, int cut, const std::vector<CutKey>& keys,
                      DayRange days, const EachTally& each);

// The same of every part of the answers, "" too.
using EachItem = std::function<void(Scope, const CutKey&, const std::string& item, int64_t day, const Tally&)>;
absl::Status ReadItems(const View& view, const ScoreSource& source, int cut, const std::vector<CutKey>& keys,
                       DayRange days, const EachItem& each);

// When the first and the last counted answer with that metric of its own was given; nullopt when there is none.
struct TimeRange {
  absl::Time first, last;
};
absl::StatusOr<std::optional<TimeRange>> ReadAnsweredRange(const View& view, const ScoreSource& source);

// Counted answers with that metric of their own in [start, end), at most `limit`.
absl::StatusOr<int64_t> CountAnswers(const View& view, const ScoreSource& source, absl::Time start, absl::Time end,
                                     int64_t limit);
// Counted answers of one scope with that metric of their own in [start, end) by time, then customer, then id.
absl::Status ScanAnswers(const View& view, const ScoreSource& source, Scope scope, absl::Time start, absl::Time end,
                         const std::function<void(Answer)>& each);

}  // namespace hoiam::scoring
