// What the figures' commands print: an answer of the API in, text out.
#pragma once

#include <string>
#include <vector>

#include "cli/term/lang.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"

namespace hoiam::cli {

// Figures of one metric. `periods`: a row per period, with its beginning; `scoped`: the scope was asked for, else each
// row says its own when there are several. One row alone is followed by its attributes (CSI) and by where its answers
// are.
std::string ScoresText(const Say& say, const std::string& metric, const std::vector<std::string>& dimensions,
                       bool periods, const scoring::v1::GetScoresResponse& scores);

std::string ComparisonText(const Say& say, const std::string& metric, const scoring::v1::ScoreComparison& comparison);
// The difference alone, in one line.
std::string DifferenceText(const Say& say, const scoring::v1::ScoreComparison& comparison);

// Impact, and the Pareto list with the line at 80 %.
std::string DriversText(const Say& say, const std::string& metric, const std::string& by,
                        const scoring::v1::GetDriversResponse& drivers);

std::string JourneyText(const Say& say, const std::string& metric, const scoring::v1::GetJourneyResponse& journey);

// Touchpoints by weeks, the darker the worse.
std::string HeatMapText(const Say& say, const std::string& metric, const scoring::v1::GetHeatMapResponse& map);

std::string OverviewText(const Say& say, const scoring::v1::GetOverviewResponse& overview);

std::string PassivesText(const Say& say, const scoring::v1::ListPassivesResponse& passives);

std::string SampleSizeText(const Say& say, const scoring::v1::GetSampleSizeResponse& size);

}  // namespace hoiam::cli
