#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "cli/cases/texts.h"
#include "cli/commands/command.h"

namespace hoiam::cli {
namespace {

namespace pb = loop::v1;

int TestRules(const Context& context, const Args& args, const std::string& comment) {
  pb::TestAlarmRulesRequest request;
  auto& r = *request.mutable_response();
  r.set_comment(comment);
  r.set_metric(absl::AsciiStrToUpper(args.Value("metric", "NPS")));
  r.set_touchpoint(args.Value("touchpoint"));
  r.set_segment(args.Value("segment"));
  r.set_customer_id(args.Value("customer"));
  int score = 0, previous = 0;
  if (args.Has("score")) {
    if (!absl::SimpleAtoi(args.Value("score"), &score)) return Misuse(context, "rules", "--score takes a number");
    r.set_score(score);
  }
  if (args.Has("previous")) {
    if (!absl::SimpleAtoi(args.Value("previous"), &previous))
      return Misuse(context, "rules", "--previous takes a number");
    request.set_previous_score(previous);
  }
  const Call call{.method = "POST", .path = "/v1/alarmRules:test", .body = ToJson(request)};
  return CallAndPrint<pb::TestAlarmRulesResponse>(context, args.Has("json"), call, [&](const auto& answer) {
    context.out << RuleTestText(context.say, answer);
    return kDone;
  });
}

}  // namespace

int RunTeams(const Context& context, const std::vector<std::string>& words) {
  const auto args = Args::Parse(words, {}, {"json"});
  if (!args.ok()) return Misuse(context, "teams", args.status().message());
  if (!args->words().empty()) return Misuse(context, "teams", "takes no word");
  const Call call{.path = "/v1/teams?pageSize=1000"};
  return CallAndPrint<pb::ListTeamsResponse>(context, args->Has("json"), call, [&](const auto& teams) {
    auto client = context.Connect();
    if (!client.ok()) return Fail(context, client.status());
    const auto members = client->template Get<pb::ListMembersResponse>("/v1/members?pageSize=1000");
    if (!members.ok()) return Fail(context, members.status());
    context.out << TeamsText(context.say, teams, *members, context.clock.Now());
    return kDone;
  });
}

int RunRules(const Context& context, const std::vector<std::string>& words) {
  const auto args = Args::Parse(words, {"score", "metric", "previous", "touchpoint", "segment", "customer"}, {"json"});
  if (!args.ok()) return Misuse(context, "rules", args.status().message());
  const std::string what = args->words().empty() ? "list" : args->words().front();
  if (what == "test" && args->words().size() == 2) return TestRules(context, *args, args->words()[1]);
  if (what != "list" || args->words().size() > 1)
    return Misuse(context, "rules", context.say("chỉ có: list, test \"CÂU\"", "there are: list, test \"SENTENCE\""));
  const Call call{.path = "/v1/alarmRules?pageSize=1000"};
  return CallAndPrint<pb::ListAlarmRulesResponse>(context, args->Has("json"), call, [&](const auto& rules) {
    context.out << RulesText(context.say, rules);
    return kDone;
  });
}

int RunLoopRate(const Context& context, const std::vector<std::string>& words) {
  const auto args = Args::Parse(words, {"by", "from", "to", "filter"}, {"json"});
  if (!args.ok()) return Misuse(context, "looprate", args.status().message());
  if (!args->words().empty()) return Misuse(context, "looprate", "takes no word");
  const auto from = TimeArgument(args->Value("from"), context.say.zone()),
             to = TimeArgument(args->Value("to"), context.say.zone());
  if (!from.ok()) return Misuse(context, "looprate", from.status().message());
  if (!to.ok()) return Misuse(context, "looprate", to.status().message());
  const std::string by = args->Value("by");
  const Call call{
      .path = WithQuery("/v1/loopRate",
                        {{"startTime", *from}, {"endTime", *to}, {"groupBy", by}, {"filter", args->Value("filter")}})};
  return CallAndPrint<pb::GetLoopRateResponse>(context, args->Has("json"), call, [&](const auto& rate) {
    context.out << LoopRateText(context.say, by, rate);
    return kDone;
  });
}

int RunOffer(const Context& context, const std::vector<std::string>& words) {
  const auto args = Args::Parse(words, {"for", "override", "limit"}, {"json"});
  if (!args.ok()) return Misuse(context, "offer", args.status().message());
  const std::string what = args->words().empty() ? "" : args->words().front();
  if (what == "list" && args->words().size() == 1) {
    const Call call{.path = WithQuery("/v1/offerChecks", {{"pageSize", args->Value("limit", "50")}})};
    return CallAndPrint<pb::ListOfferChecksResponse>(context, args->Has("json"), call, [&](const auto& checks) {
      context.out << OfferChecksText(context.say, checks);
      return kDone;
    });
  }
  if (what != "check" || args->words().size() != 2)
    return Misuse(context, "offer", context.say("chỉ có: check MÃ_KHÁCH, list", "there are: check CUSTOMER, list"));
  const std::string& customer = args->words()[1];
  pb::CheckOfferRequest request;
  pb::OfferPurpose::Code purpose = pb::OfferPurpose::UPSELL;
  if (args->Has("for") && !pb::OfferPurpose::Code_Parse(absl::AsciiStrToUpper(args->Value("for")), &purpose))
    return Misuse(context, "offer", absl::StrCat("no such purpose: ", args->Value("for")));
  request.set_purpose(purpose);
  request.set_override_reason(args->Value("override"));
  const Call call{.method = "POST",
                  .path = absl::StrCat("/v1/customers/", PercentEncode(customer), ":checkOffer"),
                  .body = ToJson(request)};
  return CallAndPrint<pb::CheckOfferResponse>(context, args->Has("json"), call, [&](const auto& answer) {
    context.out << OfferText(context.say, customer, answer);
    return answer.allowed() ? kDone : kFailed;
  });
}

}  // namespace hoiam::cli
