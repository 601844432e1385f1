#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "cli/cases/texts.h"
#include "cli/commands/command.h"
#include "hoiam/loop/v1/loop_service.pb.h"
#include "platform/base/ids.h"

namespace hoiam::cli {
namespace {

using loop::v1::Case;

constexpr int kPageSize = 200;

// What an option becomes in the body: text as it is, a name in capitals, or a flag's value.
enum class Kind { kText, kName, kTrue, kFalse };
struct Option {
  const char* name;   // behind --
  const char* field;  // "compensation.type" lies in the message `compensation`
  Kind kind = Kind::kText;
};

// What moves a case: the end of its path, what goes into the body, and the name of the id that makes it one thing.
struct Verb {
  const char* name;
  const char* path;
  std::vector<Option> options;
  const char* id = "";
  const char* fixed = "";  // "accepted=true": sent as it is
};

const std::vector<Verb>& Verbs() {
  static const Option note{"note", "note"}, text{"text", "text"}, reason{"reason", "reason"};
  static const auto* verbs = new std::vector<Verb>{
      {"acknowledge", ":acknowledge", {note}},
      {"assign", ":assign", {{"owner", "owner"}, {"team", "team"}, note}},
      {"contact", ":contact", {{"channel", "channel"}, {"outcome", "outcome", Kind::kName}, note}},
      {"note", "/notes", {text, {"note-id", "noteId"}}, "note-id"},
      {"diagnose",
       ":diagnose",
       {{"root-cause", "rootCause"}, {"originator-team", "originatorTeam"}, {"lot", "lot"}, note}},
      {"need", "/needs", {text, {"kind", "kind", Kind::kName}, {"need-id", "needId"}}, "need-id"},
      {"propose", ":proposeSolution", {text}},
      {"accept", ":answerSolution", {note}, "", "accepted"},
      {"decline", ":answerSolution", {note}, "", "!accepted"},
      {"compensate",
       ":compensate",
       {{"type", "compensation.type", Kind::kName},
        {"amount", "compensation.amount"},
        {"currency", "compensation.currency", Kind::kName},
        {"approved-by", "compensation.approvedBy"},
        note}},
      {"message",
       "/messages",
       {text,
        {"channel", "channel"},
        {"subject", "subject"},
        {"direction", "direction", Kind::kName},
        {"await", "awaitReply", Kind::kTrue},
        {"message-id", "messageId"}},
       "message-id"},
      {"resolve",
       ":resolve",
       {{"root-cause", "rootCause"},
        {"originator-team", "originatorTeam"},
        {"resolution", "resolution"},
        {"customer-reply", "customerReply"},
        {"helped-only", "causeRemoved", Kind::kFalse}}},
      {"verify", ":verify", {{"evidence", "evidence", Kind::kName}, note}},
      {"close", ":close", {note}},
      {"reopen", ":reopen", {reason}},
      {"cancel", ":cancel", {reason}},
  };
  return *verbs;
}

// What `hoiam cases create CUSTOMER` may say.
const std::vector<Option>& CreateOptions() {
  static const auto* options = new std::vector<Option>{{"reason", "reason"},
                                                       {"kind", "kind", Kind::kName},
                                                       {"priority", "priority", Kind::kName},
                                                       {"origin", "origin", Kind::kName},
                                                       {"touchpoint", "touchpoint"},
                                                       {"shop", "shop"},
                                                       {"lot", "lot"},
                                                       {"team", "team"},
                                                       {"owner", "owner"},
                                                       {"case-id", "caseId"}};
  return *options;
}

std::string CasePath(const std::string& id) { return absl::StrCat("/v1/cases/", PercentEncode(id)); }

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void WriteText(Writer& writer, const std::string& name, const std::string& value) {
  writer.Key(name.c_str());
  writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

void WriteOptions(Writer& writer, const std::vector<Option>& options, const Args& args) {
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> inside;
  for (const Option& o : options) {
    if (!args.Has(o.name)) continue;
    if (o.kind == Kind::kTrue || o.kind == Kind::kFalse) {
      writer.Key(o.field);
      writer.Bool(o.kind == Kind::kTrue);
      continue;
    }
    const std::string value = o.kind == Kind::kName ? absl::AsciiStrToUpper(args.Value(o.name)) : args.Value(o.name);
    const std::vector<std::string> path = absl::StrSplit(o.field, '.');
    if (path.size() == 2)
      inside[path[0]].emplace_back(path[1], value);
    else
      WriteText(writer, o.field, value);
  }
  for (const auto& [message, fields] : inside) {
    writer.Key(message.c_str());
    writer.StartObject();
    for (const auto& [name, value] : fields) WriteText(writer, name, value);
    writer.EndObject();
  }
}

std::string FilterQuoted(const std::string& value) {
  return absl::StrCat("\"", absl::StrReplaceAll(value, {{"\\", "\\\\"}, {"\"", "\\\""}}), "\"");
}

// The filter that the options of `list` come to.
std::string FilterOf(const Args& args, const std::string& me) {
  std::vector<std::string> all;
  const auto equals = [&](const char* option, const char* field, bool upper) {
    if (args.Has(option))
      all.push_back(absl::StrCat(field, " = ",
                                 FilterQuoted(upper ? absl::AsciiStrToUpper(args.Value(option)) : args.Value(option))));
  };
  if (!args.Has("all") && !args.Has("state") && !args.Has("filter")) all.push_back("open = true");
  equals("team", "team", false);
  equals("state", "state", true);
  equals("priority", "priority", true);
  equals("kind", "kind", true);
  equals("cause", "cause", false);
  equals("touchpoint", "touchpoint", false);
  equals("customer", "customer", false);
  equals("owner", "owner", false);
  if (args.Has("mine")) all.push_back(absl::StrCat("owner = ", FilterQuoted(me)));
  if (args.Has("orphans")) all.push_back("owner = \"\"");
  if (args.Has("filter"))
    all.push_back(all.empty() ? args.Value("filter") : absl::StrCat("(", args.Value("filter"), ")"));
  return absl::StrJoin(all, " AND ");
}

int PrintList(const Context& context, const Args& args) {
  const char* me = std::getenv("HOIAM_PRINCIPAL");
  if (args.Has("mine") && !me)
    return Misuse(context, "cases",
                  context.say("--mine cần HOIAM_PRINCIPAL: tên của bạn, như trong cột người xử lý",
                              "--mine needs HOIAM_PRINCIPAL: your name, as in the column of owners"));
  const std::string filter = FilterOf(args, me ? me : "");
  size_t limit = 50;
  if (args.Has("limit") && (!absl::SimpleAtoi(args.Value("limit"), &limit) || limit == 0))
    return Misuse(context, "cases", "--limit takes a number");
  if (args.Has("json"))
    return CallAndPrint<loop::v1::ListCasesResponse>(
        context, true,
        {.path =
             WithQuery("/v1/cases", {{"filter", filter}, {"pageSize", absl::StrCat(std::min<size_t>(limit, 1000))}})},
        [](const auto&) { return kDone; });
  auto client = context.Connect();
  if (!client.ok()) return Fail(context, client.status());
  std::vector<Case> cases;
  std::string page;
  do {  // what is overdue is known of a case, not asked for: pages until there are enough
    const auto list = client->Get<loop::v1::ListCasesResponse>(
        WithQuery("/v1/cases", {{"filter", filter}, {"pageSize", absl::StrCat(kPageSize)}, {"pageToken", page}}));
    if (!list.ok()) return Fail(context, list.status());
    for (const Case& c : list->cases())
      if (!args.Has("overdue") || !c.overdue().empty()) cases.push_back(c);
    page = list->next_page_token();
  } while (!page.empty() && cases.size() < limit);
  const bool more = cases.size() > limit || !page.empty();
  if (cases.size() > limit) cases.resize(limit);
  context.out << CasesText(context.say, cases, context.clock.Now());
  if (more) context.out << context.say("… còn nữa: --limit", "… there is more: --limit") << "\n";
  return kDone;
}

int Show(const Context& context, const Args& args, const std::string& id) {
  if (args.Has("json"))
    return CallAndPrint<Case>(context, true, {.path = CasePath(id)}, [](const auto&) { return kDone; });
  auto client = context.Connect();
  if (!client.ok()) return Fail(context, client.status());
  const auto found = client->Get<Case>(CasePath(id));
  if (!found.ok()) return Fail(context, found.status());
  std::vector<loop::v1::CaseMessage> messages;
  if (found->messages() > 0) {
    const auto page = client->Get<loop::v1::ListCaseMessagesResponse>(CasePath(id) + "/messages?pageSize=1000");
    if (!page.ok()) return Fail(context, page.status());
    messages.assign(page->messages().begin(), page->messages().end());
  }
  context.out << CaseText(context.say, *found, messages, context.clock.Now());
  return kDone;
}

// Where the case stands now, and what can be done next.
int PrintMoved(const Context& context, const Case& c) {
  context.out << CasesText(context.say, {c}, context.clock.Now());
  const std::string next = NextStepsText(context.say, c);
  if (!next.empty()) context.out << "\n" << next;
  return kDone;
}

int Move(const Context& context, const Args& args, const Verb& verb, const std::string& id) {
  const std::string once = UuidToString(NewUuid(context.clock.Now()));
  rapidjson::StringBuffer body;
  Writer writer(body);
  writer.StartObject();
  WriteOptions(writer, verb.options, args);
  if (args.Has("version")) WriteText(writer, "version", args.Value("version"));
  for (const Option& o : verb.options)
    if (o.name == absl::string_view(verb.id) && !args.Has(o.name)) WriteText(writer, o.field, once);
  if (absl::string_view fixed = verb.fixed; !fixed.empty()) {
    const bool yes = !absl::ConsumePrefix(&fixed, "!");
    writer.Key(fixed.data(), static_cast<rapidjson::SizeType>(fixed.size()));
    writer.Bool(yes);
  }
  if (verb.path == absl::string_view("/messages") && !args.Has("channel")) WriteText(writer, "channel", "email");
  writer.EndObject();
  const Call call{
      .method = "POST", .path = CasePath(id) + verb.path, .body = body.GetString(), .idempotency_key = once};
  return CallAndPrint<loop::v1::CaseChangeResponse>(
      context, args.Has("json"), call, [&](const auto& done) { return PrintMoved(context, done.case_()); });
}

int Create(const Context& context, const Args& args, const std::string& customer) {
  const std::string once = UuidToString(NewUuid(context.clock.Now()));
  rapidjson::StringBuffer body;
  Writer writer(body);
  writer.StartObject();
  WriteText(writer, "customerId", customer);
  if (!args.Has("case-id")) WriteText(writer, "caseId", once);
  WriteOptions(writer, CreateOptions(), args);
  writer.EndObject();
  const Call call{.method = "POST", .path = "/v1/cases", .body = body.GetString(), .idempotency_key = once};
  return CallAndPrint<loop::v1::CaseChangeResponse>(
      context, args.Has("json"), call, [&](const auto& done) { return PrintMoved(context, done.case_()); });
}

int PrintCauses(const Context& context, const Args& args) {
  const Call call{.path = "/v1/rootCauses?pageSize=1000"};
  return CallAndPrint<loop::v1::ListRootCausesResponse>(context, args.Has("json"), call, [&](const auto& list) {
    context.out << CausesText(context.say, list);
    return kDone;
  });
}

}  // namespace

int RunCases(const Context& context, const std::vector<std::string>& words) {
  const auto args = Args::Parse(words, {"filter",     "limit",          "version",    "note",       "owner",
                                        "team",       "channel",        "outcome",    "root-cause", "originator-team",
                                        "resolution", "customer-reply", "evidence",   "reason",     "text",
                                        "note-id",    "need-id",        "message-id", "lot",        "shop",
                                        "kind",       "type",           "amount",     "currency",   "approved-by",
                                        "subject",    "direction",      "priority",   "origin",     "touchpoint",
                                        "case-id",    "state",          "cause",      "customer"},
                                {"json", "all", "mine", "overdue", "orphans", "await", "helped-only"});
  if (!args.ok()) return Misuse(context, "cases", args.status().message());
  const std::string what = args->words().empty() ? "list" : args->words().front();
  if (args->words().size() <= 1) {
    if (what == "list") return PrintList(context, *args);
    if (what == "causes") return PrintCauses(context, *args);
  }
  const auto verb = std::find_if(Verbs().begin(), Verbs().end(), [&](const Verb& v) { return what == v.name; });
  if (verb == Verbs().end() && what != "show" && what != "create")
    return Misuse(context, "cases", absl::StrCat("no such action: ", what));
  if (args->words().size() != 2)
    return Misuse(context, "cases",
                  absl::StrCat(what, what == "create" ? " takes one customer" : " takes one case id"));
  const std::string& id = args->words()[1];
  return what == "show"     ? Show(context, *args, id)
         : what == "create" ? Create(context, *args, id)
                            : Move(context, *args, *verb, id);
}

}  // namespace hoiam::cli
