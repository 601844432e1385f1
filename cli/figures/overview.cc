#include <algorithm>

#include "absl/strings/str_cat.h"
#include "cli/api/time.h"
#include "cli/figures/tables.h"
#include "cli/figures/words.h"
#include "cli/term/table.h"

namespace hoiam::cli {
namespace {

using Overview = scoring::v1::GetOverviewResponse;

constexpr size_t kChartWidth = 21;
constexpr size_t kShareWidth = 15;

std::string SheetTable(const Say& say, const google::protobuf::RepeatedPtrField<Overview::Sheet>& sheets) {
  Table table({say("Chỉ số", "Metric"), say("Về", "About"), ">" + say("Trả lời", "Answers"), ">" + say("Điểm", "Score"),
               say("Khoảng tin cậy 95%", "95% interval"), "", "", say("Diễn biến", "Trend"), ""});
  for (const auto& sheet : sheets) {
    std::vector<std::optional<double>> trend;
    for (const auto& row : sheet.trend()) trend.push_back(row.has_score() ? std::optional(row.score()) : std::nullopt);
    table.Add({sheet.metric(), ScopeName(say, sheet.row().scope()), say.Count(sheet.row().responses()),
               ScoreText(say, sheet.row()), IntervalText(say, sheet.row()), Chart(sheet.row(), kChartWidth),
               ShareBar(sheet.row(), kShareWidth), Sparkline(trend), Note(say, sheet.row())});
  }
  return table.empty() ? "" : table.Render();
}

std::string RateText(const Say& say, const Overview::Rate& rate) {
  if (!rate.has_percent()) return say("chưa có ai", "nobody yet");
  return absl::StrCat(Percent(say, rate.percent()), " ", IntervalText(say, rate.interval()), " · ",
                      say.Count(rate.count()), "/", say.Count(rate.of()));
}

std::string FitName(const Say& say, const std::string& fit) {
  return fit == "FIT"      ? say("đúng khách hàng mục tiêu", "fits")
         : fit == "NO_FIT" ? say("không đúng", "does not fit")
                           : say("chưa rõ", "not known");
}

}  // namespace

std::string OverviewText(const Say& say, const Overview& overview) {
  std::string out;
  if (const std::string leading = SheetTable(say, overview.leading()); !leading.empty())
    absl::StrAppend(&out, say("Dấu hiệu sớm\n", "Leading indicators\n"), leading, "\n");
  if (overview.has_repeat_issues())
    absl::StrAppend(&out, say("Không vui nhiều lần ở một điểm chạm: ", "Unhappy more than once at one touchpoint: "),
                    RateText(say, overview.repeat_issues()), "\n\n");
  const std::string metrics = SheetTable(say, overview.metrics());
  absl::StrAppend(&out, say("Các chỉ số, đặt cạnh nhau, không gộp\n", "The metrics, side by side, never merged\n"),
                  metrics.empty() ? say("Chưa có câu trả lời.\n", "There are no answers yet.\n") : metrics);
  if (std::any_of(overview.metrics().begin(), overview.metrics().end(),
                  [](const auto& sheet) { return sheet.row().has_target(); }))
    out += say("¦ mục tiêu\n", "¦ target\n");
  if (overview.has_loyal())
    absl::StrAppend(&out, "\n", say("Khách thân thiết: ", "Loyal customers: "), RateText(say, overview.loyal()), "\n");
  if (!overview.icp().empty()) {
    Table table({say("Khách hàng mục tiêu", "Ideal customer"), ">" + say("Khách", "Customers"), ">" + say("Mới", "New"),
                 ">" + say("Phiếu xử lý", "Cases")});
    for (const auto& group : overview.icp())
      table.Add({FitName(say, group.icp_fit()), say.Count(group.customers()), say.Count(group.new_customers()),
                 say.Count(group.cases())});
    absl::StrAppend(&out, "\n", table.Render());
  }
  if (overview.has_loyal())
    absl::StrAppend(&out, say("Phiếu đang xử lý: ", "Cases being worked on: "), say.Count(overview.open_cases()), "\n");
  return out;
}

std::string PassivesText(const Say& say, const scoring::v1::ListPassivesResponse& list) {
  std::string out;
  if (list.total() > 0 || list.passives().empty()) {
    absl::StrAppend(&out, say("Khách trung lập: ", "Passives: "), say.Count(list.total()));
    const std::string money = MoneyText(say, list.revenue_at_risk());
    absl::StrAppend(&out, money.empty() ? "" : say(" · doanh thu có thể mất: ", " · revenue at risk: "), money, "\n");
  }
  Table table({say("Khách", "Customer"), ">NPS", say("Ngày", "Day"), ">CSAT",
               say("Khách hàng mục tiêu", "Ideal customer"), say("Phân khúc", "Segment"),
               say("Doanh thu 12 tháng", "Revenue of 12 months"),
               ">" + say("Còn thiếu để ủng hộ", "Points to promoter")});
  for (const auto& p : list.passives())
    table.Add({p.customer_id(), say.Count(p.nps()), say.Date(ToTime(p.nps_responded_at())),
               p.has_csat() ? say.Count(p.csat()) : "–", FitName(say, p.icp_fit()), p.segment(),
               MoneyText(say, p.revenue()), say.Count(p.steps_to_promoter())});
  if (!table.empty()) out += table.Render();
  return out;
}

std::string SampleSizeText(const Say& say, const scoring::v1::GetSampleSizeResponse& size) {
  return absl::StrCat(say("Cần ", "Needs "), say.Count(size.responses()),
                      say(" câu trả lời, hỏi ", " answers, asking "), say.Count(size.invitations()),
                      say(" người (phương sai ", " people (variance "), say.Number(size.variance(), 2), ")\n");
}

}  // namespace hoiam::cli
