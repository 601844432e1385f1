#include "scoring_service/domain/tallies.h"

namespace hoiam::scoring {

void MergeInto(TallyByVersion& to, const TallyByVersion& from) {
  for (const auto& [version, tally] : from) to[version].Merge(tally);
}

TallyByVersion Without(const TallyByVersion& all, const TallyByVersion& some) {
  TallyByVersion rest;
  for (const auto& [version, tally] : all) rest[version].counts = tally.counts;
  for (const auto& [version, tally] : some)
    for (int i = 0; i < kScores; ++i) rest[version].counts[i] -= tally.counts[i];
  return rest;
}

}  // namespace hoiam::scoring
