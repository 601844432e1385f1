// GetOverview between the wire and the domain.
#pragma once

#include <map>
#include <string>

#include "absl/time/time.h"
#include "google/protobuf/repeated_field.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"
#include "platform/base/status.h"
#include "scoring_service/convert/score_row.h"
#include "scoring_service/domain/overview.h"
#include "scoring_service/domain/repeat_issues.h"
#include "scoring_service/domain/score_query.h"

namespace hoiam::scoring {

OverviewQuery ReadOverviewQuery(const v1::GetOverviewRequest& q, const absl::TimeZone& reporting_zone, Violations& v);

// A sheet per scope. `trend` is nullptr when none was asked for.
void AddSheets(const RowFrame& frame, const ScoreTable& all, const ScoreTable* trend,
               google::protobuf::RepeatedPtrField<v1::GetOverviewResponse::Sheet>* out);

// Those who fit first, then those who do not, then those of whom it is not known.
void AddFits(const std::map<std::string, FitCounts>& fits,
             google::protobuf::RepeatedPtrField<v1::GetOverviewResponse::IcpGroup>* out);

v1::GetOverviewResponse::Rate FromShare(const ShareOf& share);

}  // namespace hoiam::scoring
