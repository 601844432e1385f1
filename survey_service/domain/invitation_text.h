// The message that asks somebody: ready to send as one SMS part, for whoever has a channel of their own.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace hoiam::survey {

struct InvitationWords {
  std::string brand;       // as the company writes it
  std::string honorific;   // anh, chị, cô, chú, bác, quý khách; anything else is left open
  std::string given_name;  // may be empty
  bool bought = false;     // the customer is asked about a purchase
  std::string link;
  std::string short_code;  // where "TC" is sent to, to be asked no more; empty: nowhere
};

// "vi" or "en": of a BCP 47 tag; unknown people are written to in Vietnamese, those of any other language in English.
absl::string_view MessageLanguage(absl::string_view locale);

// Without diacritics and within one part of kMaxSmsSeptets; of several wordings the longest that fits, with a link that
// fits none the link alone. How to be asked no more goes before the length of the wording: it is left out only where it
// fits none. `language` is one of MessageLanguage.
std::string InvitationText(absl::string_view language, const InvitationWords& words);

// With diacritics and within one part of kMaxSmsUnits; "" where the link leaves no room for a wording.
std::string AccentedText(absl::string_view language, const InvitationWords& words);

// Latin letters without their marks (đ too); what GSM 03.38 does not have is left out.
std::string ToAscii(absl::string_view text);

// Length in septets of GSM 03.38, where [ ] { } \ ^ ~ | take two.
size_t Septets(absl::string_view ascii);
// Length in UTF-16 units, of which a part with diacritics has 70.
size_t Utf16Units(absl::string_view utf8);

}  // namespace hoiam::survey
