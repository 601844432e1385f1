#include <algorithm>

#include "absl/strings/str_cat.h"
#include "cli/commands/names.h"
#include "cli/commands/survey.h"
#include "cli/term/table.h"

namespace hoiam::cli {
namespace {

using survey::v1::Funnel;
using survey::v1::FunnelStep;
using Step = survey::v1::Funnel::Step;

constexpr size_t kBarWidth = 30;
constexpr int kMaxSkips = 8;

// `part` of `whole` as a bar of at most kBarWidth columns.
std::string PartBar(double part, double whole) {
  if (!(part > 0) || !(whole > 0)) return "";
  return Bar({part}, std::max<size_t>(1, static_cast<size_t>(kBarWidth * std::min(part / whole, 1.0) + 0.5)));
}

std::string Percent(const Say& say, double percent) { return say.Number(percent, 1) + "%"; }

int64_t CountOf(const Funnel& row, FunnelStep::Code step) {
  for (const Step& s : row.steps()) {
    if (s.step() == step) return s.count();
  }
  return 0;
}

void PrintSteps(const Context& context, const Funnel& row) {
  const Say& say = context.say;
  const double widest = row.steps().empty() ? 0 : static_cast<double>(row.steps(0).count());
  Table table({say("Bước", "Step"), ">" + say("Người", "People"), ">" + say("% bước trước", "% of step before"),
               ">" + say("% đã gửi", "% of sent"), ""});
  for (const Step& s : row.steps())
    table.Add({StepName(say, s.step()), say.Count(s.count()),
               s.has_percent_of_previous() ? Percent(say, s.percent_of_previous()) : "",
               s.has_percent_of_sent() ? Percent(say, s.percent_of_sent()) : "",
               PartBar(static_cast<double>(s.count()), widest)});
  context.out << table.Render();
  if (row.bounced() > 0) context.out << say("Thư bị trả lại: ", "Mails that came back: ") << row.bounced() << "\n";
  if (row.reminders() > 0) context.out << say("Lần nhắc lại: ", "Reminders: ") << row.reminders() << "\n";
}

void PrintSkips(const Context& context, const Funnel& row) {
  if (row.skips().empty()) return;
  const Say& say = context.say;
  const double most = static_cast<double>(row.skips(0).count());
  Table table({say("Vì sao không hỏi", "Why not asked"), ">" + say("Lần", "Times"), ""});
  for (int i = 0; i < std::min(row.skips_size(), kMaxSkips); ++i) {
    const Funnel::Skip& s = row.skips(i);
    table.Add({ReasonName(say, s.reason()), say.Count(s.count()), PartBar(static_cast<double>(s.count()), most)});
  }
  context.out << "\n" << table.Render();
}

void PrintQuestions(const Context& context, const Funnel& row) {
  const bool seen =
      std::any_of(row.questions().begin(), row.questions().end(), [](const auto& q) { return q.shown(); });
  if (!seen) return;
  const Say& say = context.say;
  Table table({say("Câu hỏi", "Question"), ">" + say("Thấy", "Shown"), ">" + say("Trả lời", "Answered"),
               ">" + say("Bỏ qua", "Drop-off"), ""});
  for (const Funnel::QuestionRow& q : row.questions())
    table.Add({q.question_id(), say.Count(q.shown()), say.Count(q.answered()),
               q.has_drop_off_percent() ? Percent(say, q.drop_off_percent()) : "",
               q.has_drop_off_percent() ? PartBar(q.drop_off_percent(), 100) : ""});
  context.out << "\n" << table.Render();
}

void PrintTouchpoints(const Context& context, const survey::v1::GetFunnelResponse& funnel) {
  const Say& say = context.say;
  Table table({say("Điểm chạm", "Touchpoint"), ">" + say("Được phép hỏi", "Eligible"), ">" + say("Đã gửi", "Sent"),
               ">" + say("Bắt đầu", "Started"), ">" + say("Xong", "Finished"), ">" + say("% đã gửi", "% of sent"), "",
               say("Thường không hỏi vì", "Mostly not asked because")});
  for (const Funnel& row : funnel.rows()) {
    if (row.touchpoint().empty()) continue;
    const auto sent = static_cast<double>(CountOf(row, FunnelStep::SENT)),
               finished = static_cast<double>(CountOf(row, FunnelStep::FINISHED));
    table.Add({row.touchpoint(), say.Count(CountOf(row, FunnelStep::ELIGIBLE)),
               say.Count(CountOf(row, FunnelStep::SENT)), say.Count(CountOf(row, FunnelStep::STARTED)),
               say.Count(CountOf(row, FunnelStep::FINISHED)), sent > 0 ? Percent(say, 100 * finished / sent) : "",
               PartBar(finished, sent), row.skips().empty() ? "" : ReasonName(say, row.skips(0).reason())});
  }
  if (!table.empty()) context.out << "\n" << table.Render();
}

// What one rule says, with the moment at which it opens and whose ask fills it.
std::string VerdictText(const Say& say, const survey::v1::RuleVerdict& rule) {
  const std::string words = TextOf(say, rule.text());
  if (!words.empty() || rule.allows()) return words;
  std::string out = ReasonName(say, rule.reason());
  if (!rule.blocked_by().empty()) absl::StrAppend(&out, " (", rule.blocked_by(), ")");
  if (rule.has_opens_time()) absl::StrAppend(&out, say(", từ ", ", from "), say.Time(ToTime(rule.opens_time())));
  return out;
}

std::string LastDecision(const Say& say, const survey::v1::Dispatch& last) {
  if (last.decision() == survey::v1::DispatchDecision::INVITED)
    return absl::StrCat(say("đã hỏi", "asked"), last.invitation().empty() ? "" : " · ", last.invitation());
  return absl::StrCat(say("không hỏi: ", "not asked: "), ReasonName(say, last.reason()),
                      last.rule().empty() ? "" : absl::StrCat(" (", last.rule(), ")"));
}

void PrintSurveyVerdicts(const Context& context, const survey::v1::SurveyEligibility& survey) {
  const Say& say = context.say;
  context.out << (survey.eligible() ? "✓ " : "✗ ") << survey.survey() << "  ";
  if (survey.eligible()) {
    context.out << say("hỏi được", "would ask");
    if (survey.has_send_time())
      context.out << say(", gửi lúc ", ", going out at ") << say.Time(ToTime(survey.send_time()));
  } else if (survey.has_eligible_time()) {
    context.out << say("hỏi lại được từ ", "would ask from ") << say.Time(ToTime(survey.eligible_time()));
  } else {
    context.out << say("không hỏi, chờ cũng không được", "would not ask, and waiting does not help");
  }
  context.out << "\n";
  size_t widest = 0;
  for (const auto& rule : survey.rules()) widest = std::max(widest, DisplayWidth(rule.rule()));
  for (const auto& rule : survey.rules())
    context.out << (rule.allows() ? "  ✓ " : "  ✗ ") << rule.rule()
                << std::string(widest - DisplayWidth(rule.rule()) + 2, ' ') << VerdictText(say, rule) << "\n";
  if (survey.has_last_dispatch())
    context.out << say("  Lần gần nhất: ", "  Last time: ") << LastDecision(say, survey.last_dispatch()) << "\n";
}

}  // namespace

int PrintFunnel(const Context& context, const Args& args, const std::string& survey) {
  const auto from = TimeArgument(args.Value("from"), context.say.zone()),
             to = TimeArgument(args.Value("to"), context.say.zone());
  if (!from.ok()) return Misuse(context, "survey", from.status().message());
  if (!to.ok()) return Misuse(context, "survey", to.status().message());
  const Call call{
      .path = WithQuery(
          SurveyPath(survey) + "/funnel",
          {{"startTime", *from}, {"endTime", *to}, {"byTouchpoint", args.Has("by-touchpoint") ? "true" : ""}})};
  return AskAndPrint<survey::v1::GetFunnelResponse>(context, args, call, [&](const auto& funnel) {
    if (funnel.rows().empty()) return Fail(context, absl::InternalError("the answer has no row of all touchpoints"));
    const Funnel& all = funnel.rows(0);
    if (CountOf(all, FunnelStep::TRIGGERED) == 0) {
      context.out << context.say("Chưa hỏi ai. Khảo sát đã chạy chưa? hoiam survey show ",
                                 "Nobody was asked. Is the survey active? hoiam survey show ")
                  << survey << "\n";
      return kDone;
    }
    PrintSteps(context, all);
    PrintSkips(context, all);
    PrintQuestions(context, all);
    PrintTouchpoints(context, funnel);
    return kDone;
  });
}

int PrintWhy(const Context& context, const Args& args, const std::string& customer) {
  const Call call{.path = WithQuery(absl::StrCat("/v1/customers/", PercentEncode(customer), "/eligibility"),
                                    {{"survey", args.Value("survey")}})};
  return AskAndPrint<survey::v1::GetEligibilityResponse>(context, args, call, [&](const auto& answer) {
    if (answer.surveys().empty()) {
      context.out << context.say("Không có khảo sát nào đang chạy: hoiam survey list",
                                 "No survey is active: hoiam survey list")
                  << "\n";
      return kDone;
    }
    for (int i = 0; i < answer.surveys_size(); ++i) {
      if (i != 0) context.out << "\n";
      PrintSurveyVerdicts(context, answer.surveys(i));
    }
    return kDone;
  });
}

int PrintWaves(const Context& context, const Args& args, const std::string& survey) {
  const Call call{.path = WithQuery(SurveyPath(survey) + "/waves", {{"pageSize", args.Value("limit", "50")}})};
  return AskAndPrint<survey::v1::ListWavesResponse>(context, args, call, [&](const auto& list) {
    const Say& say = context.say;
    Table table({"id", say("Trạng thái", "State"), ">" + say("Được chọn", "Drawn"), ">" + say("Đã hỏi", "Asked"),
                 ">" + say("Không hỏi được", "Not askable"), ">" + say("Trả lời", "Answers"), "",
                 say("Bắt đầu", "Begins"), say("Hạt giống", "Seed")});
    for (const auto& w : list.waves())
      table.Add({w.wave_id(), StateName(say, w.state()), say.Count(w.drawn()), say.Count(w.invited()),
                 say.Count(w.skipped()), say.Count(w.responses()), PartBar(w.responses(), w.invited()),
                 say.Time(ToTime(w.has_start_time() ? w.start_time() : w.create_time())),
                 absl::StrCat(w.sample().seed())});
    if (table.empty())
      context.out << say("Chưa có đợt nào.", "There is no wave yet.") << "\n";
    else
      context.out << table.Render();
    if (!list.next_page_token().empty()) context.out << say("… còn nữa: --limit", "… there is more: --limit") << "\n";
    return kDone;
  });
}

}  // namespace hoiam::cli
