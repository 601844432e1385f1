#include "absl/strings/str_cat.h"
#include "cli/cases/words.h"
#include "cli/commands/command.h"
#include "cli/commands/names.h"
#include "cli/term/table.h"
#include "hoiam/scoring/v1/scoring_service.pb.h"

namespace hoiam::cli {
namespace {

std::string Quoted(const std::string& comment) { return comment.empty() ? "" : absl::StrCat("  “", comment, "”"); }

std::string About(const survey::v1::Response& r) {
  return absl::StrCat(r.metric(), " ", r.has_score() ? absl::StrCat(r.score()) : "–", r.voided() ? " ✗" : "",
                      Quoted(r.comment()));
}

std::string About(const Say& say, const survey::v1::Interaction& i) {
  std::string out = i.type();
  if (!i.touchpoint().empty()) absl::StrAppend(&out, "  ", i.touchpoint());
  if (!i.amount().empty()) absl::StrAppend(&out, "  ", say.Money(i.amount(), i.currency()));
  if (i.voided()) absl::StrAppend(&out, "  ✗ ", i.void_reason());
  return out;
}

std::string About(const survey::v1::Usage& u) {
  return absl::StrCat(u.item(), "  ", u.previous_status(), u.previous_status().empty() ? "" : " → ", u.status(),
                      Quoted(u.detail()));
}

std::string About(const Say& say, const scoring::v1::HistoryEntry& e) {
  using K = scoring::v1::EntryKind;
  switch (e.kind()) {
    case K::INTERACTION:
      return About(say, e.interaction());
    case K::INVITATION:
      return absl::StrCat(e.invitation().survey_id(), "  ", StateName(say, e.invitation().state()));
    case K::RESPONSE:
      return About(e.response());
    case K::CASE:
      return absl::StrCat(StateName(say, e.case_().state()), "  ", e.case_().case_id());
    case K::USAGE:
      return About(e.usage());
    default:
      return "";
  }
}

}  // namespace

int RunHistory(const Context& context, const std::vector<std::string>& words) {
  const auto args = Args::Parse(words, {"limit", "kinds"}, {"json"});
  if (!args.ok()) return Misuse(context, "history", args.status().message());
  if (args->words().size() != 1) return Misuse(context, "history", "takes one customer id");
  const Call call{.path = WithQuery(absl::StrCat("/v1/customers/", PercentEncode(args->words().front()), "/history"),
                                    {{"pageSize", args->Value("limit", "50")}, {"kinds", args->Value("kinds")}})};
  return CallAndPrint<scoring::v1::GetHistoryResponse>(context, args->Has("json"), call, [&](const auto& history) {
    const Say& say = context.say;
    Table table({say("Thời gian", "Time"), say("Loại", "Kind"), say("Nội dung", "What")});
    for (const auto& entry : history.entries()) {
      table.Add({say.Time(ToTime(entry.time())), KindName(say, entry.kind()), About(say, entry)});
      for (const auto& answer : entry.answers()) table.Add({"", "", "↳ " + About(answer)});
    }
    context.out << table.Render();
    if (!history.next_page_token().empty())
      context.out << say("… còn nữa: --limit", "… there is more: --limit") << "\n";
    return kDone;
  });
}

}  // namespace hoiam::cli
