// What the respondent's pages say, in Vietnamese and English.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "hoiam/survey/v1/resources.pb.h"

namespace hoiam::gateway {

enum class Language { kVi, kEn };

const char* CodeOf(Language language);  // "vi", "en"

// `asked` is ?lang=, `known` what the customer speaks (BCP 47), `accepted` the Accept-Language header; the first that
// says something wins. Vietnamese where nothing is known, English for languages that we do not speak.
Language ChooseLanguage(absl::string_view asked, absl::string_view known, absl::string_view accepted);

// The text in that language, or in the other one when it is missing.
std::string TextIn(const hoiam::survey::v1::LocalizedText& text, Language language);

// One struct per language: what is missing does not compile.
struct Texts {
  const char* survey;    // title of the page
  const char* required;  // after a question that must be answered
  const char* proceed;   // the button when more questions may come
  const char* send;      // the button that finishes
  const char* comment;   // the box for free words
  const char* phone;     // the box of an anonymous respondent
  const char* other_language;
  const char* unsubscribe;  // the link
  const char* thanks;
  const char* thanks_low;
  const char* thanks_middle;
  const char* thanks_high;   // {brand}
  const char* will_contact;  // {brand}
  const char* used;
  const char* expired;
  const char* revoked;
  const char* unknown;
  const char* unknown_hint;
  const char* busy;
  const char* bad_request;
  const char* too_long;  // the whole form
  const char* unsubscribe_title;
  const char* unsubscribe_ask;  // {brand}
  const char* unsubscribe_button;
  const char* unsubscribed;  // {brand}
  const char* we;            // instead of {brand} when there is none
  const char* please_check;  // above a form with mistakes
  const char* error_required;
  const char* error_too_long;
  const char* error_too_many;  // choices
  const char* error_characters;
  const char* error_other;
  const char* satisfaction[5];  // CSAT 1–5
  const char* expectation[3];   // worse than, as, better than expected
  const char* expected;         // the two scales of a pair
  const char* received;
  const char* nothing_missing;  // the box under an ideal question
  const char* at_most;          // {n} choices
};

const Texts& TextsIn(Language language);

// Who speaks, and how people are addressed: of the survey; either may be empty.
struct Names {
  std::string brand;
  std::string address;
};

// A text with its {brand}, {xungHo} and {XungHo}.
std::string Filled(const char* text, const Names& names, Language language);

// The words for a reason of a violation.
const char* ErrorText(absl::string_view reason, Language language);

}  // namespace hoiam::gateway
