#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "cli/commands/figures.h"
#include "cli/figures/tables.h"

namespace hoiam::cli {
namespace {

using scoring::v1::GetScoresResponse;
using scoring::v1::ScoreComparison;

int PrintScores(const Context& context, const Args& args, const std::string& metric,
                const std::vector<std::string>& dimensions, const FigureTimes& times) {
  const std::string interval = absl::AsciiStrToUpper(args.Value("interval"));
  Query query = CommonQuery(args, metric, times);
  query.insert(query.end(), {{"groupBy", absl::StrJoin(dimensions, ",")},
                             {"interval", interval},
                             {"answers", args.Value("answers")},
                             {"timeZone", args.Value("zone")},
                             {"formula", absl::AsciiStrToUpper(args.Value("formula"))},
                             {"population", args.Value("population")},
                             {"subtree", args.Has("subtree") ? "true" : ""}});
  return CallAndPrint<GetScoresResponse>(
      context, args.Has("json"), {.path = WithQuery("/v1/scores", query)}, [&](const auto& scores) {
        context.out << ScoresText(context.say, metric, dimensions, !interval.empty() && interval != "ALL", scores)
                    << std::flush;
        return kDone;
      });
}

int PrintChange(const Context& context, const Args& args, const std::string& metric, const FigureTimes& times) {
  Query query = CommonQuery(args, metric, times);
  query.push_back({"formula", absl::AsciiStrToUpper(args.Value("formula"))});
  query.push_back({"answers", args.Value("answers")});
  return CallAndPrint<ScoreComparison>(context, false, {.path = WithQuery("/v1/scores:compare", query)},
                                       [&](const ScoreComparison& comparison) {
                                         context.out << context.say("So với kỳ trước: ", "Against the period before: ")
                                                     << DifferenceText(context.say, comparison) << "\n"
                                                     << std::flush;
                                         return kDone;
                                       });
}

}  // namespace

int RunScores(const Context& context, const std::vector<std::string>& words) {
  const auto args = Args::Parse(words,
                                {"metric", "by", "group-by", "from", "to", "interval", "filter", "answers", "zone",
                                 "solicited", "scope", "formula", "population"},
                                {"incentivised", "subtree", "compare", "json"});
  if (!args.ok()) return Misuse(context, "scores", args.status().message());
  if (!args->words().empty()) return Misuse(context, "scores", absl::StrCat("takes no word: ", args->words().front()));
  const auto times = TimesOf(*args, context.say.zone());
  if (!times.ok()) return Misuse(context, "scores", times.status().message());
  const bool compare = args->Has("compare");
  if (compare && !args->Has("from"))
    return Misuse(context, "scores", context.say("--compare cần --from", "--compare needs --from"));
  const std::vector<std::string> dimensions =
      absl::StrSplit(args->Value("by", args->Value("group-by")), ',', absl::SkipEmpty());
  const std::vector<std::string> metrics =
      absl::StrSplit(args->Value("metric", "NPS,CSAT,CES,CSI"), ',', absl::SkipEmpty());

  for (size_t i = 0; i < metrics.size(); ++i) {
    const std::string metric = absl::AsciiStrToUpper(metrics[i]);
    if (i != 0 && !args->Has("json")) context.out << "\n";
    int status = PrintScores(context, *args, metric, dimensions, *times);
    if (status == kDone && compare && !args->Has("json")) status = PrintChange(context, *args, metric, *times);
    if (status != kDone) return status;
  }
  return kDone;
}

}  // namespace hoiam::cli
