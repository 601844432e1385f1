#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "cli/api/time.h"
#include "cli/figures/tables.h"
#include "cli/figures/words.h"
#include "cli/term/table.h"

namespace hoiam::cli {
namespace {

using scoring::v1::Driver;

constexpr size_t kHalf = 8;  // of an impact, on either side
constexpr size_t kParetoWidth = 20;
constexpr size_t kChartWidth = 21;
constexpr size_t kExpectationWidth = 12;

// The share of one driver (█) on top of those before it (▒), of 100 %.
std::string ParetoBar(const Driver& d) {
  const auto columns = [](double percent) { return static_cast<size_t>(std::lround(percent / 100 * kParetoWidth)); };
  const size_t end = columns(d.cumulative_percent()), begin = columns(d.cumulative_percent() - d.percent());
  std::string out;
  for (size_t i = 0; i < begin; ++i) out += "▒";
  for (size_t i = begin; i < end; ++i) out += "█";
  return out;
}

}  // namespace

std::string DriversText(const Say& say, const std::string& metric, const std::string& by,
                        const scoring::v1::GetDriversResponse& drivers) {
  std::string out =
      absl::StrCat(MetricTitle(say, metric, drivers.total().formula()), "\n", say("Tất cả: ", "All answers: "),
                   ScoreText(say, drivers.total()), " ", IntervalText(say, drivers.total()), " · ",
                   say.Count(drivers.total().responses()), say(" câu trả lời", " answers"));
  const std::string note = Note(say, drivers.total());
  absl::StrAppend(&out, note.empty() ? "" : " · ", note, "\n");
  if (drivers.drivers().empty())
    return out + say("Chưa có yếu tố nào: chưa ai chọn lý do.\n", "There is no driver yet: nobody chose a reason.\n");
  double most = 0;
  for (const Driver& d : drivers.drivers()) most = std::max(most, std::abs(d.impact()));
  Table table({DimensionTitle(say, by), ">" + say("Trả lời", "Answers"), ">" + metric,
               say("Khoảng tin cậy 95%", "95% interval"), ">" + say("Tác động", "Impact"), "",
               ">" + say("Chưa vui", "Unhappy"), ">%", ">" + say("Cộng dồn", "Running"), "Pareto", ""});
  const bool pareto = drivers.drivers(0).vital();
  for (int i = 0; i < drivers.drivers_size(); ++i) {
    const Driver& d = drivers.drivers(i);
    if (pareto && i > 0 && !d.vital() && drivers.drivers(i - 1).vital()) table.Add({"┄┄┄ 80% ┄┄┄"});
    table.Add({d.driver().empty() ? "–" : d.driver(), say.Count(d.row().responses()), ScoreText(say, d.row()),
               IntervalText(say, d.row()), d.has_impact() ? Signed(say, d.impact()) : "–",
               d.has_impact() && most > 0 ? SignedBar(d.impact(), most, kHalf) : "", say.Count(d.unhappy()),
               d.row().has_withheld() ? "" : Percent(say, d.percent()),
               d.row().has_withheld() ? "" : Percent(say, d.cumulative_percent()), ParetoBar(d), Note(say, d.row())});
  }
  out += table.Render();
  return out + say("Tác động: điểm chung trừ điểm khi không có yếu tố đó; âm là kéo điểm xuống.\n",
                   "Impact: the score of all, minus the score without it; negative drags it down.\n");
}

std::string JourneyText(const Say& say, const std::string& metric, const scoring::v1::GetJourneyResponse& journey) {
  const auto formula = journey.stages().empty() ? scoring::v1::Formula::UNSPECIFIED : journey.stages(0).row().formula();
  Table table({say("Giai đoạn", "Stage"), say("Điểm chạm", "Touchpoint"), ">" + say("Trả lời", "Answers"), ">" + metric,
               say("Khoảng tin cậy 95%", "95% interval"), "",
               say("Kém / như / hơn mong đợi", "Below / as / above expected"), ""});
  for (const auto& stage : journey.stages()) {
    if (stage.links().empty() && !stage.row().has_score() && stage.stage() == survey::v1::Stage::UNSPECIFIED) continue;
    table.Add({StageName(say, stage.stage()), "", say.Count(stage.row().responses()), ScoreText(say, stage.row()),
               IntervalText(say, stage.row()), Chart(stage.row(), kChartWidth),
               ExpectationText(say, stage.expectation(), kExpectationWidth), Note(say, stage.row())});
    for (const auto& link : stage.links()) {
      std::string note = Note(say, link.row());
      if (link.weak()) note = absl::StrCat("⚠ ", say("mắt xích yếu", "weak link"), note.empty() ? "" : " · ", note);
      table.Add({"", "· " + (link.touchpoint().empty() ? "–" : link.touchpoint()), say.Count(link.row().responses()),
                 ScoreText(say, link.row()), IntervalText(say, link.row()), Chart(link.row(), kChartWidth),
                 ExpectationText(say, link.expectation(), kExpectationWidth), note});
    }
  }
  std::string out = absl::StrCat(MetricTitle(say, metric, formula), "\n", table.Render());
  absl::StrAppend(&out, say("Mắt xích yếu nhất: ", "Weakest link: "),
                  journey.weakest_link().empty()
                      ? say("chưa đủ dữ liệu ở điểm chạm nào", "no touchpoint has enough data")
                      : journey.weakest_link(),
                  "\n");
  const std::string expectation = ExpectationText(say, journey.expectation(), kExpectationWidth);
  if (!expectation.empty())
    absl::StrAppend(
        &out,
        say("So với kỳ vọng, cả hành trình (kém/như/hơn): ", "Against what was expected, all of it (below/as/above): "),
        expectation, "\n");
  return out;
}

std::string HeatMapText(const Say& say, const std::string& metric, const scoring::v1::GetHeatMapResponse& map) {
  const auto formula = map.lines().empty() ? scoring::v1::Formula::UNSPECIFIED : map.lines(0).total().formula();
  const auto cell = [&](const scoring::v1::ScoreRow& row) -> std::string {
    if (row.has_withheld()) return "×";
    if (!row.has_score()) return "·";
    const std::string number = say.Number(row.score(), 0);
    return absl::StrCat(Shade(AxisOf(row), row.score()), row.enough_data() ? number : absl::StrCat("(", number, ")"));
  };
  std::vector<std::string> titles = {say("Điểm chạm", "Touchpoint")};
  for (const auto& week : map.weeks())
    titles.push_back(">" + absl::FormatTime(say("%d/%m", "%m-%d"), ToTime(week), say.zone()));
  titles.push_back(">" + say("Cả kỳ", "All"));
  titles.push_back(">" + say("Trả lời", "Answers"));
  Table table(titles);
  for (const auto& line : map.lines()) {
    std::vector<std::string> cells = {line.touchpoint().empty() ? "–" : line.touchpoint()};
    for (const auto& row : line.cells()) cells.push_back(cell(row));
    cells.push_back(cell(line.total()));
    cells.push_back(say.Count(line.total().responses()));
    table.Add(std::move(cells));
  }
  if (table.empty()) return say("Chưa có câu trả lời trong kỳ này.\n", "There are no answers in this period.\n");
  return absl::StrCat(MetricTitle(say, metric, formula), "\n", table.Render(),
                      say("Càng đậm càng kém: █ ▓ ▒ ░ · (…) chưa đủ dữ liệu · × không hiện, nhóm nhỏ\n",
                          "The darker the worse: █ ▓ ▒ ░ · (…) not enough data · × withheld, small group\n"));
}

}  // namespace hoiam::cli
