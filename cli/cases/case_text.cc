#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/api/time.h"
#include "cli/cases/texts.h"
#include "cli/cases/words.h"
#include "cli/term/table.h"

namespace hoiam::cli {
namespace {

namespace pb = loop::v1;

constexpr size_t kLabelWidth = 22;
constexpr size_t kCommentWidth = 40;
constexpr size_t kTextWidth = 200;

bool HasScore(const pb::CaseAnswer& a) { return !a.has_scored() || a.scored(); }

std::string AnswerScore(const pb::CaseAnswer& a) {
  return HasScore(a) ? absl::StrCat(a.metric(), " ", a.score()) : a.metric();
}

std::string NextText(const Say& say, const pb::Case& c, absl::Time now) {
  const auto next = NextOf(say, c);
  return next ? absl::StrCat(next->what, ": ", Left(say, next->at - now)) : "";
}

// "name                  value": a line of a sheet; nothing for an empty value.
class Sheet {
 public:
  void Line(const std::string& name, const std::string& value) {
    if (value.empty()) return;
    const size_t width = DisplayWidth(name);
    absl::StrAppend(&text_, name, std::string(width < kLabelWidth ? kLabelWidth - width : 1, ' '), value, "\n");
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string Money(const Say& say, const pb::Compensation& got) {
  return absl::StrCat(got.type(), got.amount().empty() ? "" : " " + say.Money(got.amount(), got.currency()),
                      got.approved_by().empty() ? "" : say(" · duyệt: ", " · approved by ") + got.approved_by());
}

std::string Solution(const Say& say, const pb::CaseSolution& s) {
  using S = pb::SolutionState;
  return absl::StrCat(Fit(s.text(), kTextWidth), " · ",
                      s.state() == S::ACCEPTED   ? say("khách đồng ý", "the customer agreed")
                      : s.state() == S::DECLINED ? say("khách không đồng ý", "the customer declined")
                                                 : say("chờ khách trả lời", "not answered yet"));
}

std::string SaidTwice(const Say& say, const pb::SaidTwice& said) {
  return absl::StrCat(said.root_cause(), " · ", RelationName(say, said.relation()), " · ", said.case_id());
}

void Head(const Say& say, const pb::Case& c, absl::Time now, Sheet& sheet) {
  sheet.Line(say("Phiếu xử lý", "Case"), c.case_id());
  sheet.Line(say("Trạng thái", "State"), StateName(say, c.state()));
  sheet.Line(say("Việc kế tiếp", "Next"), NextText(say, c, now));
  sheet.Line(say("Ưu tiên", "Priority"),
             absl::StrCat(pb::Priority::Code_Name(c.priority()), " · ", KindName(say, c.kind()),
                          c.origin() == pb::CaseOrigin::PROACTIVE ? say(" · chủ động", " · proactive") : ""));
  sheet.Line(say("Khách hàng", "Customer"), c.customer_id());
  sheet.Line(say("Vì sao mở", "Why"), c.reason());
  sheet.Line(say("Điểm chạm", "Touchpoint"), c.touchpoint());
  sheet.Line(say("Cửa hàng", "Shop"), c.shop());
  sheet.Line(say("Lô hàng", "Lot"), c.lot());
  sheet.Line(say("Người xử lý", "Owner"), c.owner());
  sheet.Line(say("Bộ phận xử lý", "Team"), c.team());
  sheet.Line(say("Đã báo cấp trên", "Escalated to"), absl::StrJoin(c.escalated_to(), " → "));
  std::vector<std::string> late;
  for (const int d : c.overdue()) late.push_back(DeadlineName(say, static_cast<pb::Deadline::Code>(d)));
  sheet.Line(say("Quá hạn", "Overdue"), absl::StrJoin(late, ", "));
  sheet.Line(say("Nguyên nhân gốc", "Root cause"), c.root_cause());
  sheet.Line(say("Bộ phận phát sinh", "Originator team"), c.originator_team());
  for (const pb::CaseNeed& need : c.needs())
    sheet.Line(need.kind() == pb::NeedKind::WISH ? say("Khách mong", "Wish") : say("Khách cần", "Need"),
               Fit(need.text(), kTextWidth));
  if (c.has_solution()) sheet.Line(say("Đề xuất", "Proposal"), Solution(say, c.solution()));
  if (c.has_compensation()) sheet.Line(say("Bồi hoàn", "Compensation"), Money(say, c.compensation()));
  sheet.Line(say("Đã làm", "Resolution"), Fit(c.resolution(), kTextWidth));
  sheet.Line(say("Khách trả lời", "Customer's reply"), Fit(c.customer_reply(), kTextWidth));
  sheet.Line(say("Bằng chứng", "Evidence"), VerificationName(say, c.verification()));
  if (c.has_said_twice()) sheet.Line(say("Phải nói hai lần", "Said twice"), SaidTwice(say, c.said_twice()));
  if (c.has_fix_failed()) sheet.Line(say("Khắc phục không xong", "The fix failed"), SaidTwice(say, c.fix_failed()));
  sheet.Line(say("Trang cho khách", "Customer's page"), c.status_link());
  for (const auto& a : c.answers())
    sheet.Line(a.recovery() ? say("Hỏi lại sau xử lý", "Recovery answer") : say("Ý kiến nguyên văn", "Answer"),
               absl::StrCat(AnswerScore(a), a.touchpoint().empty() ? "" : "  " + a.touchpoint(),
                            a.comment().empty() ? "" : "  " + Fit(a.comment(), kTextWidth)));
}

std::string MessagesText(const Say& say, const std::vector<pb::CaseMessage>& messages) {
  Table table({say("Thời gian", "Time"), say("Chiều", "Way"), say("Kênh", "Channel"), say("Ai", "Who"),
               say("Nội dung", "Text"), ""});
  for (const pb::CaseMessage& m : messages) {
    using S = pb::MessageState;
    const std::string fate = m.auto_reply()           ? say("máy trả lời", "a machine")
                             : m.state() == S::QUEUED ? say("đang gửi", "on its way")
                             : m.state() == S::FAILED ? say("không gửi được: ", "failed: ") + m.failure()
                             : m.state() == S::SENT   ? say("đã gửi", "sent")
                                                      : "";
    table.Add({say.Time(ToTime(m.time())),
               m.direction() == pb::MessageDirection::IN ? say("← khách", "← in") : say("→ khách", "→ out"),
               m.channel(), m.author(), m.text(), fate});
  }
  return table.Render();
}

}  // namespace

std::string CasesText(const Say& say, const std::vector<pb::Case>& cases, absl::Time now) {
  if (cases.empty()) return say("Không có phiếu nào như vậy.\n", "There is no such case.\n");
  Table table({say("Phiếu xử lý", "Case"), "", say("Trạng thái", "State"), say("Việc kế tiếp", "Next"),
               ">" + say("Thời hạn", "Clock"), say("Khách hàng", "Customer"), say("Điểm", "Score"),
               say("Điểm chạm", "Touchpoint"), say("Bộ phận", "Team"), say("Người xử lý", "Owner"),
               say("Ý kiến nguyên văn", "Comment")});
  for (const pb::Case& c : cases) {
    const auto next = NextOf(say, c);
    const bool answered = !c.answers().empty();
    table.Add({c.case_id(), pb::Priority::Code_Name(c.priority()), StateName(say, c.state()), next ? next->what : "",
               next ? Left(say, next->at - now) : "", c.customer_id(), answered ? AnswerScore(c.answers(0)) : "",
               c.touchpoint(), c.team(), c.owner(),
               Fit(answered ? c.answers(0).comment() : c.reason(), kCommentWidth)});
  }
  return table.Render();
}

std::string CaseText(const Say& say, const pb::Case& c, const std::vector<pb::CaseMessage>& messages, absl::Time now) {
  Sheet sheet;
  Head(say, c, now, sheet);
  std::string out = sheet.text();
  Table history({say("Thời gian", "Time"), say("Ai", "Who"), say("Việc", "Action"), say("Trạng thái", "State"),
                 say("Ghi chú", "Note")});
  for (const auto& h : c.history())
    history.Add({say.Time(ToTime(h.time())), h.actor(), ActionName(say, h.action()), StateName(say, h.to()), h.note()});
  absl::StrAppend(&out, "\n", history.Render());
  if (!messages.empty()) absl::StrAppend(&out, "\n", MessagesText(say, messages));
  const std::string next = NextStepsText(say, c);
  if (!next.empty()) absl::StrAppend(&out, "\n", next);
  return out;
}

}  // namespace hoiam::cli
