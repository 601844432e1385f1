// Finding keywords in what Vietnamese customers write. Source: the matching rules of the design (folding accents away
// makes different words one: chất = chát, cháy = chạy, đắt = đặt).
//
// Words are compared without regard to case, to the form of Unicode (NFC, NFD) and to where the tone stands (hoà and
// hòa are one). Whatever is neither letter nor digit only parts words: punctuation, emoji, doubled blanks.
//   - A text with any diacritics is searched for the keyword as it is written.
//   - A text without any is searched for the keyword without its diacritics, and then only for keywords of two words
//     and more: one word alone may be another one. A single word that no Vietnamese syllable can be ("refund") is clear
//     and found.
//   - A keyword in quotation marks is found only as it is written: "tố cáo" (to denounce), which without diacritics is
//     to cao (tall) too.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace hoiam::loop {

// Whether there is anything in a keyword to be found: a letter or a digit.
bool HasWords(absl::string_view keyword);

// Without the quotation marks round it.
absl::string_view Unquoted(absl::string_view keyword);

// A list of keywords made ready: all of them are searched for in one pass. Immutable, for any number of threads.
class Keywords {
 public:
  Keywords() = default;
  explicit Keywords(absl::Span<const std::string> keywords);

  // Positions in the list of those that `text` has, ascending, each once. A keyword without words is never found.
  std::vector<int> Find(absl::string_view text) const;

 private:
  // Phrases as paths of words from node 0.
  struct Trie {
    void Add(absl::Span<const uint32_t> phrase, int keyword);

    absl::flat_hash_map<std::pair<uint32_t, uint32_t>, uint32_t> steps;  // (node, word) → node
    absl::flat_hash_map<uint32_t, std::vector<int>> ends;                // node → keywords that end there
    uint32_t nodes = 1;
  };
  void Add(Trie& trie, absl::Span<const std::string> phrase, int keyword);

  absl::flat_hash_map<std::string, uint32_t> words_;  // 1, 2, …
  Trie exact_, folded_;
};

}  // namespace hoiam::loop
