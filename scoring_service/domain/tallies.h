// Tallies by version, put together and taken apart.
#pragma once

#include "scoring_service/domain/score_query.h"

namespace hoiam::scoring {

void MergeInto(TallyByVersion& to, const TallyByVersion& from);

// The answers of `all` that are not in `some`, which must be a part of it. Counts only, without the money.
TallyByVersion Without(const TallyByVersion& all, const TallyByVersion& some);

}  // namespace hoiam::scoring
