#include "loop_service/domain/notice_text.h"

#include <array>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "loop_service/domain/calendar.h"
#include "platform/base/ids.h"
#include "platform/base/text.h"

namespace hoiam::loop {
namespace {

constexpr absl::string_view kAnyone = "anh/chị";
constexpr size_t kMaxSaidChars = 2000;  // of the customer's own words, quoted in a mail

std::string Escape(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}});
}

// As people say it.
absl::string_view AddressOf(absl::string_view honorific) {
  constexpr std::array<absl::string_view, 6> kKnown = {"anh", "chị", "cô", "chú", "bác", "quý khách"};
  const std::string lower = absl::AsciiStrToLower(honorific);  // "Chị": only the first letter is ever great
  for (const absl::string_view known : kKnown)
    if (lower == known) return known;
  return kAnyone;
}

// At the head of a sentence: all these words begin with an ASCII letter.
std::string Capital(absl::string_view words) {
  std::string out(words);
  if (!out.empty()) out[0] = absl::ascii_toupper(static_cast<unsigned char>(out[0]));
  return out;
}

std::string Shortened(const std::string& text, size_t max_chars) {
  if (Utf8Length(text) <= max_chars) return text;
  size_t at = 0;
  for (size_t chars = 0; chars < max_chars; ++chars) do
      ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80);
  return absl::StrCat(text.substr(0, at), "…");
}

// A mail as its parts; every paragraph may have several lines.
struct Parts {
  std::string language = "vi";
  std::string subject;
  std::vector<std::string> paragraphs;
  std::string button, link;  // "": none
  std::string signature;
};

std::string Text(const Parts& p) {
  std::string out;
  for (const std::string& paragraph : p.paragraphs) absl::StrAppend(&out, paragraph, "\n\n");
  if (!p.link.empty()) absl::StrAppend(&out, p.button, ": ", p.link, "\n\n");
  return absl::StrCat(out, p.signature, "\n");
}

std::string Html(const Parts& p) {
  std::string out = absl::StrCat(
      "<!DOCTYPE html>\n<html lang=\"", p.language, "\"><head><meta charset=\"utf-8\">",
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>", Escape(p.subject),
      "</title></head>\n<body style=\"margin:0;padding:16px;background:#f4f5f7;color:#1c1e21;font-family:system-ui,"
      "-apple-system,'Segoe UI',Roboto,Arial,sans-serif;font-size:16px;line-height:1.5\">\n<div style=\"max-width:"
      "560px;margin:0 auto;padding:24px;background:#fff\">\n");
  for (const std::string& paragraph : p.paragraphs)
    absl::StrAppend(&out, "<p>", absl::StrReplaceAll(Escape(paragraph), {{"\n", "<br>\n"}}), "</p>\n");
  if (!p.link.empty())
    absl::StrAppend(&out, "<p style=\"text-align:center\"><a href=\"", Escape(p.link),
                    "\" style=\"display:inline-block;padding:12px 20px;border-radius:6px;background:#1b5fc1;color:#fff;"
                    "text-decoration:none\">",
                    Escape(p.button), "</a></p>\n");
  return absl::StrCat(out, "<p>", Escape(p.signature), "</p>\n</div>\n</body></html>\n");
}

MailText Written(const Parts& p) { return {p.subject, Text(p), Html(p)}; }

std::string TeamName(const Playbook& playbook, const std::string& team) {
  const Team* found = playbook.FindTeam(team);
  return found && !found->display_name.empty() ? found->display_name : "";
}

// What the customer said: the comment of the answer that opened it, or why it was opened by hand.
std::string SaidOf(const Case& c) {
  if (c.answers.empty()) return c.origin == CaseOrigin::kReactive ? c.reason : "";
  return c.answers.front().comment;
}

