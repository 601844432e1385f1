#include "cli/commands/figures.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/figures/tables.h"

namespace hoiam::cli {
namespace {

namespace pb = scoring::v1;

// The words after a command of figures, or what is wrong with them.
struct Words {
  Args args;
  FigureTimes times;
};

absl::StatusOr<Words> ParseWords(const Context& context, const std::vector<std::string>& words,
                                 std::initializer_list<const char*> valued, std::initializer_list<const char*> flags) {
  HOIAM_ASSIGN_OR_RETURN(Args args, Args::Parse(words, valued, flags));
  if (!args.words().empty()) return absl::InvalidArgumentError(absl::StrCat("takes no word: ", args.words().front()));
  HOIAM_ASSIGN_OR_RETURN(FigureTimes times, TimesOf(args, context.say.zone()));
  return Words{std::move(args), std::move(times)};
}

// Asks for `path` and prints what `text` makes of the answer.
template <class Answer, class Text>
int Show(const Context& context, const Args& args, absl::string_view path, const Query& query, Text text) {
  return CallAndPrint<Answer>(context, args.Has("json"), {.path = WithQuery(path, query)}, [&](const Answer& answer) {
    context.out << text(answer) << std::flush;
    return kDone;
  });
}

}  // namespace

absl::StatusOr<FigureTimes> TimesOf(const Args& args, absl::TimeZone zone) {
  FigureTimes times;
  HOIAM_ASSIGN_OR_RETURN(times.from, TimeArgument(args.Value("from"), zone));
  HOIAM_ASSIGN_OR_RETURN(times.to, TimeArgument(args.Value("to"), zone));
  return times;
}

Query CommonQuery(const Args& args, const std::string& metric, const FigureTimes& times) {
  return {{"metric", metric},
          {"startTime", times.from},
          {"endTime", times.to},
          {"filter", args.Value("filter")},
          {"solicited", args.Value("solicited")},
          {"incentivised", args.Has("incentivised") ? "true" : ""},
          {"scope", absl::AsciiStrToUpper(args.Value("scope"))}};
}

int RunCompare(const Context& context, const std::vector<std::string>& words) {
  const auto parsed = ParseWords(
      context, words,
      {"metric", "from", "to", "base-from", "base-to", "filter", "against", "solicited", "scope", "formula", "answers"},
      {"incentivised", "json"});
  if (!parsed.ok()) return Misuse(context, "compare", parsed.status().message());
  const Args& args = parsed->args;
  const auto base_from = TimeArgument(args.Value("base-from"), context.say.zone()),
             base_to = TimeArgument(args.Value("base-to"), context.say.zone());
  if (!base_from.ok()) return Misuse(context, "compare", base_from.status().message());
  if (!base_to.ok()) return Misuse(context, "compare", base_to.status().message());
  const std::string metric = absl::AsciiStrToUpper(args.Value("metric", "NPS"));
  Query query = CommonQuery(args, metric, parsed->times);
  query.insert(query.end(), {{"baseStartTime", *base_from},
                             {"baseEndTime", *base_to},
                             {"baseFilter", args.Value("against")},
                             {"formula", absl::AsciiStrToUpper(args.Value("formula"))},
                             {"answers", args.Value("answers")}});
  return Show<pb::ScoreComparison>(context, args, "/v1/scores:compare", query,
                                   [&](const auto& answer) { return ComparisonText(context.say, metric, answer); });
}

int RunDrivers(const Context& context, const std::vector<std::string>& words) {
  const auto parsed = ParseWords(
      context, words, {"metric", "by", "pareto", "currency", "from", "to", "filter", "solicited", "scope"}, {"json"});
  if (!parsed.ok()) return Misuse(context, "drivers", parsed.status().message());
  const Args& args = parsed->args;
  const std::string metric = absl::AsciiStrToUpper(args.Value("metric", "NPS")), by = args.Value("by", "reason");
  Query query = CommonQuery(args, metric, parsed->times);
  query.insert(query.end(), {{"by", by},
                             {"pareto", absl::AsciiStrToUpper(args.Value("pareto"))},
                             {"currency", absl::AsciiStrToUpper(args.Value("currency"))}});
  return Show<pb::GetDriversResponse>(context, args, "/v1/drivers", query,
                                      [&](const auto& answer) { return DriversText(context.say, metric, by, answer); });
}

int RunJourney(const Context& context, const std::vector<std::string>& words) {
  const auto parsed = ParseWords(context, words, {"metric", "from", "to", "solicited", "scope"}, {"json"});
  if (!parsed.ok()) return Misuse(context, "journey", parsed.status().message());
  const std::string metric = absl::AsciiStrToUpper(parsed->args.Value("metric", "CSAT"));
  return Show<pb::GetJourneyResponse>(context, parsed->args, "/v1/journey",
                                      CommonQuery(parsed->args, metric, parsed->times),
                                      [&](const auto& answer) { return JourneyText(context.say, metric, answer); });
}

int RunHeatMap(const Context& context, const std::vector<std::string>& words) {
  const auto parsed = ParseWords(context, words, {"metric", "from", "to", "solicited", "scope", "zone"}, {"json"});
  if (!parsed.ok()) return Misuse(context, "heatmap", parsed.status().message());
  const std::string metric = absl::AsciiStrToUpper(parsed->args.Value("metric", "CSAT"));
  Query query = CommonQuery(parsed->args, metric, parsed->times);
  query.push_back({"timeZone", parsed->args.Value("zone")});
  return Show<pb::GetHeatMapResponse>(context, parsed->args, "/v1/heatMap", query,
                                      [&](const auto& answer) { return HeatMapText(context.say, metric, answer); });
}

int RunOverview(const Context& context, const std::vector<std::string>& words) {
  const auto parsed =
      ParseWords(context, words, {"from", "to", "filter", "interval", "loyal-purchases", "loyal-days"}, {"json"});
  if (!parsed.ok()) return Misuse(context, "overview", parsed.status().message());
  const Args& args = parsed->args;
  const Query query = {{"startTime", parsed->times.from},
                       {"endTime", parsed->times.to},
                       {"filter", args.Value("filter")},
                       {"interval", absl::AsciiStrToUpper(args.Value("interval"))},
                       {"loyalPurchases", args.Value("loyal-purchases")},
                       {"loyalDays", args.Value("loyal-days")}};
  return Show<pb::GetOverviewResponse>(context, args, "/v1/overview", query,
                                       [&](const auto& answer) { return OverviewText(context.say, answer); });
}

int RunPassives(const Context& context, const std::vector<std::string>& words) {
  const auto parsed = ParseWords(context, words, {"nps", "limit"}, {"hidden", "json"});
  if (!parsed.ok()) return Misuse(context, "passives", parsed.status().message());
  const Args& args = parsed->args;
  return Show<pb::ListPassivesResponse>(
      context, args, "/v1/passives",
      {{"nps", args.Value("nps")},
       {"hidden", args.Has("hidden") ? "true" : ""},
       {"pageSize", args.Value("limit", "50")}},
      [&](const auto& answer) {
        std::string text = PassivesText(context.say, answer);
        if (!answer.next_page_token().empty())
          absl::StrAppend(&text, context.say("… còn nữa: --limit", "… there is more: --limit"), "\n");
        return text;
      });
}

int RunSampleSize(const Context& context, const std::vector<std::string>& words) {
  const auto parsed = ParseWords(context, words, {"margin", "population", "metric", "variance", "rate"}, {"json"});
  if (!parsed.ok()) return Misuse(context, "samplesize", parsed.status().message());
  const Args& args = parsed->args;
  if (!args.Has("margin")) return Misuse(context, "samplesize", context.say("thiếu --margin", "lacks --margin"));
  return Show<pb::GetSampleSizeResponse>(
      context, args, "/v1/sampleSize",
      {{"marginOfError", args.Value("margin")},
       {"population", args.Value("population")},
       {"metric", args.Has("metric") ? absl::AsciiStrToUpper(args.Value("metric")) : ""},
       {"variance", args.Value("variance")},
       {"responseRatePercent", args.Value("rate")}},
      [&](const auto& answer) { return SampleSizeText(context.say, answer); });
}

}  // namespace hoiam::cli
