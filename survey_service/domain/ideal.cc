#include "survey_service/domain/ideal.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"

namespace hoiam::survey {
namespace {

// The list. Lower case, words by one blank, no punctuation.
constexpr absl::string_view kNothing[] = {
    // Không có gì.
    "không", "không có", "không có gì", "không có gì hết", "không có gì cả", "không có gì thêm", "không có ý kiến",
    "không có ý kiến gì", "không có ý kiến gì thêm", "không ý kiến", "không có góp ý", "không có góp ý gì",
    "không góp ý", "không góp ý gì", "không cần", "không cần gì", "không cần gì thêm", "không cần thêm",
    "không thiếu gì", "không còn gì", "không còn gì để chê", "không chê vào đâu được", "chưa có", "chưa có gì",
    "chưa có ý kiến", "chưa thấy gì", "chẳng có gì", "hông", "hông có", "hong có", "không mong gì thêm",
    "không cần cải thiện", "không cần cải thiện gì", "không cần thay đổi", "không phải cải thiện gì",
    // Như vậy là tốt.
    "tốt", "tốt rồi", "tốt lắm", "tốt lắm rồi", "rất tốt", "rất tốt rồi", "quá tốt", "quá tốt rồi", "đã tốt",
    "đã tốt rồi", "đã rất tốt", "đã rất tốt rồi", "vẫn tốt", "mọi thứ đều tốt", "mọi thứ tốt", "mọi thứ đã tốt",
    "mọi thứ đều ổn", "mọi thứ ổn", "tất cả đều tốt", "tất cả đều ổn", "như vậy là tốt", "như vậy là tốt rồi",
    "như vậy tốt rồi", "như vậy là được", "như vậy là được rồi", "như vậy là ổn", "như vậy là ổn rồi", "như vậy là đủ",
    "như vậy là đủ rồi", "như thế là tốt", "như thế là tốt rồi", "như thế là được rồi", "vậy là tốt", "vậy là tốt rồi",
    "vậy là được", "vậy là được rồi", "vậy là ổn", "vậy là ổn rồi", "vậy tốt rồi", "vậy được rồi", "vậy ổn rồi",
    "thế là tốt rồi", "thế là được rồi", "thế là ổn rồi", "thế này là tốt rồi", "thế này là được rồi",
    "không có như vậy là tốt rồi", "không có vậy là tốt rồi", "không có tốt rồi", "ok", "oke", "okie", "okê", "okela",
    "ok rồi", "oke rồi", "okie rồi", "ok lắm", "ok hết", "ok luôn", "quá ok", "quá ok rồi", "rất ok", "ổn", "ổn rồi",
    "ổn cả", "ổn hết", "ổn lắm", "rất ổn", "rất ổn rồi", "được", "được rồi", "đủ", "đủ rồi", "đầy đủ", "đầy đủ rồi",
    "hài lòng", "hài lòng rồi", "rất hài lòng", "rất hài lòng rồi", "đã hài lòng", "đã rất hài lòng", "tuyệt vời",
    "quá tuyệt vời", "tuyệt vời rồi", "tuyệt", "hoàn hảo", "hoàn hảo rồi", "cứ như vậy", "cứ như vậy là được",
    "cứ giữ như vậy", "giữ như vậy", "giữ nguyên như vậy",
    // Cảm ơn.
    "cảm ơn", "cám ơn", "cảm ơn nhiều", "cám ơn nhiều", "cảm ơn shop", "cám ơn shop", "cảm ơn shop nhiều",
    "cám ơn shop nhiều",
    // As typed without diacritics, where one word alone is clear.
    "khong", "ko", "k", "hong", "ko co", "k co", "ko có", "k có", "ko co gi", "k co gi", "ko có gì", "k có gì",
    "ok roi", "on roi", "tot",
    // English.
    "no", "nope", "none", "nothing", "nothing at all", "nothing more", "nothing else", "nothing missing",
    "nothing is missing", "nothing comes to mind", "nothing to improve", "nothing really", "not really", "no comment",
    "no comments", "no suggestion", "no suggestions", "no thanks", "no thank you", "n a", "na", "nil", "good",
    "all good", "its all good", "it is all good", "its good", "it is good", "its fine", "it is fine", "fine",
    "fine as it is", "good as it is", "it is good as it is", "its good as it is", "everything is good",
    "everything is fine", "everything is great", "everything was good", "everything was fine", "everything was great",
    "perfect", "great", "its perfect", "it is perfect", "satisfied", "very satisfied", "thanks", "thank you",
    "thank you very much"};

// Words of politeness round a sentence; they say nothing.
constexpr absl::string_view kPolite[] = {"dạ", "vâng", "ạ", "nhé", "nha", "nhá", "da", "vang", "a", "nhe", "á", "ah"};

// Where the tone stands in an open syllable: òa and oà are one.
constexpr std::array<std::array<const char16_t*, 2>, 15> kTones = {{
    {u"oà", u"òa"},
    {u"oá", u"óa"},
    {u"oả", u"ỏa"},
    {u"oã", u"õa"},
    {u"oạ", u"ọa"},
    {u"oè", u"òe"},
    {u"oé", u"óe"},
    {u"oẻ", u"ỏe"},
    {u"oẽ", u"õe"},
    {u"oẹ", u"ọe"},
    {u"uỳ", u"ùy"},
    {u"uý", u"úy"},
    {u"uỷ", u"ủy"},
    {u"uỹ", u"ũy"},
    {u"uỵ", u"ụy"},
}};

const icu::Normalizer2& Form(const char* name, UNormalization2Mode mode) {
  UErrorCode code = U_ZERO_ERROR;
  return *icu::Normalizer2::getInstance(nullptr, name, mode, code);
}

icu::UnicodeString Canonical(absl::string_view text) {
  UErrorCode code = U_ZERO_ERROR;
  static const icu::Normalizer2& nfc = Form("nfc", UNORM2_COMPOSE);
  icu::UnicodeString s = nfc.normalize(
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))), code);
  s.toLower(icu::Locale::getRoot());
  for (const auto& [late, early] : kTones) s.findAndReplace(icu::UnicodeString(late), icu::UnicodeString(early));
  return s;
}

