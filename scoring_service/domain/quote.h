// A person's own words, shortened to be shown beside a figure.
#pragma once

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace hoiam::scoring {

// At most `max_chars` characters, the last one "…" where something was cut; cut between words where that keeps at least
// half of them. Well-formed UTF-8 stays so, and an accent stays with its letter.
std::string Shorten(absl::string_view text, size_t max_chars);

// The same on one line, to be quoted in a sentence: blanks made one, control characters and braces gone, and what could
// be a phone number, a card number or a mail address made "•••".
std::string QuoteOf(absl::string_view comment, size_t max_chars);

}  // namespace hoiam::scoring