Parts Vietnamese(NoticeKind kind, const Case& c, const Playbook& playbook, const Addressee& to, const Letter& letter,
                 absl::Time now) {
  const absl::TimeZone zone = playbook.CalendarOf(c.team).zone;
  const std::string you(AddressOf(to.honorific)), You = Capital(you);
  const bool by_name = you != kAnyone && !to.given_name.empty();
  const std::string called = by_name ? absl::StrCat(you, " ", to.given_name) : you;
  const std::string& brand = playbook.policy().brand;
  const std::string team = TeamName(playbook, c.team);
  Parts p;
  p.signature = brand.empty() ? team.empty() ? "Trân trọng" : team : brand;
  p.button = "Xem việc của tôi";
  p.paragraphs = {absl::StrCat("Chào ", called, ",")};
  if (kind == NoticeKind::kThanks) {
    p.subject = absl::StrCat(brand.empty() ? "Chúng tôi" : brand, " đã nhận được góp ý của ", called);
    const std::string promise = c.contacted_at || c.contact_by <= now
                                    ? absl::StrCat(team.empty() ? "Chúng tôi" : team, " đang xử lý ạ.")
                                    : absl::StrCat(team.empty() ? "Chúng tôi" : team, " sẽ liên hệ trước ",
                                                   TimeAndDay(c.contact_by, zone), ".");
    p.paragraphs.push_back(absl::StrCat("Cảm ơn ", you, " đã nói thẳng. ", promise));
    p.paragraphs.push_back(
        absl::StrCat(You, " có thể xem việc được xử lý đến đâu và viết thêm cho chúng tôi tại trang dưới đây ạ."));
  } else if (kind == NoticeKind::kDone) {
    p.subject = absl::StrCat("Góp ý của ", called, ": chúng tôi đã xử lý");
    const std::string day = absl::FormatTime("%d/%m/%Y", c.create_time, zone);
    const std::string said = SaidOf(c);
    p.paragraphs.push_back(
        said.empty() ? absl::StrCat("Ngày ", day, ", ", you, " đã góp ý với chúng tôi.")
                     : absl::StrCat("Ngày ", day, ", ", you, " có góp ý:\n“", Shortened(said, kMaxSaidChars), "”"));
    p.paragraphs.push_back(absl::StrCat("Chúng tôi đã làm:\n“", c.resolution, "”"));
    p.paragraphs.push_back(absl::StrCat("Đến nay việc này đã ổn chưa ạ? ", You, " trả lời giúp tại trang dưới đây ạ."));
    p.button = "Đã ổn hay chưa ổn";
  } else {
    p.subject = letter.subject.empty() ? absl::StrCat("Về góp ý của ", called) : letter.subject;
    p.paragraphs = {letter.text};
  }
  return p;
}

Parts English(NoticeKind kind, const Case& c, const Playbook& playbook, const Addressee& to, const Letter& letter,
              absl::Time now) {
  const absl::TimeZone zone = playbook.CalendarOf(c.team).zone;
  const std::string& brand = playbook.policy().brand;
  const std::string team = TeamName(playbook, c.team);
  Parts p;
  p.language = "en";
  p.signature = brand.empty() ? team.empty() ? "With kind regards" : team : brand;
  p.button = "See how it stands";
  p.paragraphs = {to.given_name.empty() ? "Hello," : absl::StrCat("Hello ", to.given_name, ",")};
  if (kind == NoticeKind::kThanks) {
    p.subject = absl::StrCat(brand.empty() ? "We have" : absl::StrCat(brand, " has"), " heard you");
    const std::string promise =
        c.contacted_at || c.contact_by <= now
            ? absl::StrCat(team.empty() ? "We are" : absl::StrCat(team, " is"), " working on it.")
            : absl::StrCat(team.empty() ? "We" : team, " will get in touch with you before ",
                           TimeAndDay(c.contact_by, zone), ".");
    p.paragraphs.push_back(absl::StrCat("Thank you for being frank with us. ", promise));
    p.paragraphs.push_back("On the page below you can see how it stands, and write to us.");
  } else if (kind == NoticeKind::kDone) {
    p.subject = "You said, we did";
    const std::string day = absl::FormatTime("%d/%m/%Y", c.create_time, zone);
    const std::string said = SaidOf(c);
    p.paragraphs.push_back(said.empty()
                               ? absl::StrCat("On ", day, " you told us that something was wrong.")
                               : absl::StrCat("On ", day, " you said:\n“", Shortened(said, kMaxSaidChars), "”"));
    p.paragraphs.push_back(absl::StrCat("This is what we did:\n“", c.resolution, "”"));
    p.paragraphs.push_back("Is it settled? Please tell us on the page below.");
    p.button = "Settled, or not yet";
  } else {
    p.subject = letter.subject.empty() ? "About what you told us" : letter.subject;
    p.paragraphs = {letter.text};
  }
  return p;
}

struct Headline {
  std::string vi, en;
};

Headline DeadlineWords(absl::string_view which) {
  if (which == Name(Deadline::kAcknowledge)) return {"tiếp nhận", "to be acknowledged"};
  if (which == Name(Deadline::kContact)) return {"liên hệ khách", "to contact the customer"};
  return {"xử lý xong", "to be resolved"};
}

