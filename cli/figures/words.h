// The words of vietnam.md for figures, in both languages, and how a figure is written.
#pragma once

#include <string>
#include <vector>

#include "cli/term/chart.h"
#include "cli/term/lang.h"
#include "hoiam/scoring/v1/resources.pb.h"

namespace hoiam::cli {

// "NPS – Net Promoter Score"; by another formula than its own, that is said.
std::string MetricTitle(const Say& say, const std::string& metric, scoring::v1::Formula::Code formula);
std::string ShareName(const Say& say, const std::string& name);
std::string DimensionTitle(const Say& say, const std::string& dimension);
std::string ScopeName(const Say& say, survey::v1::Scope::Code scope);
std::string StageName(const Say& say, survey::v1::Stage::Code stage);
std::string ObjectName(const Say& say, survey::v1::CsiObject::Code object);
std::string WeightsName(const Say& say, scoring::v1::Weights::Code weights);

// Why a figure is not shown, or cannot be trusted; "" when it can.
std::string Note(const Say& say, const scoring::v1::ScoreRow& row);
// "62.1", or "–" when there is none.
std::string ScoreText(const Say& say, const scoring::v1::ScoreRow& row);
// "[55.0; 68.4]"; "" without a score.
std::string IntervalText(const Say& say, const scoring::v1::ScoreRow& row);
std::string IntervalText(const Say& say, const scoring::v1::ScoreInterval& interval);
// "+3.2", "-1.4".
std::string Signed(const Say& say, double value);
std::string Percent(const Say& say, double percent);
// "1.250.000 ₫ · 20 USD": currencies beside each other, never added.
std::string MoneyText(const Say& say, const google::protobuf::RepeatedPtrField<scoring::v1::Revenue>& money);

// The ends of the scale that a row's score is on.
Axis AxisOf(const scoring::v1::ScoreRow& row);
// Score, interval and target as a chart; "" without a score.
std::string Chart(const scoring::v1::ScoreRow& row, size_t width);
// The row's parts as one bar, worst first; "" without a score.
std::string ShareBar(const scoring::v1::ScoreRow& row, size_t width);
// Below, at and above what was expected: a bar and the share above; "" when nobody was asked.
std::string ExpectationText(const Say& say, const scoring::v1::ScoreRow& row, size_t width);

}  // namespace hoiam::cli
