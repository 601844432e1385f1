#include "survey_service/domain/invitation_text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

// How a customer is addressed, and what staff then call themselves.
struct Address {
  absl::string_view honorific, you, we;
};
constexpr Address kOpen = {"", "anh/chi", "em"};
constexpr std::array kAddresses = {Address{"anh", "anh", "em"},   Address{"chi", "chi", "em"},
                                   Address{"co", "co", "chau"},   Address{"chu", "chu", "chau"},
                                   Address{"bac", "bac", "chau"}, Address{"quy khach", "quy khach", "chung toi"}};

const Address& AddressOf(absl::string_view honorific) {
  const std::string folded = absl::AsciiStrToLower(ToAscii(honorific));
  for (const Address& a : kAddresses)
    if (a.honorific == folded) return a;
  return kOpen;
}

std::string Capitalised(absl::string_view s) {
  std::string out(s);
  if (!out.empty()) out[0] = absl::ascii_toupper(out[0]);
  return out;
}

// Longest first.
std::vector<std::string> Vietnamese(const InvitationWords& w, absl::string_view brand) {
  const Address& a = AddressOf(w.honorific);
  const std::string name = ToAscii(w.given_name), you = Capitalised(a.you);
  const absl::string_view thanks_for = w.bought ? "da mua hang" : "da ung ho";
  const std::string ask = absl::StrCat(you, " danh gia giup ", a.we, " 1 cau, 10 giay: ", w.link);
  std::vector<std::string> out;
  if (a.honorific != "" && !name.empty())
    out.push_back(absl::StrCat(brand, "Cam on ", a.you, " ", name, " ", thanks_for, ". ", ask));
  out.push_back(absl::StrCat(brand, "Cam on ", a.you, " ", thanks_for, ". ", ask));
  out.push_back(absl::StrCat(brand, ask));
  out.push_back(absl::StrCat(you, " danh gia giup ", a.we, ": ", w.link));
  return out;
}

std::vector<std::string> English(const InvitationWords& w, absl::string_view brand) {
  const absl::string_view thanks = w.bought ? "Thank you for your purchase. " : "Thank you for being our customer. ";
  const std::string ask = absl::StrCat("One question, 10 seconds: ", w.link);
  return {absl::StrCat(brand, thanks, ask), absl::StrCat(brand, ask), ask};
}

}  // namespace

absl::string_view MessageLanguage(absl::string_view locale) {
  const std::vector<absl::string_view> parts = absl::StrSplit(locale, '-');
  return locale.empty() || absl::EqualsIgnoreCase(parts[0], "vi") ? "vi" : "en";
}

std::string InvitationText(absl::string_view language, const InvitationWords& words) {
  const std::string name = ToAscii(words.brand);
  const std::string brand = name.empty() ? "" : absl::StrCat("[", name, "] ");
  for (std::string& text : language == "vi" ? Vietnamese(words, brand) : English(words, brand))
    if (Septets(text) <= kMaxSmsSeptets) return std::move(text);
  return words.link;
}

std::string ToAscii(absl::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(error);
  const icu::UnicodeString in =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  const icu::UnicodeString parts = U_SUCCESS(error) ? nfkd->normalize(in, error) : in;
  std::string out;
  for (int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1)) {
    const UChar32 c = parts.char32At(i);
    if (c == 0x0111) {
      out += 'd';
    } else if (c == 0x0110) {
      out += 'D';
    } else if (c == 0x2018 || c == 0x2019) {
      out += '\'';
    } else if (c == 0x2013 || c == 0x2014) {
      out += '-';
    } else if (c < 0x80 && u_isprint(c) && c != '`') {
      out += static_cast<char>(c);
    }
  }
  return out;
}

size_t Septets(absl::string_view ascii) {
  size_t n = 0;
  for (char c : ascii) n += absl::StrContains("[]{}\\^~|", absl::string_view(&c, 1)) ? 2 : 1;
  return n;
}

}  // namespace hoiam::survey
