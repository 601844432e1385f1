#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cli/commands/command.h"
#include "cli/term/table.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"

namespace hoiam::cli {
namespace {

using scoring::v1::ScoreRow;

constexpr size_t kBarWidth = 20;

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
                {"easy", "Dễ", "Easy"}};
  for (const auto& n : kNames) {
    if (name == n.name) return say(n.vi, n.en);
  }
  return name;
}

std::string MetricTitle(const Say& say, const std::string& metric) {
  if (metric == "NPS") return say("NPS – Chỉ số khách hàng thiện cảm", "NPS – Net Promoter Score");
  if (metric == "CSAT") return say("CSAT – Mức độ hài lòng (% 4–5)", "CSAT – % of 4–5");
  if (metric == "CES") return say("CES – Mức độ dễ dàng (% 5–7)", "CES – % of 5–7");
  return metric;
}

std::string DimensionTitle(const Say& say, const std::string& dimension) {
  if (dimension == "touchpoint") return say("Điểm chạm", "Touchpoint");
  if (dimension == "segment") return say("Phân khúc", "Segment");
  if (dimension == "channel") return say("Kênh", "Channel");
  if (dimension == "survey") return say("Khảo sát", "Survey");
  if (dimension == "team") return say("Bộ phận", "Team");
  return dimension;
}

// What is to be known about how far the figure can be trusted.
std::string Note(const Say& say, const ScoreRow& row) {
  if (row.has_withheld()) return say("không hiện: nhóm nhỏ hơn 5", "withheld: fewer than 5 answers");
  if (!row.has_score()) return say("chưa có câu trả lời", "no answers");
  return row.enough_data() ? "" : say("chưa đủ dữ liệu", "not enough data");
}

void PrintMetric(const Context& context, const std::string& metric, const std::vector<std::string>& dimensions,
                 bool periods, const scoring::v1::GetScoresResponse& scores) {
  const Say& say = context.say;
  std::vector<std::string> titles;
  for (const auto& d : dimensions) titles.push_back(DimensionTitle(say, d));
  if (periods) titles.push_back(say("Từ", "From"));
  titles.insert(titles.end(),
                {">" + say("Trả lời", "Answers"), ">" + metric, say("Khoảng tin cậy 95%", "95% interval"), ""});
  for (const auto& row : scores.rows()) {
    if (row.shares_size() == 0) continue;
    for (const auto& share : row.shares()) titles.push_back(">" + ShareName(say, share.name()));
    break;
  }
  titles.push_back("");
  Table table(titles);
  for (const ScoreRow& row : scores.rows()) {
    std::vector<std::string> cells;
    for (const auto& d : dimensions) {
      const auto it = row.group().find(d);
      cells.push_back(it == row.group().end() || it->second.empty() ? "–" : it->second);
    }
    if (periods) cells.push_back(row.has_start_time() ? say.Date(ToTime(row.start_time())) : "");
    const bool shown = row.has_score();
    cells.push_back(say.Count(row.responses()));
    cells.push_back(shown ? say.Number(row.score(), 1) : "–");
    cells.push_back(shown && row.has_interval() ? absl::StrCat("[", say.Number(row.interval().low(), 1), "; ",
                                                               say.Number(row.interval().high(), 1), "]")
                                                : "");
    std::vector<double> parts;
    for (const auto& share : row.shares()) parts.push_back(share.count());
    cells.push_back(shown ? Bar(parts, kBarWidth) : "");
    for (const auto& share : row.shares()) cells.push_back(shown ? say.Number(share.percent(), 1) + "%" : "");
    cells.resize(titles.size() - 1);
    cells.push_back(Note(say, row));
    table.Add(std::move(cells));
  }
  context.out << MetricTitle(say, metric) << "\n" << table.Render() << std::flush;
}

}  // namespace

int RunScores(const Context& context, const std::vector<std::string>& words) {
  const auto args = Args::Parse(
      words, {"metric", "group-by", "from", "to", "interval", "filter", "answers", "zone", "solicited"}, {"json"});
  if (!args.ok()) return Misuse(context, "scores", args.status().message());
  if (!args->words().empty()) return Misuse(context, "scores", absl::StrCat("takes no word: ", args->words().front()));
  const auto from = TimeArgument(args->Value("from"), context.say.zone()),
             to = TimeArgument(args->Value("to"), context.say.zone());
  if (!from.ok()) return Misuse(context, "scores", from.status().message());
  if (!to.ok()) return Misuse(context, "scores", to.status().message());
  const std::string interval = absl::AsciiStrToUpper(args->Value("interval"));
  const std::vector<std::string> dimensions = absl::StrSplit(args->Value("group-by"), ',', absl::SkipEmpty());
  const std::vector<std::string> metrics =
      absl::StrSplit(absl::AsciiStrToUpper(args->Value("metric", "NPS,CSAT,CES")), ',', absl::SkipEmpty());

  for (size_t i = 0; i < metrics.size(); ++i) {
    const Call call{.path = WithQuery("/v1/scores", {{"metric", metrics[i]},
                                                     {"groupBy", absl::StrJoin(dimensions, ",")},
                                                     {"startTime", *from},
                                                     {"endTime", *to},
                                                     {"interval", interval},
                                                     {"filter", args->Value("filter")},
                                                     {"answers", args->Value("answers")},
                                                     {"solicited", args->Value("solicited")},
                                                     {"timeZone", args->Value("zone")}})};
    const int status =
        CallAndPrint<scoring::v1::GetScoresResponse>(context, args->Has("json"), call, [&](const auto& scores) {
          if (i != 0) context.out << "\n";
          PrintMetric(context, metrics[i], dimensions, !interval.empty() && interval != "ALL", scores);
          return kDone;
        });
    if (status != kDone) return status;
  }
  return kDone;
}

}  // namespace hoiam::cli
