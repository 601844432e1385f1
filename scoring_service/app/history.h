// Pages of a customer's history.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "scoring_service/domain/history.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

absl::StatusOr<v1::StoredHistory> HistoryOf(const View& view, const HistoryQuery& query);

}  // namespace hoiam::scoring
