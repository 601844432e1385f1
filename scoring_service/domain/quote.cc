#include "scoring_service/domain/quote.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "platform/base/text.h"

namespace hoiam::scoring {
namespace {

constexpr char kHidden[] = "•••";
constexpr int kFewestDigits = 6;  // of a number that may lead to a person

bool StartsCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// Belongs to the character before it: U+0300–U+036F, a joiner, or what follows a joiner.
bool Continues(absl::string_view text, size_t at) {
  constexpr absl::string_view kJoiner = "\u200D", kVariation = "\uFE0F";
  const absl::string_view rest = text.substr(at);
  if (rest.size() >= 2 && (rest[0] == '\xCC' || (rest[0] == '\xCD' && static_cast<unsigned char>(rest[1]) < 0xB0)))
    return true;
  return absl::StartsWith(rest, kJoiner) || absl::StartsWith(rest, kVariation) ||
         absl::EndsWith(text.substr(0, at), kJoiner);
}

// Where the first `chars` characters end.
size_t EndOf(absl::string_view text, size_t chars) {
  size_t at = 0;
  for (size_t n = 0; at < text.size(); ++at)
    if (StartsCharacter(text[at]) && n++ == chars) break;
  return at;
}

// U+0080–U+009F and the breaks that U+2028 and U+2029 make, too.
std::string WithoutControls(absl::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const absl::string_view rest = text.substr(i);
    if (absl::ascii_iscntrl(text[i])) {
      out.push_back(' ');
    } else if (rest.size() > 1 && rest[0] == '\xC2' && static_cast<unsigned char>(rest[1]) < 0xA0) {
      out.push_back(' ');
      ++i;
    } else if (absl::StartsWith(rest, "\u2028") || absl::StartsWith(rest, "\u2029")) {
      out.push_back(' ');
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

// Numbers of 6 digits and more, whatever blanks, dots and dashes they are grouped by.
std::string HideNumbers(absl::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    size_t end = i, after_digit = i;
    int digits = 0;
    for (; end < text.size() && (absl::ascii_isdigit(text[end]) || (digits > 0 && absl::StrContains(" .-", text[end])));
         ++end) {
      if (!absl::ascii_isdigit(text[end])) continue;
      ++digits;
      after_digit = end + 1;
    }
    if (digits == 0) {
      out.push_back(text[i++]);
      continue;
    }
    absl::StrAppend(&out, digits >= kFewestDigits ? kHidden : text.substr(i, after_digit - i));
    i = after_digit;
  }
  return out;
}

}  // namespace

std::string Shorten(absl::string_view text, size_t max_chars) {
  if (Utf8Length(text) <= max_chars) return std::string(text);
  size_t end = EndOf(text, max_chars - 1);  // one is for the dots
  size_t blank = text.substr(0, end + 1).find_last_of(" \n");
  if (blank != absl::string_view::npos && blank >= end / 2) {
    end = blank;
  } else {
    while (end > 0 && (!StartsCharacter(text[end]) || Continues(text, end))) --end;
  }
  return absl::StrCat(absl::StripTrailingAsciiWhitespace(text.substr(0, end)), "…");
}

std::string QuoteOf(absl::string_view comment, size_t max_chars) {
  const std::string line = absl::StrReplaceAll(WithoutControls(comment), {{"{", ""}, {"}", ""}});
  std::vector<std::string> words = absl::StrSplit(line, ' ', absl::SkipEmpty());
  for (std::string& word : words)
    if (const size_t at = word.find('@'); at != std::string::npos && word.find('.', at) != std::string::npos)
      word = kHidden;
  return Shorten(HideNumbers(absl::StrJoin(words, " ")), max_chars);
}

}  // namespace hoiam::scoring
