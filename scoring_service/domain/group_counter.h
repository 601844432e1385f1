// The groups of a question while they are being counted.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "scoring_service/domain/answer.h"
#include "scoring_service/domain/csi.h"
#include "scoring_service/domain/score_query.h"

namespace hoiam::scoring {

// What answers of a metric are about where nobody says.
Scope UsualScope(absl::string_view metric);

class GroupCounter {
 public:
  // `query` must outlive it.
  GroupCounter(const ScoreQuery& query, size_t periods) : query_(query), periods_(periods) {}

  // Counts a tally of answers with these values: of the query's metric and item, or for CSI of one of its items or
  // weights. What the filters leave out must not come here.
  void Add(Scope scope, const DimensionValues& values, size_t period, absl::string_view metric, int version,
           absl::string_view item, const Tally& tally);
  // Counts what one answer tells of the query's metric, when it passes the filters.
  void Add(const Answer& answer, size_t period);

  // CSI: whether somebody asked for no importance at all. Then Correlate is to be told of every answer: its attributes
  // are held against the mean of the other attributes that the same person rated.
  bool NeedsWeights() const;
  void Correlate(const Answer& answer, size_t period);

  // More rows than one answer may have: what is counted further is lost.
  bool full() const { return full_; }

  // Groups whose answers were all taken back are left out. Without group_by and without answers one group is there.
  ScoreTable Take(std::vector<Period> periods) &&;

 private:
  struct Cell {
    TallyByVersion tallies;
    CsiTallies csi;
    std::map<std::pair<int, std::string>, Correlator> correlators;
    bool HasAnswers() const;
  };
  using Key = std::pair<Scope, std::vector<std::string>>;
  // The groups that an answer is in: one, or with `subtree` also those of the touchpoints above its own.
  std::vector<Key> KeysOf(Scope scope, const DimensionValues& values) const;
  Cell* At(const Key& key, size_t period);  // nullptr when full

  const ScoreQuery& query_;
  const size_t periods_;
  bool full_ = false;
  std::map<Key, std::vector<Cell>> groups_;
};

}  // namespace hoiam::scoring
