#include "survey_service/domain/mail_text.h"

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "survey_service/domain/invitation_text.h"
#include "survey_service/domain/placeholders.h"

namespace hoiam::survey {
namespace {

std::string Escape(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}});
}

// As people say it: "chị"; "anh/chị" for one that is not known.
absl::string_view AddressOf(absl::string_view honorific) {
  constexpr std::array<absl::string_view, 6> kKnown = {"anh", "chị", "cô", "chú", "bác", "quý khách"};
  const std::string folded = absl::AsciiStrToLower(ToAscii(honorific));
  for (const absl::string_view known : kKnown)
    if (absl::AsciiStrToLower(ToAscii(known)) == folded) return known;
  return kAddressVi;
}

struct Parts {
  std::string subject, greeting, thanks, ask, button, why, unsubscribe;
};

Parts Vietnamese(const MailWords& w) {
  const absl::string_view you = AddressOf(w.honorific);
  const std::string called =
      you == kAddressVi || w.given_name.empty() ? std::string(you) : absl::StrCat(you, " ", w.given_name);
  Parts p;
  p.subject = w.reminder ? absl::StrCat(w.brand, " vẫn mong nghe ý kiến của ", called)
                         : absl::StrCat(Capitalised(called), " đánh giá giúp ", w.brand, " nhé, chỉ 10 giây");
  p.greeting = absl::StrCat("Chào ", called, ",");
  p.thanks = w.reminder ? absl::StrCat("Hôm trước chúng tôi có gửi ", you, " một câu hỏi ngắn. Nếu ", you,
                                       " chưa kịp trả lời, chúng tôi vẫn rất mong nghe ý kiến ạ.")
             : w.bought ? absl::StrCat("Cảm ơn ", you, " đã mua hàng của ", w.brand, ".")
                        : absl::StrCat("Cảm ơn ", you, " đã tin tưởng ", w.brand, ".");
  p.ask = w.question.empty() ? absl::StrCat(Capitalised(you), " dành ít phút trả lời giúp chúng tôi ạ.")
                             : absl::StrCat(Capitalised(you), " chọn giúp một điểm, chỉ mất 10 giây ạ.");
  p.button = "Mở khảo sát";
  p.why = absl::StrCat(Capitalised(you), " nhận thư này vì là khách hàng của ", w.brand, ".");
  p.unsubscribe = "Không nhận khảo sát nữa";
  return p;
}

Parts English(const MailWords& w) {
  Parts p;
  const std::string to = w.given_name.empty() ? "" : absl::StrCat(w.given_name, ", ");
  p.subject =
      w.reminder
          ? absl::StrCat(to, w.given_name.empty() ? "We" : "we", " would still like to hear from you – ", w.brand)
          : absl::StrCat(to, w.given_name.empty() ? "One" : "one", " question from ", w.brand, ", 10 seconds");
  p.greeting = w.given_name.empty() ? "Hello," : absl::StrCat("Hello ", w.given_name, ",");
  p.thanks = w.reminder
                 ? "A few days ago we sent you a short question. If you have not found the time yet, we would still be "
                   "glad to hear from you."
             : w.bought ? absl::StrCat("Thank you for buying from ", w.brand, ".")
                        : absl::StrCat("Thank you for being a customer of ", w.brand, ".");
  p.ask = w.question.empty() ? "Would you answer a few questions for us?" : "Please pick a score; it takes 10 seconds.";
  p.button = "Open the survey";
  p.why = absl::StrCat("You get this mail because you are a customer of ", w.brand, ".");
  p.unsubscribe = "No more surveys";
  return p;
}

std::string ScoreLink(const MailWords& w, int score) { return absl::StrCat(w.link, "?a=", score); }

std::string Text(const MailWords& w, const Parts& p) {
  std::string out = absl::StrCat(p.greeting, "\n\n", p.thanks, " ", p.ask, "\n\n");
  if (!w.question.empty()) absl::StrAppend(&out, w.question, "\n\n");
  if (w.scale) {
    for (int score = w.scale->min; score <= w.scale->max; ++score) {
      absl::string_view label;
      if (score == w.scale->min) label = w.low_label;
      if (score == w.scale->max) label = w.high_label;
      absl::StrAppend(&out, score, label.empty() ? "" : absl::StrCat(" (", label, ")"), ": ", ScoreLink(w, score),
                      "\n");
    }
    out += "\n";
  }
  return absl::StrCat(out, p.button, ": ", w.link, "\n\n", w.brand, "\n\n-- \n", p.why, "\n", p.unsubscribe, ": ",
                      UnsubscribeLink(w.link), "\n");
}

std::string Html(const MailWords& w, const Parts& p) {
  constexpr absl::string_view kFont = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif";
  std::string out =
      absl::StrCat("<!DOCTYPE html>\n<html lang=\"", w.language, "\"><head><meta charset=\"utf-8\">",
                   "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>", Escape(p.subject),
                   "</title></head>\n<body style=\"margin:0;padding:16px;background:#f4f5f7;color:#1c1e21;", kFont,
                   ";font-size:16px;line-height:1.5\">\n<div style=\"max-width:560px;margin:0 "
                   "auto;padding:24px;background:#fff\">\n<p>",
                   Escape(p.greeting), "</p>\n<p>", Escape(p.thanks), " ", Escape(p.ask), "</p>\n");
  if (!w.question.empty())
    absl::StrAppend(&out, "<p style=\"font-size:18px;font-weight:600\">", Escape(w.question), "</p>\n");
  if (w.scale) {
    out += "<p style=\"text-align:center\">\n";
    for (int score = w.scale->min; score <= w.scale->max; ++score)
      absl::StrAppend(&out, "<a href=\"", Escape(ScoreLink(w, score)),
                      "\" style=\"display:inline-block;min-width:24px;margin:2px;padding:10px 8px;border:1px solid "
                      "#1b5fc1;border-radius:6px;color:#1b5fc1;text-decoration:none\">",
                      score, "</a>\n");
    out += "</p>\n";
    if (!w.low_label.empty() || !w.high_label.empty())
      absl::StrAppend(&out, "<p style=\"font-size:14px;color:#555\">", w.scale->min, " – ", Escape(w.low_label), " · ",
                      w.scale->max, " – ", Escape(w.high_label), "</p>\n");
  }
  return absl::StrCat(out, "<p style=\"text-align:center\"><a href=\"", Escape(w.link),
                      "\" style=\"display:inline-block;padding:12px "
                      "20px;border-radius:6px;background:#1b5fc1;color:#fff;text-decoration:"
                      "none\">",
                      Escape(p.button), "</a></p>\n<p>", Escape(w.brand),
                      "</p>\n<p style=\"font-size:13px;color:#666\">", Escape(p.why), " <a href=\"",
                      Escape(UnsubscribeLink(w.link)), "\" style=\"color:#666\">", Escape(p.unsubscribe),
                      "</a></p>\n</div>\n</body></html>\n");
}

}  // namespace

std::string UnsubscribeLink(absl::string_view link) { return absl::StrCat(link, "/unsubscribe"); }

const std::string& InLanguage(absl::string_view language, const std::string& vi, const std::string& en) {
  return language == "vi" ? (vi.empty() ? en : vi) : (en.empty() ? vi : en);
}

MailText WriteMail(const MailWords& w) {
  const Parts p = w.language == "vi" ? Vietnamese(w) : English(w);
  return {p.subject, Text(w, p), Html(w, p)};
}

}  // namespace hoiam::survey
