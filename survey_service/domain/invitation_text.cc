#include "survey_service/domain/invitation_text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

// How a customer is addressed, and what staff then call themselves; with marks, as they are written to.
struct Address {
  absl::string_view honorific, you, we;
};
constexpr Address kOpen = {"", "anh/chị", "em"};
constexpr std::array kAddresses = {Address{"anh", "anh", "em"},   Address{"chi", "chị", "em"},
                                   Address{"co", "cô", "cháu"},   Address{"chu", "chú", "cháu"},
                                   Address{"bac", "bác", "cháu"}, Address{"quy khach", "quý khách", "chúng tôi"}};

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

std::string Brand(const InvitationWords& w) { return w.brand.empty() ? "" : absl::StrCat("[", w.brand, "] "); }

// "chị Lan": nobody is called by their name without a form of address.
std::string Called(const InvitationWords& w, const Address& a) {
  return a.honorific.empty() || w.given_name.empty() ? std::string(a.you) : absl::StrCat(a.you, " ", w.given_name);
}

// Longest first, each up to its link.
std::vector<std::string> Vietnamese(const InvitationWords& w) {
  const Address& a = AddressOf(w.honorific);
  const std::string you = Capitalised(a.you), brand = Brand(w);
  const absl::string_view thanks_for = w.bought ? "đã mua hàng" : "đã ủng hộ";
  const std::string ask = absl::StrCat(you, " đánh giá giúp ", a.we, " 1 câu, 10 giây: ");
  return {absl::StrCat(brand, "Cảm ơn ", Called(w, a), " ", thanks_for, ". ", ask),
          absl::StrCat(brand, "Cảm ơn ", a.you, " ", thanks_for, ". ", ask), absl::StrCat(brand, ask),
          absl::StrCat(you, " đánh giá giúp ", a.we, ": ")};
}

std::vector<std::string> English(const InvitationWords& w) {
  const absl::string_view thanks = w.bought ? "Thank you for your purchase. " : "Thank you for being our customer. ";
  const absl::string_view ask = "One question, 10 seconds: ";
  return {absl::StrCat(Brand(w), thanks, ask), absl::StrCat(Brand(w), ask), std::string(ask)};
}

// The same, shorter: letters with marks leave half the room.
std::vector<std::string> ShortVietnamese(const InvitationWords& w) {
  const Address& a = AddressOf(w.honorific);
  return {absl::StrCat(Brand(w), "Mời ", Called(w, a), " đánh giá giúp ", a.we, ": "),
          absl::StrCat(Brand(w), "Mời ", Called(w, a), " đánh giá: "),
          absl::StrCat("Mời ", Called(w, a), " đánh giá: "), "Mời đánh giá: "};
}

std::vector<std::string> ShortEnglish(const InvitationWords& w) {
  return {absl::StrCat(Brand(w), "One question for you: "), absl::StrCat(Brand(w), "One question: "), "One question: "};
}

std::string OptOut(absl::string_view language, const InvitationWords& w) {
  if (w.short_code.empty()) return "";
  return absl::StrCat(language == "vi" ? ". Từ chối: soạn TC gửi " : ". To opt out: text TC to ", w.short_code);
}

// The first wording that fits with its link and `tail`, else without `tail`; nullopt when none does.
template <class Fits>
std::optional<std::string> FirstThatFits(const std::vector<std::string>& wordings, const std::string& link,
                                         const std::string& tail, Fits fits) {
  for (const std::string& end : {tail, std::string()}) {
    for (const std::string& words : wordings) {
      std::string text = absl::StrCat(words, link, end);
      if (fits(text)) return text;
    }
  }
  return std::nullopt;
}

icu::UnicodeString ToUnicode(absl::string_view utf8) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
}

std::string ToNfc(absl::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  const icu::UnicodeString in = ToUnicode(text);
  std::string out;
  (U_SUCCESS(error) ? nfc->normalize(in, error) : in).toUTF8String(out);
  return out;
}

}  // namespace

absl::string_view MessageLanguage(absl::string_view locale) {
  const std::vector<absl::string_view> parts = absl::StrSplit(locale, '-');
  return locale.empty() || absl::EqualsIgnoreCase(parts[0], "vi") ? "vi" : "en";
}

std::string InvitationText(absl::string_view language, const InvitationWords& with_marks) {
  InvitationWords words = with_marks;
  words.brand = ToAscii(words.brand);
  words.given_name = ToAscii(words.given_name);
  std::vector<std::string> wordings = language == "vi" ? Vietnamese(words) : English(words);
  for (std::string& w : wordings) w = ToAscii(w);
  return FirstThatFits(wordings, words.link, ToAscii(OptOut(language, words)),
                       [](const std::string& text) { return Septets(text) <= kMaxSmsSeptets; })
      .value_or(words.link);
}

std::string AccentedText(absl::string_view language, const InvitationWords& words) {
  std::vector<std::string> wordings = language == "vi" ? ShortVietnamese(words) : ShortEnglish(words);
  for (std::string& w : wordings) w = ToNfc(w);
  return FirstThatFits(wordings, words.link, OptOut(language, words),
                       [](const std::string& text) { return Utf16Units(text) <= kMaxSmsUnits; })
      .value_or("");
}

std::string ToAscii(absl::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(error);
  const icu::UnicodeString in = ToUnicode(text);
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

size_t Utf16Units(absl::string_view utf8) { return static_cast<size_t>(ToUnicode(utf8).length()); }

}  // namespace hoiam::survey