absl::Time DeadlineOf(const Case& c, absl::string_view which) {
  if (which == Name(Deadline::kAcknowledge)) return c.acknowledge_by;
  return which == Name(Deadline::kContact) ? c.contact_by : c.resolve_by;
}

Headline HeadlineOf(NoticeKind kind, const Case& c, absl::string_view note, absl::TimeZone zone) {
  const std::string by = TimeAndDay(c.acknowledge_by, zone);
  switch (kind) {
    case NoticeKind::kOpened:
      return {absl::StrCat("Cảnh báo khẩn: có phiếu mới, cần tiếp nhận trước ", by),
              absl::StrCat("New case, to be acknowledged by ", by)};
    case NoticeKind::kReopened:
      return {absl::StrCat("Phiếu được mở lại, cần tiếp nhận trước ", by),
              absl::StrCat("Case reopened, to be acknowledged by ", by)};
    case NoticeKind::kAssigned:
      return {"Phiếu được giao cho anh/chị", "A case was handed to you"};
    case NoticeKind::kAnswer:
      return {"Khách có thêm ý kiến trong phiếu", "The customer said more"};
    case NoticeKind::kEscalated:
      return {"Chưa ai tiếp nhận phiếu đúng hạn, báo lên cấp trên", "Nobody acknowledged this case in time"};
    case NoticeKind::kDueSoon: {
      const Headline what = DeadlineWords(note);
      const std::string at = TimeAndDay(DeadlineOf(c, note), zone);
      return {absl::StrCat("Phiếu sắp đến hạn ", what.vi, ": ", at), absl::StrCat("Due soon, ", what.en, ": ", at)};
    }
    case NoticeKind::kOverdue: {
      const Headline what = DeadlineWords(note);
      const std::string at = TimeAndDay(DeadlineOf(c, note), zone);
      return {absl::StrCat("Phiếu quá hạn ", what.vi, ": ", at), absl::StrCat("Overdue, ", what.en, ": ", at)};
    }
    case NoticeKind::kResumed:
      return {"Khách chưa phản hồi, phiếu trở lại Đang xử lý", "The customer has not replied, the case goes on"};
    case NoticeKind::kCustomerMessage:
      return {"Khách vừa viết cho chúng ta", "The customer wrote"};
    case NoticeKind::kSaidTwice:
      return {"Khách phải nói lại: cùng nguyên nhân đã từng khắc phục",
              "Said twice: a cause that was fixed before has come back"};
    case NoticeKind::kFixFailed:
      return {"Cách khắc phục của phiếu này chưa hiệu quả: đã có người nói lại",
              "The fix of this case did not hold: somebody had to say it again"};
    default:
      return {};
  }
}

absl::string_view StateInVietnamese(CaseState s) {
  switch (s) {
    case CaseState::kNew:
      return "Mới";
    case CaseState::kAcknowledged:
      return "Đã tiếp nhận";
    case CaseState::kInProgress:
      return "Đang xử lý";
    case CaseState::kWaitingCustomer:
      return "Chờ khách phản hồi";
    case CaseState::kResolved:
      return "Đã xử lý";
    case CaseState::kVerified:
      return "Đã kiểm chứng";
    case CaseState::kClosed:
      return "Đã đóng";
    case CaseState::kReopened:
      return "Mở lại";
    case CaseState::kCancelled:
      return "Đã hủy";
  }
  return "";
}

// "NPS 3 · delivery".
std::string ScoreAndPlace(const Case& c) {
  std::vector<std::string> parts;
  if (!c.answers.empty()) {
    const CaseAnswer& last = c.answers.back();
    if (last.score) parts.push_back(absl::StrCat(last.metric, " ", *last.score));
  }
  if (!c.touchpoint.empty()) parts.push_back(c.touchpoint);
  return parts.empty() ? "" : parts.size() == 1 ? parts[0] : absl::StrCat(parts[0], " · ", parts[1]);
}

}  // namespace

std::string TimeAndDay(absl::Time t, absl::TimeZone zone) { return absl::FormatTime("%H:%M, %d/%m/%Y", t, zone); }

std::string MailLanguage(absl::string_view locale) {
  return locale.empty() || absl::StartsWithIgnoreCase(locale, "vi") ? "vi" : "en";
}

