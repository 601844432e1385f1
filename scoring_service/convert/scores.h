// Scores as they are told.
#pragma once

#include <string>
#include <vector>

#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "scoring_service/convert/score_row.h"
#include "scoring_service/domain/score_query.h"

namespace hoiam::scoring {

// One row's counts of a table.
RowCounts CountsAt(const ScoreTable& table, const ScoreGroup& group, size_t period);

// Those of a group in a table of one period; without answers when it is not there.
RowCounts CountsOf(const ScoreTable& table, Scope scope, const std::vector<std::string>& key = {});

v1::GetScoresResponse FromScoreTable(const RowFrame& frame, const ScoreTable& table);

}  // namespace hoiam::scoring
