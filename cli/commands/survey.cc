#include "cli/commands/survey.h"

#include <fstream>
#include <iterator>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "cli/commands/names.h"
#include "cli/term/table.h"

namespace hoiam::cli {
namespace {

using survey::v1::DeliveryChannel;
using survey::v1::Survey;
using survey::v1::TriggerEvent;

// "2h", "30m" or "3d".
std::optional<absl::Duration> ParseSpan(absl::string_view text) {
  absl::Duration span;
  int64_t days;
  if (absl::EndsWith(text, "d") && absl::SimpleAtoi(absl::StripSuffix(text, "d"), &days)) return absl::Hours(24 * days);
  return absl::ParseDuration(text, &span) ? std::optional(span) : std::nullopt;
}

std::string SpanName(const Say& say, const google::protobuf::Duration& d) {
  const int64_t minutes = d.seconds() / 60;
  if (minutes % (24 * 60) == 0) return absl::StrCat(minutes / (24 * 60), say(" ngày", " d"));
  if (minutes % 60 == 0) return absl::StrCat(minutes / 60, say(" giờ", " h"));
  return absl::StrCat(minutes, say(" phút", " min"));
}

// What makes it ask, in a line.
std::string TriggerName(const Say& say, const Survey& s) {
  if (!s.has_trigger()) return s.has_schedule() ? say("theo lịch", "by schedule") : say("mời tay, theo đợt", "by hand");
  const auto& t = s.trigger();
  std::vector<std::string> parts;
  if (t.on() != TriggerEvent::UNSPECIFIED && t.on() != TriggerEvent::INTERACTION)
    parts.push_back(TriggerEvent::Code_Name(t.on()));
  if (t.interaction_types_size()) parts.push_back(absl::StrJoin(t.interaction_types(), ","));
  if (t.touchpoints_size()) parts.push_back("@" + absl::StrJoin(t.touchpoints(), ","));
  if (t.has_delay()) parts.push_back("+" + SpanName(say, t.delay()));
  if (t.has_sample_percent()) parts.push_back(say.Number(t.sample_percent(), 0) + "%");
  return parts.empty() ? say("mọi tương tác", "every interaction") : absl::StrJoin(parts, " ");
}

std::string ChannelNames(const Survey& s) {
  std::vector<std::string> names;
  for (const int channel : s.channels())
    names.push_back(DeliveryChannel::Code_Name(static_cast<DeliveryChannel::Code>(channel)));
  return names.empty() ? "LINK" : absl::StrJoin(names, ", ");
}

void PrintSurvey(const Context& context, const Survey& s) {
  const Say& say = context.say;
  const auto line = [&](const std::string& name, const std::string& value) {
    if (!value.empty())
      context.out << name << std::string(22 - std::min<size_t>(21, DisplayWidth(name)), ' ') << value << "\n";
  };
  line(say("Khảo sát", "Survey"), s.survey_id());
  line(say("Tên", "Name"), TextOf(say, s.display_name()));
  line(say("Trạng thái", "State"), absl::StrCat(StateName(say, s.state()), say(", bản ", ", version "), s.version()));
  line(say("Đo", "Measures"), s.metric());
  line(say("Mẫu", "Template"), s.template_());
  line(say("Hỏi khi", "Asks on"), TriggerName(say, s));
  line(say("Gửi qua", "Goes out by"), ChannelNames(s));
  if (s.fatigue().has_window()) line(say("Hỏi lại sau", "Asks again after"), SpanName(say, s.fatigue().window()));
  for (const auto& r : s.reminders()) line(say("Nhắc sau", "Reminds after"), SpanName(say, r.after()));
  if (s.daily_limit() > 0) line(say("Tối đa một ngày", "At most a day"), say.Count(s.daily_limit()));
  line(say("Thương hiệu", "Brand"), s.brand());
  line(say("Xưng hô", "Address"), s.address());
  if (s.questions().empty()) return;
  Table table({say("Câu hỏi", "Question"), say("Loại", "Type"), say("Nội dung", "Text"), ""});
  for (const auto& q : s.questions())
    table.Add({q.question_id(), survey::v1::QuestionType::Code_Name(q.type()), TextOf(say, q.text()),
               q.has_show_if() ? say("khi …", "if …") : ""});
  context.out << "\n" << table.Render();
}

int List(const Context& context, const Args& args) {
  const Call call{.path = WithQuery("/v1/surveys", {{"pageSize", args.Value("limit", "1000")}})};
  return AskAndPrint<survey::v1::ListSurveysResponse>(context, args, call, [&](const auto& list) {
    const Say& say = context.say;
    Table table({"id", say("Trạng thái", "State"), say("Đo", "Metric"), say("Hỏi khi", "Asks on"), say("Gửi qua", "By"),
                 say("Tên", "Name")});
    for (const Survey& s : list.surveys())
      table.Add({s.survey_id(), StateName(say, s.state()), s.metric(), TriggerName(say, s), ChannelNames(s),
                 TextOf(say, s.display_name())});
    if (table.empty())
      context.out << say("Chưa có khảo sát nào. Tạo từ mẫu: hoiam survey templates",
                         "There is no survey yet. Make one from a template: hoiam survey templates")
                  << "\n";
    else
      context.out << table.Render();
    if (!list.next_page_token().empty()) context.out << say("… còn nữa: --limit", "… there is more: --limit") << "\n";
    return kDone;
  });
}

int Templates(const Context& context, const Args& args) {
  const Call call{.path = "/v1/templates"};
  return AskAndPrint<survey::v1::ListTemplatesResponse>(context, args, call, [&](const auto& list) {
    const Say& say = context.say;
    Table table({"id", say("Đo", "Metric"), ">" + say("Câu", "Questions"), say("Tên", "Name"), say("Dùng khi", "For")});
    for (const auto& t : list.templates())
      table.Add({t.template_id(), t.metric(), absl::StrCat(t.questions_size()), TextOf(say, t.display_name()),
                 TextOf(say, t.description())});
    context.out << table.Render()
                << say("Tạo: hoiam survey create MÃ --template …", "Make one: hoiam survey create ID --template …")
                << "\n";
    return kDone;
  });
}

// The options of `create` as a survey; INVALID_ARGUMENT says which one is wrong.
absl::StatusOr<Survey> SurveyOf(const Args& args) {
  Survey s;
  const auto bad = [&](const char* option, absl::string_view wants) {
    return absl::InvalidArgumentError(absl::StrCat("--", option, " ", args.Value(option), ": ", wants));
  };
  const auto list = [&](const char* option) -> std::vector<std::string> {
    return absl::StrSplit(args.Value(option), ',', absl::SkipEmpty());
  };
  s.set_template_(args.Value("template"));
  s.set_brand(args.Value("brand"));
  s.set_address(args.Value("address"));
  if (args.Has("name")) {
    s.mutable_display_name()->set_vi(args.Value("name"));
    s.mutable_display_name()->set_en(args.Value("name"));
  }
  for (const std::string& name : list("on")) {
    TriggerEvent::Code event;
    if (TriggerEvent::Code_Parse(absl::AsciiStrToUpper(name), &event))
      s.mutable_trigger()->set_on(event);
    else
      s.mutable_trigger()->add_interaction_types(absl::AsciiStrToUpper(name));
  }
  for (const std::string& id : list("touchpoint")) s.mutable_trigger()->add_touchpoints(id);
  for (const std::string& name : list("channel")) {
    DeliveryChannel::Code channel;
    if (!DeliveryChannel::Code_Parse(absl::AsciiStrToUpper(name), &channel) || channel == DeliveryChannel::UNSPECIFIED)
      return bad("channel", "must be link or email, or both: email,link");
    s.add_channels(channel);
  }
  if (args.Has("sample")) {
    double percent;
    if (!absl::SimpleAtod(absl::StripSuffix(args.Value("sample"), "%"), &percent))
      return bad("sample", "must be a percentage such as 50");
    s.mutable_trigger()->set_sample_percent(percent);
  }
  if (args.Has("delay")) {
    const auto delay = ParseSpan(args.Value("delay"));
    if (!delay) return bad("delay", "must be a time such as 2h, 30m or 3d");
    s.mutable_trigger()->mutable_delay()->set_seconds(absl::ToInt64Seconds(*delay));
  }
  for (const std::string& text : list("remind")) {
    const auto after = ParseSpan(text);
    if (!after) return bad("remind", "must be times such as 3d,7d");
    s.add_reminders()->mutable_after()->set_seconds(absl::ToInt64Seconds(*after));
  }
  return s;
}

int Create(const Context& context, const Args& args, const std::string& id) {
  static constexpr const char* kOptions[] = {"template",   "brand",   "address", "name",  "on",
                                             "touchpoint", "channel", "sample",  "delay", "remind"};
  std::string body;
  if (args.Has("file")) {
    for (const char* option : kOptions) {
      if (args.Has(option))
        return Misuse(context, "survey", absl::StrCat("--file is the whole survey: leave out --", option));
    }
    std::ifstream in(args.Value("file"), std::ios::binary);
    if (!in) return Misuse(context, "survey", absl::StrCat("cannot read ", args.Value("file")));
    body.assign(std::istreambuf_iterator<char>(in), {});
  } else {
    if (!args.Has("template"))
      return Misuse(context, "survey", "create needs --template T (hoiam survey templates) or --file survey.json");
    const auto survey = SurveyOf(args);
    if (!survey.ok()) return Misuse(context, "survey", survey.status().message());
    body = ToJson(*survey);
  }
  const Call call{.method = "POST", .path = WithQuery("/v1/surveys", {{"surveyId", id}}), .body = body};
  return AskAndPrint<Survey>(context, args, call, [&](const Survey& s) {
    PrintSurvey(context, s);
    if (s.state() == survey::v1::SurveyState::DRAFT)
      context.out << "\n"
                  << context.say("Cho chạy: hoiam survey activate ", "Let it ask: hoiam survey activate ") << id
                  << "\n";
    return kDone;
  });
}

int Show(const Context& context, const Args& args, const std::string& id) {
  return AskAndPrint<Survey>(context, args, {.path = SurveyPath(id)}, [&](const Survey& s) {
    PrintSurvey(context, s);
    return kDone;
  });
}

int Move(const Context& context, const Args& args, const std::string& id, const std::string& verb) {
  const Call call{.method = "POST", .path = absl::StrCat(SurveyPath(id), ":", verb), .body = "{}"};
  return AskAndPrint<Survey>(context, args, call, [&](const Survey& s) {
    context.out << id << ": " << StateName(context.say, s.state()) << "\n";
    return kDone;
  });
}

}  // namespace

std::string TextOf(const Say& say, const survey::v1::LocalizedText& text) {
  const std::string first = say(text.vi(), text.en());
  return first.empty() ? say(text.en(), text.vi()) : first;
}

std::string SurveyPath(const std::string& id) { return "/v1/surveys/" + PercentEncode(id); }

int FailWithHint(const Context& context, const absl::Status& status) {
  static constexpr struct {
    const char *reason, *vi, *en;
  } kHints[] = {
      {"SURVEY_NOT_FOUND", "Các khảo sát đang có: hoiam survey list", "Those that are there: hoiam survey list"},
      {"UNKNOWN_TEMPLATE", "Các mẫu: hoiam survey templates", "The templates: hoiam survey templates"},
      {"ID_REUSED", "Mã này đã có khảo sát khác: chọn mã mới, hoặc hoiam survey show MÃ",
       "Another survey has this id: take a new one, or look at it: hoiam survey show ID"},
      {"SURVEY_TRANSITION_REFUSED", "Đã lưu trữ thì không chạy lại được: hoiam survey create …",
       "What is archived does not come back: hoiam survey create …"},
      {"CUSTOMER_NOT_FOUND", "Mã khách như CRM gửi sang", "The customer's id as the CRM sends it"},
  };
  Fail(context, status);
  for (const auto& hint : kHints) {
    if (ReasonOf(status) == hint.reason) context.err << context.say(hint.vi, hint.en) << "\n";
  }
  return kFailed;
}

int RunSurvey(const Context& context, const std::vector<std::string>& words) {
  const auto args = Args::Parse(words,
                                {"template", "brand", "address", "name", "on", "touchpoint", "channel", "sample",
                                 "delay", "remind", "file", "from", "to", "survey", "limit"},
                                {"json", "by-touchpoint"});
  if (!args.ok()) return Misuse(context, "survey", args.status().message());
  const auto& w = args->words();
  const std::string what = w.empty() ? "list" : w[0];
  if (w.size() <= 1 && what == "list") return List(context, *args);
  if (w.size() == 1 && what == "templates") return Templates(context, *args);
  if (w.size() == 1 && what == "metrics") return PrintMetrics(context, *args);
  if (w.size() == 2) {
    if (what == "show") return Show(context, *args, w[1]);
    if (what == "create") return Create(context, *args, w[1]);
    if (what == "activate" || what == "pause" || what == "archive") return Move(context, *args, w[1], what);
    if (what == "funnel") return PrintFunnel(context, *args, w[1]);
    if (what == "why") return PrintWhy(context, *args, w[1]);
    if (what == "waves") return PrintWaves(context, *args, w[1]);
    if (what == "metric") return DefineMetric(context, *args, w[1]);
  }
  return Misuse(context, "survey",
                "takes: templates, metrics, list, or metric with a metric's id, or show, create, activate, pause, "
                "archive, funnel, waves with a survey's id, "
                "or why with a customer's");
}

}  // namespace hoiam::cli