std::string WithoutContacts(absl::string_view text) {
  constexpr absl::string_view kHidden = "•••";
  constexpr int kFewestDigits = 9;  // "12.500.000 ₫" is an amount; a phone number without its 0 has nine
  std::string out;
  for (size_t at = 0; at < text.size();) {
    if (absl::ascii_isdigit(text[at]) || text[at] == '+') {
      size_t end = at, last = at;
      int digits = 0;
      for (; end < text.size() && (absl::ascii_isdigit(text[end]) || absl::StrContains(" .-+()", text[end])); ++end)
        if (absl::ascii_isdigit(text[end])) ++digits, last = end + 1;
      if (digits >= kFewestDigits) {
        absl::StrAppend(&out, kHidden);
      } else {
        last = std::max(last, at + 1);
        absl::StrAppend(&out, text.substr(at, last - at));
      }
      at = last;
      continue;
    }
    const bool begins = at == 0 || absl::ascii_isspace(text[at - 1]) || absl::StrContains("<(\"'[,;:", text[at - 1]);
    if (begins) {
      const size_t end = std::min(text.find_first_of(" \t\r\n<>()\"'[],;", at), text.size());
      const absl::string_view word = text.substr(at, end - at);
      const size_t sign = word.find('@');
      if (sign != absl::string_view::npos && sign > 0 && absl::StrContains(word.substr(sign), '.')) {
        absl::StrAppend(&out, kHidden);
        at = end;
        continue;
      }
    }
    out += text[at++];
  }
  return out;
}

MailText WriteToCustomer(NoticeKind kind, const Case& c, const Playbook& playbook, const Addressee& to,
                         const Letter& letter, const std::string& link, absl::Time now) {
  const bool vi = to.language == "vi";
  Parts p = vi ? Vietnamese(kind, c, playbook, to, letter, now) : English(kind, c, playbook, to, letter, now);
  p.link = absl::StrCat(link, "?lang=", p.language);
  return Written(p);
}

MailText WriteToStaff(NoticeKind kind, const Case& c, const Playbook& playbook, absl::string_view note) {
  const absl::TimeZone zone = playbook.CalendarOf(c.team).zone;
  const Headline headline = HeadlineOf(kind, c, note, zone);
  const std::string where = ScoreAndPlace(c);
  const std::string case_id = UuidToString(c.case_id);
  Parts p;
  p.subject = absl::StrCat("[", Name(c.priority), "] ", headline.vi, where.empty() ? "" : " · ", where);
  p.paragraphs = {absl::StrCat(headline.vi, ".\n", headline.en, ".")};
  std::string facts = absl::StrCat("Phiếu · Case: ", case_id, "\nƯu tiên · Priority: ", Name(c.priority),
                                   "\nTrạng thái · State: ", StateInVietnamese(c.state), " (", Name(c.state), ")");
  if (!where.empty()) absl::StrAppend(&facts, "\nĐiểm · Score: ", where);
  if (const std::string team = TeamName(playbook, c.team); !team.empty())
    absl::StrAppend(&facts, "\nBộ phận xử lý · Team: ", team);
  if (!c.owner.empty()) absl::StrAppend(&facts, "\nNgười xử lý · Owner: ", WithoutContacts(c.owner));
  if (IsOpen(c.state) && !c.acknowledged_at)
    absl::StrAppend(&facts, "\nTiếp nhận trước · Acknowledge by: ", TimeAndDay(c.acknowledge_by, zone));
  if (IsOpen(c.state) && !c.contacted_at)
    absl::StrAppend(&facts, "\nLiên hệ khách trước · Contact by: ", TimeAndDay(c.contact_by, zone));
  if (IsOpen(c.state)) absl::StrAppend(&facts, "\nXử lý xong trước · Resolve by: ", TimeAndDay(c.resolve_by, zone));
  const std::optional<SaidTwice>& other = kind == NoticeKind::kFixFailed ? c.fix_failed : c.said_twice;
  if (other && (kind == NoticeKind::kSaidTwice || kind == NoticeKind::kFixFailed))
    absl::StrAppend(&facts, "\nPhiếu liên quan · Other case: ", UuidToString(other->case_id));
  p.paragraphs.push_back(std::move(facts));
  for (auto a = c.answers.rbegin(); a != c.answers.rend(); ++a) {
    if (a->comment.empty()) continue;
    p.paragraphs.push_back(
        absl::StrCat("Ý kiến nguyên văn · Verbatim:\n“", Shortened(WithoutContacts(a->comment), kMaxSaidChars), "”"));
    break;
  }
  if (c.answers.empty() && !c.reason.empty())
    p.paragraphs.push_back(
        absl::StrCat("Lý do · Reason:\n“", Shortened(WithoutContacts(c.reason), kMaxSaidChars), "”"));
  p.signature = "Hoiam";
  return Written(p);
}

}  // namespace hoiam::loop
