#include "cli/figures/words.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "cli/term/table.h"

namespace hoiam::cli {

using scoring::v1::Formula;
using scoring::v1::ScoreRow;

std::string MetricTitle(const Say& say, const std::string& metric, Formula::Code formula) {
  const bool mean = formula == Formula::MEAN;
  if (metric == "NPS" && !mean) return say("NPS – Chỉ số khách hàng thiện cảm", "NPS – Net Promoter Score");
  if (metric == "CSAT" && !mean) return say("CSAT – Mức độ hài lòng (% 4–5)", "CSAT – % of 4–5");
  if (metric == "CES" && formula == Formula::INDEX)
    return say("CES – Mức độ dễ dàng (% 6–7 trừ % 1–3)", "CES – % of 6–7 minus % of 1–3");
  if (metric == "CES" && !mean) return say("CES – Mức độ dễ dàng (% 5–7)", "CES – % of 5–7");
  if (metric == "CSI" && formula == Formula::RESCALED)
    return say("CSI – Chỉ số hài lòng khách hàng (0–100, điểm 1 là 0)",
               "CSI – Customer Satisfaction Index (0–100, a 1 is 0)");
  if (metric == "CSI")
    return say("CSI – Chỉ số hài lòng khách hàng (10–100)", "CSI – Customer Satisfaction Index (10–100)");
  if (metric == "EXPECTATION")
    return say("So với kỳ vọng (% như mong đợi hoặc hơn)", "Against what was expected (% as expected or better)");
  if (metric == "IDEAL_GAP")
    return say("Sự hài lòng lý tưởng (% người hài lòng còn điều mong thêm)",
               "Ideal satisfaction (% of the satisfied who still name something)");
  return mean ? metric + say(" – điểm trung bình", " – mean of the scores") : metric;
}

std::string ShareName(const Say& say, const std::string& name) {
  static constexpr struct {
    const char *name, *vi, *en;
  } kNames[] = {{"detractors", "Phản đối", "Detractors"},
                {"passives", "Trung lập", "Passives"},
                {"promoters", "Ủng hộ", "Promoters"},
                {"dissatisfied", "Không hài lòng", "Dissatisfied"},
                {"neutral", "Bình thường", "Neutral"},
                {"satisfied", "Hài lòng", "Satisfied"},
                {"difficult", "Khó", "Difficult"},
                {"moderate", "Vừa", "Moderate"},
                {"easy", "Dễ", "Easy"},
                {"below", "Kém mong đợi", "Below"},
                {"at", "Như mong đợi", "As expected"},
                {"above", "Hơn mong đợi", "Above"},
                {"nothing_missing", "Không mong gì thêm", "Nothing missing"},
                {"names_something", "Còn điều mong thêm", "Names something"}};
  for (const auto& n : kNames) {
    if (name == n.name) return say(n.vi, n.en);
  }
  return name;
}

std::string DimensionTitle(const Say& say, const std::string& dimension) {
  static constexpr struct {
    const char *name, *vi, *en;
  } kNames[] = {{"touchpoint", "Điểm chạm", "Touchpoint"},
                {"segment", "Phân khúc", "Segment"},
                {"channel", "Kênh", "Channel"},
                {"survey", "Khảo sát", "Survey"},
                {"team", "Bộ phận", "Team"},
                {"collectedBy", "Người ghi nhận", "Collected by"},
                {"usageStatus", "Trạng thái sử dụng", "Usage status"},
                {"icpFit", "Khách hàng mục tiêu", "Ideal customer"},
                {"stage", "Giai đoạn", "Stage"},
                {"reason", "Yếu tố chính", "Driver"}};
  for (const auto& n : kNames) {
    if (dimension == n.name) return say(n.vi, n.en);
  }
  return dimension;
}

std::string ScopeName(const Say& say, survey::v1::Scope::Code scope) {
  using S = survey::v1::Scope;
  switch (scope) {
    case S::RELATIONSHIP:
      return say("quan hệ", "relationship");
    case S::JOURNEY:
      return say("hành trình", "journey");
    case S::TOUCHPOINT:
      return say("điểm chạm", "touchpoint");
    case S::PRODUCT_USE:
      return say("sử dụng hàng hóa", "product use");
    case S::SERVICE:
      return say("dịch vụ", "service");
    default:
      return "–";
  }
}

std::string StageName(const Say& say, survey::v1::Stage::Code stage) {
  using S = survey::v1::Stage;
  switch (stage) {
    case S::BEFORE:
      return say("Trước khi mua", "Before the purchase");
    case S::DURING:
      return say("Khi mua", "During the purchase");
    case S::AFTER:
      return say("Sau khi mua", "After the purchase");
    default:
      return say("Chưa xếp giai đoạn", "Of no stage");
  }
}

std::string ObjectName(const Say& say, survey::v1::CsiObject::Code object) {
  using O = survey::v1::CsiObject;
  switch (object) {
    case O::PRODUCT:
      return say("Sản phẩm", "Product");
    case O::SERVICE:
      return say("Dịch vụ", "Service");
    case O::BRAND:
      return say("Thương hiệu", "Brand");
    default:
      return "–";
  }
}

std::string WeightsName(const Say& say, scoring::v1::Weights::Code weights) {
  using W = scoring::v1::Weights;
  switch (weights) {
    case W::RATED:
      return say("trọng số theo mức quan trọng khách chấm", "weighted by the importance that people rated");
    case W::CHOSEN:
      return say("trọng số theo tỷ lệ khách chọn là quan trọng", "weighted by how many chose it as important");
    case W::DERIVED:
      return say("trọng số suy ra từ tương quan", "weighted by correlation");
    case W::EQUAL:
      return say("trọng số bằng nhau", "equal weights");
    default:
      return "";
  }
}

std::string Note(const Say& say, const ScoreRow& row) {
  if (row.has_withheld()) return say("không hiện: nhóm nhỏ hơn 5", "withheld: fewer than 5 answers");
  if (!row.has_score()) return say("chưa có câu trả lời", "no answers");
  if (row.enough_data()) return "";
  return absl::StrCat(say("chưa đủ dữ liệu: ", "not enough data: "), say.Count(row.responses()), " < 30");
}

std::string ScoreText(const Say& say, const ScoreRow& row) {
  return row.has_score() ? say.Number(row.score(), 1) : "–";
}

std::string IntervalText(const Say& say, const scoring::v1::ScoreInterval& interval) {
  return absl::StrCat("[", say.Number(interval.low(), 1), "; ", say.Number(interval.high(), 1), "]");
}

std::string IntervalText(const Say& say, const ScoreRow& row) {
  return row.has_score() && row.has_interval() ? IntervalText(say, row.interval()) : "";
}

std::string Signed(const Say& say, double value) {
  return absl::StrCat(value >= 0.05 ? "+" : "", say.Number(value, 1));
}

std::string Percent(const Say& say, double percent) { return say.Number(percent, 1) + "%"; }

std::string MoneyText(const Say& say, const google::protobuf::RepeatedPtrField<scoring::v1::Revenue>& money) {
  std::string out;
  for (const auto& m : money) absl::StrAppend(&out, out.empty() ? "" : " · ", say.Money(m.amount(), m.currency()));
  return out;
}

Axis AxisOf(const ScoreRow& row) {
  const auto is_signed = [&] { return row.score() < 0 || row.interval().low() < 0; };
  switch (row.formula()) {
    case Formula::NET:
    case Formula::INDEX:
      return {-100, 100};
    case Formula::MEAN: {
      Axis axis{11, -1};
      for (const auto& [value, n] : row.distribution()) {
        axis.low = std::min<double>(axis.low, value);
        axis.high = std::max<double>(axis.high, value);
      }
      return axis.low < axis.high ? axis : Axis{0, 10};
    }
    case Formula::OWN:
      return is_signed() ? Axis{-100, 100} : Axis{0, 100};
    default:
      return {0, 100};
  }
}

std::string Chart(const ScoreRow& row, size_t width) {
  if (!row.has_score()) return "";
  const auto target = row.has_target() ? std::optional<double>(row.target()) : std::nullopt;
  const double low = row.has_interval() ? row.interval().low() : row.score(),
               high = row.has_interval() ? row.interval().high() : row.score();
  return IntervalBar(AxisOf(row), low, row.score(), high, target, width);
}

std::string ShareBar(const ScoreRow& row, size_t width) {
  std::vector<double> parts;
  for (const auto& share : row.shares()) parts.push_back(share.count());
  return row.has_score() ? Bar(parts, width) : "";
}

std::string ExpectationText(const Say& say, const ScoreRow& row, size_t width) {
  if (!row.has_score() || row.shares_size() != 3) return "";
  std::string out = ShareBar(row, width);
  for (int i = 0; i < 3; ++i) absl::StrAppend(&out, i ? "/" : " ", say.Number(row.shares(i).percent(), 0));
  return out + "%";
}

}  // namespace hoiam::cli
