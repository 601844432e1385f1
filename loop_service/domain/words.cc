#include "loop_service/domain/words.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "absl/strings/strip.h"

namespace hoiam::loop {
namespace {

// A code point taken apart: the small letter (or digit) below, the mark that makes another letter of it (ă, ơ, đ) and
// the tone. Which of the five tones a syllable has is one fact, wherever it is written.
struct Sign {
  enum Kind : uint8_t { kBreak, kLetter, kMark, kIgnored } kind = kBreak;
  char32_t base = 0;
  char32_t mark = 0;
  char32_t tone = 0;
};

constexpr char32_t kStroke = 0x335;  // đ is d with a stroke, though Unicode does not take it apart

bool IsTone(char32_t c) { return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323; }
bool IsLetterMark(char32_t c) { return c == 0x302 || c == 0x306 || c == 0x31B; }

const icu::Normalizer2& Nfc() {
  UErrorCode code = U_ZERO_ERROR;
  return *icu::Normalizer2::getNFCInstance(code);
}

Sign MakeSign(UChar32 c) {
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || c == '\'' || c == 0x2019) return {Sign::kIgnored};
  if (IsTone(c)) return {Sign::kMark, 0, 0, static_cast<char32_t>(c)};
  if (u_charType(c) == U_NON_SPACING_MARK) return {Sign::kMark, 0, static_cast<char32_t>(c)};
  if (!u_isalnum(c)) return {};
  const UChar32 small = u_tolower(c);
  if (small == 0x111) return {Sign::kLetter, 'd', kStroke};
  Sign s{Sign::kLetter};
  icu::UnicodeString apart;
  if (Nfc().getDecomposition(small, apart)) {
    for (int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
      const char32_t part = apart.char32At(i);
      char32_t& place = IsTone(part) ? s.tone : IsLetterMark(part) ? s.mark : s.base;
      if (place) return {Sign::kLetter, static_cast<char32_t>(small)};
      place = part;
    }
  }
  if (!s.base) s.base = small;
  return s;
}

// What Vietnamese is written with is looked up, the rest is asked of ICU.
const Sign& SignOf(UChar32 c, Sign& other) {
  constexpr UChar32 kLow = 0x370, kFirst = 0x1E00, kLast = 0x1F00;
  static const auto* table = [] {
    auto* t = new std::vector<Sign>(kLow + kLast - kFirst);
    for (UChar32 i = 0; i < kLow; ++i) (*t)[i] = MakeSign(i);
    for (UChar32 i = kFirst; i < kLast; ++i) (*t)[kLow + i - kFirst] = MakeSign(i);
    return t;
  }();
  if (c >= 0 && c < kLow) return (*table)[c];
  if (c >= kFirst && c < kLast) return (*table)[kLow + c - kFirst];
  return other = c < 0 ? Sign{} : MakeSign(c);
}

void Append(std::string& out, char32_t c) {
  char buffer[U8_MAX_LENGTH];
  int32_t n = 0;
  U8_APPEND_UNSAFE(buffer, n, c);
  out.append(buffer, n);
}

// Hands out the words of a text, each as its letters with their marks and then its tones. Answers whether the text has
// any diacritics.
template <class F>
bool ForEachWord(absl::string_view text, F f) {
  UErrorCode code = U_ZERO_ERROR;
  std::string composed;
  const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
  if (!Nfc().isNormalizedUTF8(piece, code)) {
    icu::StringByteSink<std::string> sink(&composed);
    Nfc().normalizeUTF8(0, piece, sink, nullptr, code);
    text = composed;
  }
  bool accented = false;
  std::string word, tones;
  const auto end_word = [&] {
    if (word.empty()) return;
    word += tones;
    f(absl::string_view(word));
    word.clear();
    tones.clear();
  };
  const auto* p = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  Sign other;
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT(p, i, size, c);
    const Sign& s = SignOf(c, other);
    if (s.kind == Sign::kIgnored) continue;
    if (s.kind == Sign::kBreak) {
      end_word();
      continue;
    }
    if (s.kind == Sign::kMark && word.empty()) continue;  // of an emoji
    if (s.base) Append(word, s.base);
    if (s.mark) Append(word, s.mark);
    if (s.tone) Append(tones, s.tone);
    accented |= s.mark || s.tone;
  }
  end_word();
  return accented;
}

