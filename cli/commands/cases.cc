#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/commands/command.h"
#include "cli/commands/names.h"
#include "cli/term/table.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "platform/base/ids.h"

namespace hoiam::cli {
namespace {

using loop::v1::Case;

// What moves a case: the verb of the path and the fields that it takes, as options ("root-cause" is `rootCause`).
struct Verb {
  const char* name;
  std::vector<const char*> options;
};

const std::vector<Verb>& Verbs() {
  static const auto* verbs = new std::vector<Verb>{
      {"acknowledge", {"note"}},
      {"assign", {"owner", "team", "note"}},
      {"contact", {"channel", "outcome", "note"}},
      {"resolve", {"root-cause", "originator-team", "resolution", "customer-reply"}},
      {"verify", {"evidence", "note"}},
      {"close", {"note"}},
      {"reopen", {"reason"}},
      {"cancel", {"reason"}},
      {"note", {"text", "note-id"}},
  };
  return *verbs;
}

std::string CamelCase(absl::string_view option) {
  std::string out;
  for (size_t i = 0; i < option.size(); ++i) {
    if (option[i] == '-' && i + 1 < option.size())
      out.push_back(absl::ascii_toupper(option[++i]));
    else
      out.push_back(option[i]);
  }
  return out;
}

std::string CasePath(const std::string& id) { return absl::StrCat("/v1/cases/", PercentEncode(id)); }

std::string OpenedBy(const Case& c) {
  if (c.answers().empty()) return "";
  const auto& a = c.answers(0);
  return absl::StrCat(a.metric(), " ", a.score());
}

int PrintList(const Context& context, const Args& args) {
  const std::string filter = args.Has("all") ? "" : args.Value("filter", "open = true");
  const Call call{.path = WithQuery("/v1/cases", {{"filter", filter}, {"pageSize", args.Value("limit", "50")}})};
  return CallAndPrint<loop::v1::ListCasesResponse>(context, args.Has("json"), call, [&](const auto& list) {
    const Say& say = context.say;
    Table table({say("Phiếu xử lý", "Case"), say("Trạng thái", "State"), say("Ưu tiên", "Priority"),
                 say("Khách hàng", "Customer"), say("Điểm", "Score"), say("Điểm chạm", "Touchpoint"),
                 say("Hạn xử lý", "Resolve by"), say("Ý kiến nguyên văn", "Comment")});
    for (const Case& c : list.cases()) {
      const bool answered = !c.answers().empty();
      table.Add({c.case_id(), StateName(say, c.state()), loop::v1::Priority::Code_Name(c.priority()), c.customer_id(),
                 OpenedBy(c), answered ? c.answers(0).touchpoint() : "", say.Time(ToTime(c.resolve_by())),
                 answered ? c.answers(0).comment() : ""});
    }
    if (table.empty())
      context.out << say("Không có phiếu nào đang mở.", "No case is open.") << "\n";
    else
      context.out << table.Render();
    if (!list.next_page_token().empty()) context.out << say("… còn nữa: --limit", "… there is more: --limit") << "\n";
    return kDone;
  });
}

void Print(const Context& context, const Case& c) {
  const Say& say = context.say;
  const auto line = [&](const std::string& name, const std::string& value) {
    if (!value.empty())
      context.out << name << std::string(22 - std::min<size_t>(21, DisplayWidth(name)), ' ') << value << "\n";
  };
  line(say("Phiếu xử lý", "Case"), c.case_id());
  line(say("Trạng thái", "State"), StateName(say, c.state()));
  line(say("Ưu tiên", "Priority"), loop::v1::Priority::Code_Name(c.priority()));
  line(say("Khách hàng", "Customer"), c.customer_id());
  line(say("Người xử lý", "Owner"), c.owner());
  line(say("Bộ phận xử lý", "Team"), c.team());
  line(say("Nguyên nhân gốc", "Root cause"), c.root_cause());
  line(say("Bộ phận phát sinh", "Originator team"), c.originator_team());
  line(say("Đã làm", "Resolution"), c.resolution());
  line(say("Khách trả lời", "Customer's reply"), c.customer_reply());
  line(say("Hạn xử lý", "Resolve by"), say.Time(ToTime(c.resolve_by())));
  for (const auto& a : c.answers())
    line(say("Ý kiến nguyên văn", "Answer"), absl::StrCat(a.metric(), " ", a.score(), "  ", a.touchpoint(),
                                                          a.comment().empty() ? "" : "  ", Fit(a.comment(), 200)));
  context.out << "\n";
  Table table({say("Thời gian", "Time"), say("Ai", "Who"), say("Việc", "Action"), say("Trạng thái", "State"),
               say("Ghi chú", "Note")});
  for (const auto& h : c.history())
    table.Add({say.Time(ToTime(h.time())), h.actor(), h.action(), StateName(say, h.to()), h.note()});
  context.out << table.Render();
}

int Move(const Context& context, const Args& args, const Verb& verb, const std::string& id) {
  const bool note = verb.name == absl::string_view("note");
  rapidjson::StringBuffer body;
  rapidjson::Writer<rapidjson::StringBuffer> writer(body);
  const auto field = [&](const std::string& name, const std::string& value) {
    writer.Key(name.c_str());
    writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  };
  writer.StartObject();
  for (const char* option : verb.options) {
    if (args.Has(option)) field(CamelCase(option), args.Value(option));
  }
  if (args.Has("version")) field("version", args.Value("version"));
  const std::string once = UuidToString(NewUuid(context.clock.Now()));
  if (note && !args.Has("note-id")) field("noteId", once);
  writer.EndObject();

  const Call call{.method = "POST",
                  .path = note ? CasePath(id) + "/notes" : absl::StrCat(CasePath(id), ":", verb.name),
                  .body = body.GetString(),
                  .idempotency_key = once};
  return CallAndPrint<loop::v1::CaseChangeResponse>(context, args.Has("json"), call, [&](const auto& changed) {
    Print(context, changed.case_());
    return kDone;
  });
}

int PrintCauses(const Context& context, const Args& args) {
  const Call call{.path = "/v1/rootCauses?pageSize=1000"};
  return CallAndPrint<loop::v1::ListRootCausesResponse>(context, args.Has("json"), call, [&](const auto& list) {
    Table table({"id", context.say("Tên", "Name"), context.say("Thuộc", "Under"), context.say("Loại", "Category")});
    for (const auto& c : list.root_causes())
      table.Add({c.root_cause_id(), context.say(c.display_name(), c.display_name_en()), c.parent(),
                 c.parent().empty() ? "" : loop::v1::CauseCategory::Code_Name(c.category())});
    context.out << table.Render();
    return kDone;
  });
}

int PrintTeams(const Context& context, const Args& args) {
  const Call call{.path = "/v1/teams?pageSize=1000"};
  return CallAndPrint<loop::v1::ListTeamsResponse>(context, args.Has("json"), call, [&](const auto& list) {
    Table table({"id", context.say("Tên", "Name"), context.say("Thuộc", "Under")});
    for (const auto& t : list.teams()) table.Add({t.team_id(), t.display_name(), t.parent()});
    context.out << table.Render();
    return kDone;
  });
}

}  // namespace

int RunCases(const Context& context, const std::vector<std::string>& words) {
  const auto args =
      Args::Parse(words,
                  {"filter", "limit", "version", "note", "owner", "team", "channel", "outcome", "root-cause",
                   "originator-team", "resolution", "customer-reply", "evidence", "reason", "text", "note-id"},
                  {"json", "all"});
  if (!args.ok()) return Misuse(context, "cases", args.status().message());
  const std::string what = args->words().empty() ? "list" : args->words().front();
  if (args->words().size() <= 1) {
    if (what == "list") return PrintList(context, *args);
    if (what == "causes") return PrintCauses(context, *args);
    if (what == "teams") return PrintTeams(context, *args);
  }
  const auto verb = std::find_if(Verbs().begin(), Verbs().end(), [&](const Verb& v) { return what == v.name; });
  if (verb == Verbs().end() && what != "show") return Misuse(context, "cases", absl::StrCat("no such action: ", what));
  if (args->words().size() != 2) return Misuse(context, "cases", absl::StrCat(what, " takes one case id"));
  if (what == "show") {
    const Call call{.path = CasePath(args->words()[1])};
    return CallAndPrint<Case>(context, args->Has("json"), call, [&](const Case& c) {
      Print(context, c);
      return kDone;
    });
  }
  return Move(context, *args, *verb, args->words()[1]);
}

}  // namespace hoiam::cli
