#include <algorithm>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "cli/api/time.h"
#include "cli/figures/tables.h"
#include "cli/figures/words.h"
#include "cli/term/table.h"

namespace hoiam::cli {
namespace {

using scoring::v1::ScoreRow;

constexpr size_t kChartWidth = 27;
constexpr size_t kShareWidth = 15;

std::string GroupValue(const ScoreRow& row, const std::string& dimension) {
  const auto it = row.group().find(dimension);
  return it == row.group().end() || it->second.empty() ? "–" : it->second;
}

// A line per group and scope: how its score went from period to period.
std::string Trends(const Say& say, const std::vector<std::string>& dimensions,
                   const scoring::v1::GetScoresResponse& scores) {
  std::vector<std::pair<std::string, std::vector<std::optional<double>>>> lines;
  for (const ScoreRow& row : scores.rows()) {
    std::string name = ScopeName(say, row.scope());
    for (const auto& d : dimensions) absl::StrAppend(&name, " · ", GroupValue(row, d));
    if (lines.empty() || lines.back().first != name) lines.emplace_back(name, std::vector<std::optional<double>>());
    lines.back().second.push_back(row.has_score() ? std::optional(row.score()) : std::nullopt);
  }
  std::string out;
  for (const auto& [name, values] : lines)
    if (values.size() > 1) absl::StrAppend(&out, say("Diễn biến ", "Trend "), name, "  ", Sparkline(values), "\n");
  return out;
}

std::string Attributes(const Say& say, const ScoreRow& row) {
  if (row.attributes().empty()) return "";
  Table table({say("Về", "About"), say("Thuộc tính", "Attribute"), ">" + say("Trả lời", "Answers"),
               ">" + say("Điểm 1–10", "Score 1–10"), ">" + say("Trọng số", "Weight"), ""});
  for (const auto& a : row.attributes())
    table.Add({ObjectName(say, a.object()), a.question_id(), say.Count(a.responses()), say.Number(a.score(), 2),
               Percent(say, 100 * a.weight()), Bar({a.weight()}, static_cast<size_t>(a.weight() * 40 + 0.5))});
  std::string out = "\n" + table.Render();
  if (!row.objects().empty()) {
    Table objects(
        {say("Về", "About"), ">" + say("Trả lời", "Answers"), ">CSI", say("Khoảng tin cậy 95%", "95% interval"), ""});
    for (const auto& o : row.objects())
      objects.Add(
          {ObjectName(say, o.object()), say.Count(o.responses()), say.Number(o.score(), 1),
           IntervalText(say, o.interval()),
           IntervalBar({0, 100}, o.interval().low(), o.score(), o.interval().high(), std::nullopt, kChartWidth)});
    out += "\n" + objects.Render();
  }
  return out;
}

std::string Verbatims(const Say& say, const ScoreRow& row) {
  if (row.verbatims().path().empty()) return "";
  std::string out =
      absl::StrCat(say("Ý kiến nguyên văn: GET ", "In their own words: GET "), row.verbatims().path(), "\n");
  if (row.verbatims().suppressed() > 0)
    absl::StrAppend(&out, say("Không liệt kê (nhóm nhỏ): ", "Not listed (small groups): "),
                    row.verbatims().suppressed(), "\n");
  return out;
}

}  // namespace

std::string ScoresText(const Say& say, const std::string& metric, const std::vector<std::string>& dimensions,
                       bool periods, const scoring::v1::GetScoresResponse& scores) {
  const auto& rows = scores.rows();
  const auto formula = rows.empty() ? scoring::v1::Formula::UNSPECIFIED : rows[0].formula();
  std::set<int> scopes;
  for (const ScoreRow& row : rows) scopes.insert(row.scope());
  const bool targets = std::any_of(rows.begin(), rows.end(), [](const auto& r) { return r.has_target(); });
  const auto shown = std::find_if(rows.begin(), rows.end(), [](const auto& r) { return r.shares_size() > 0; });

  std::vector<std::string> titles;
  if (scopes.size() > 1) titles.push_back(say("Về", "About"));
  for (const auto& d : dimensions) titles.push_back(DimensionTitle(say, d));
  if (periods) titles.push_back(say("Từ", "From"));
  titles.insert(titles.end(),
                {">" + say("Trả lời", "Answers"), ">" + metric, say("Khoảng tin cậy 95%", "95% interval"), ""});
  if (targets) titles.push_back(">" + say("Mục tiêu", "Target"));
  if (shown != rows.end()) {
    titles.push_back("");
    for (const auto& share : shown->shares()) titles.push_back(">" + ShareName(say, share.name()));
  }
  titles.push_back("");
  Table table(titles);
  for (const ScoreRow& row : rows) {
    std::vector<std::string> cells;
    if (scopes.size() > 1) cells.push_back(ScopeName(say, row.scope()));
    for (const auto& d : dimensions) cells.push_back(GroupValue(row, d));
    if (periods) cells.push_back(row.has_start_time() ? say.Date(ToTime(row.start_time())) : "");
    cells.insert(cells.end(),
                 {say.Count(row.responses()), ScoreText(say, row), IntervalText(say, row), Chart(row, kChartWidth)});
    if (targets) cells.push_back(row.has_target() ? say.Number(row.target(), 1) : "");
    if (shown != rows.end()) cells.push_back(ShareBar(row, kShareWidth));
    for (const auto& share : row.shares()) cells.push_back(row.has_score() ? Percent(say, share.percent()) : "");
    cells.resize(titles.size() - 1);
    cells.push_back(Note(say, row));
    table.Add(std::move(cells));
  }
  std::string out = absl::StrCat(MetricTitle(say, metric, formula), "\n", table.Render());
  if (targets) absl::StrAppend(&out, say("¦ mục tiêu\n", "¦ target\n"));
  if (periods) out += Trends(say, dimensions, scores);
  if (rows.size() == 1) {
    const std::string weights = WeightsName(say, rows[0].weights());
    if (!weights.empty()) absl::StrAppend(&out, "CSI: ", weights, "\n");
    out += Attributes(say, rows[0]);
    out += Verbatims(say, rows[0]);
  }
  return out;
}

std::string DifferenceText(const Say& say, const scoring::v1::ScoreComparison& c) {
  if (!c.has_difference())
    return say("Chưa so sánh được: một bên chưa có câu trả lời.", "No comparison: one side has no answers.");
  std::string out =
      absl::StrCat(say("Chênh lệch ", "Difference "), Signed(say, c.difference()), " ", IntervalText(say, c.interval()),
                   say(" · p = ", " · p = "), say.Number(c.p_value(), 3), " · ");
  if (!c.enough_data()) return out + say("chưa đủ dữ liệu", "not enough data");
  return out + (c.significant() ? say("khác biệt thật", "not by chance")
                                : say("có thể chỉ là ngẫu nhiên", "may well be chance"));
}

std::string ComparisonText(const Say& say, const std::string& metric, const scoring::v1::ScoreComparison& c) {
  Table table({"", say("Từ", "From"), say("Đến trước", "To before"), ">" + say("Trả lời", "Answers"), ">" + metric,
               say("Khoảng tin cậy 95%", "95% interval"), "", ""});
  const auto add = [&](const std::string& name, const ScoreRow& row) {
    table.Add({name, row.has_start_time() ? say.Date(ToTime(row.start_time())) : "",
               row.has_end_time() ? say.Date(ToTime(row.end_time())) : "", say.Count(row.responses()),
               ScoreText(say, row), IntervalText(say, row), Chart(row, kChartWidth), Note(say, row)});
  };
  add(say("Nay", "Now"), c.current());
  add(say("So với", "Against"), c.base());
  return absl::StrCat(MetricTitle(say, metric, c.current().formula()), "\n", table.Render(), DifferenceText(say, c),
                      "\n");
}

}  // namespace hoiam::cli