std::string Fold(absl::string_view word) {
  std::string out;
  const auto* p = reinterpret_cast<const uint8_t*>(word.data());
  for (int32_t i = 0; i < static_cast<int32_t>(word.size());) {
    UChar32 c;
    U8_NEXT(p, i, static_cast<int32_t>(word.size()), c);
    if (u_charType(c) != U_NON_SPACING_MARK) Append(out, c);
  }
  return out;
}

// Whether a word without diacritics may be a Vietnamese syllable that has lost them: an initial, vowels, a final.
bool MayBeSyllable(absl::string_view word) {
  constexpr std::array<absl::string_view, 27> kInitials = {"",  "b",  "c", "ch", "d",   "g",  "gh", "gi", "h",
                                                           "k", "kh", "l", "m",  "n",   "ng", "nh", "p",  "ph",
                                                           "q", "r",  "s", "t",  "ngh", "th", "tr", "v",  "x"};
  constexpr std::array<absl::string_view, 9> kFinals = {"", "c", "ch", "m", "n", "ng", "nh", "p", "t"};
  constexpr absl::string_view kVowels = "aeiouy";
  const size_t first = word.find_first_of(kVowels);
  if (first == absl::string_view::npos) return false;
  const size_t after = std::min(word.find_first_not_of(kVowels, first), word.size());
  const auto has = [](const auto& list, absl::string_view s) {
    return std::find(list.begin(), list.end(), s) != list.end();
  };
  return has(kInitials, word.substr(0, first)) && has(kFinals, word.substr(after));
}

}  // namespace

absl::string_view Unquoted(absl::string_view keyword) {
  for (const auto& [open, close] : {std::pair("\"", "\""), std::pair("“", "”")})
    if (absl::ConsumePrefix(&keyword, open)) absl::ConsumeSuffix(&keyword, close);
  return keyword;
}

bool HasWords(absl::string_view keyword) {
  bool any = false;
  ForEachWord(keyword, [&](absl::string_view) { any = true; });
  return any;
}

void Keywords::Trie::Add(absl::Span<const uint32_t> phrase, int keyword) {
  uint32_t node = 0;
  for (const uint32_t word : phrase) {
    const auto [step, fresh] = steps.try_emplace({node, word}, nodes);
    nodes += fresh;
    node = step->second;
  }
  ends[node].push_back(keyword);
}

void Keywords::Add(Trie& trie, absl::Span<const std::string> phrase, int keyword) {
  std::vector<uint32_t> ids;
  for (const std::string& word : phrase)
    ids.push_back(words_.try_emplace(word, static_cast<uint32_t>(words_.size() + 1)).first->second);
  trie.Add(ids, keyword);
}

Keywords::Keywords(absl::Span<const std::string> keywords) {
  for (size_t i = 0; i < keywords.size(); ++i) {
    std::vector<std::string> phrase;
    ForEachWord(keywords[i], [&](absl::string_view word) { phrase.emplace_back(word); });
    if (phrase.empty()) continue;
    Add(exact_, phrase, static_cast<int>(i));
    for (std::string& word : phrase) word = Fold(word);
    const bool clear = phrase.size() > 1 || !MayBeSyllable(phrase.front());
    if (clear && Unquoted(keywords[i]).size() == keywords[i].size()) Add(folded_, phrase, static_cast<int>(i));
  }
}

std::vector<int> Keywords::Find(absl::string_view text) const {
  std::vector<int> found;
  if (words_.empty()) return found;
  std::vector<uint32_t> said;
  const bool accented = ForEachWord(text, [&](absl::string_view word) {
    const auto it = words_.find(word);
    said.push_back(it == words_.end() ? 0 : it->second);
  });
  const Trie& trie = accented ? exact_ : folded_;
  for (size_t start = 0; start < said.size(); ++start) {
    uint32_t node = 0;
    for (size_t i = start; i < said.size() && said[i] != 0; ++i) {
      const auto step = trie.steps.find({node, said[i]});
      if (step == trie.steps.end()) break;
      node = step->second;
      if (const auto end = trie.ends.find(node); end != trie.ends.end())
        found.insert(found.end(), end->second.begin(), end->second.end());
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace hoiam::loop
