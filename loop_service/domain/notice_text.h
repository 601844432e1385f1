// The mails about cases, in words: subject, plain text and HTML. What goes to a customer is in the customer's language;
// what goes to staff says it in Vietnamese and in English, and holds no phone number, no mail address and no name.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "loop_service/domain/case.h"
#include "loop_service/domain/notice.h"
#include "loop_service/domain/playbook.h"

namespace hoiam::loop {

// Whom it goes to, where that is a customer.
struct Addressee {
  std::string language;    // "vi" or "en"
  std::string honorific;   // anh, chị, cô, chú, bác, quý khách; anything else is "anh/chị"
  std::string given_name;  // may be empty
};

// What staff wrote, for kMessage.
struct Letter {
  std::string subject;  // may be empty
  std::string text;
};

struct MailText {
  std::string subject, text, html;
};

// To the customer, as the case is at `now`. `link` leads to the status page.
MailText WriteToCustomer(NoticeKind kind, const Case& c, const Playbook& playbook, const Addressee& to,
                         const Letter& letter, const std::string& link, absl::Time now);
// To staff. `note` is what the line of the history says.
MailText WriteToStaff(NoticeKind kind, const Case& c, const Playbook& playbook, absl::string_view note);

// "vi" for nothing and for every kind of Vietnamese, else "en".
std::string MailLanguage(absl::string_view locale);
// With phone numbers and mail addresses replaced by "•••".
std::string WithoutContacts(absl::string_view text);
// "17:00, 24/11/2026".
std::string TimeAndDay(absl::Time t, absl::TimeZone zone);

}  // namespace hoiam::loop
