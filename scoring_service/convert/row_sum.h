// Rows of answers put together: their counts, never their figures.
#pragma once

#include "scoring_service/convert/score_row.h"

namespace hoiam::scoring {

// Adds what was counted for `from`. `to` becomes a row of the same scope and place; its period stays.
void MergeInto(RowCounts& to, const RowCounts& from);

}  // namespace hoiam::scoring