// Without diacritics.
std::string Folded(absl::string_view word) {
  UErrorCode code = U_ZERO_ERROR;
  static const icu::Normalizer2& nfd = Form("nfc", UNORM2_DECOMPOSE);
  const icu::UnicodeString apart = nfd.normalize(Canonical(word), code);
  icu::UnicodeString bare;
  for (int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    const UChar32 c = apart.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;
    bare.append(c == 0x111 ? UChar32{'d'} : c);  // đ has no decomposition
  }
  std::string out;
  return bare.toUTF8String(out);
}

// Sentences as lists of words. Signs end a sentence; apostrophes and emoji are nothing.
std::vector<std::vector<std::string>> Sentences(absl::string_view text) {
  const icu::UnicodeString s = Canonical(text);
  std::vector<std::vector<std::string>> out(1);
  icu::UnicodeString word;
  const auto end_word = [&] {
    if (word.isEmpty()) return;
    std::string utf8;
    word.toUTF8String(utf8);
    out.back().push_back(std::move(utf8));
    word.remove();
  };
  for (int32_t i = 0; i < s.length(); i = s.moveIndex32(i, 1)) {
    const UChar32 c = s.char32At(i);
    if (u_isalnum(c)) {
      word.append(c);
    } else if (c == '\'' || c == 0x2019) {
      continue;
    } else {
      end_word();
      const bool breaks = c == '\n' || (u_ispunct(c) && c != '/' && c != '-');
      if (breaks && !out.back().empty()) out.emplace_back();
    }
  }
  end_word();
  return out;
}

bool IsAscii(absl::string_view s) {
  for (const char c : s)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

struct Lists {
  std::set<std::string> phrases;  // as they are
  std::set<std::string> folded;   // those of two words and more, without diacritics
  std::set<std::string> polite;
};

const Lists& TheLists() {
  static const auto* lists = [] {
    auto* l = new Lists;
    for (absl::string_view phrase : kNothing) {
      std::string canonical;
      Canonical(phrase).toUTF8String(canonical);
      if (absl::StrContains(phrase, " ")) l->folded.insert(Folded(phrase));
      l->phrases.insert(std::move(canonical));
    }
    for (absl::string_view word : kPolite) l->polite.insert(std::string(word));
    return l;
  }();
  return *lists;
}

bool IsNothing(std::vector<std::string> words) {
  const Lists& lists = TheLists();
  if (lists.phrases.contains(absl::StrJoin(words, " "))) return true;
  while (!words.empty() && lists.polite.contains(words.back())) words.pop_back();
  while (!words.empty() && lists.polite.contains(words.front())) words.erase(words.begin());
  const std::string phrase = absl::StrJoin(words, " ");
  return phrase.empty() || lists.phrases.contains(phrase) || (IsAscii(phrase) && lists.folded.contains(phrase));
}

}  // namespace

bool SaysNothingMissing(absl::string_view text) {
  for (const std::vector<std::string>& words : Sentences(text))
    if (!IsNothing(words)) return false;
  return true;
}

}  // namespace hoiam::survey
