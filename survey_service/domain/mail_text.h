// The mail that asks somebody, in words: subject, plain text and HTML.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "survey_service/domain/metric.h"

namespace hoiam::survey {

struct MailWords {
  std::string language;    // "vi" or "en"
  std::string brand;       // as the company writes it
  std::string honorific;   // anh, chị, cô, chú, bác, quý khách; anything else is left open
  std::string given_name;  // may be empty
  bool bought = false;     // the customer is asked about a purchase
  bool reminder = false;
  std::string question;             // asked in the mail itself; "": only the link is there
  std::optional<ScoreRange> scale;  // of the question
  std::string low_label, high_label;
  std::string link;
};

struct MailText {
  std::string subject, text, html;
};

// Each score of the scale is a link "{link}?a=N". Nothing of what is said stands in the HTML unescaped.
MailText WriteMail(const MailWords& words);

// "{link}/unsubscribe".
std::string UnsubscribeLink(absl::string_view link);

// The one of two texts that `language` reads; the other where it is missing.
const std::string& InLanguage(absl::string_view language, const std::string& vi, const std::string& en);

}  // namespace hoiam::survey
