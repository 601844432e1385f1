// Keywords in comments: a list (one line, parted by ";") and a text. What is found does not depend on the form of
// Unicode, nor on what stands between words; and every keyword is found where it is written.
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "loop_service/domain/words.h"
#include "platform/base/text.h"
#include "tests/fuzz/fuzz.h"

namespace {

std::string Normalized(const icu::Normalizer2* form, const std::string& text) {
  UErrorCode code = U_ZERO_ERROR;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  form->normalizeUTF8(0, text, sink, nullptr, code);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace hoiam;        // NOLINT
  using namespace hoiam::loop;  // NOLINT
  fuzz::Input input(data, size);
  const std::vector<std::string> list = absl::StrSplit(input.Line(), ';');
  const std::string text(input.rest());
  const Keywords keywords(list);
  const std::vector<int> found = keywords.Find(text);
  FUZZ_CHECK(std::is_sorted(found.begin(), found.end()));
  FUZZ_CHECK(std::adjacent_find(found.begin(), found.end()) == found.end());
  for (const int i : found) {
    FUZZ_CHECK(i >= 0 && i < static_cast<int>(list.size()) && HasWords(list[i]));
    const std::vector<int> alone = Keywords({list[i]}).Find(text);
    FUZZ_CHECK(alone == std::vector<int>{0});
  }
  FUZZ_CHECK(keywords.Find(absl::StrReplaceAll(text, {{" ", " 😡,\n "}})) == found);
  FUZZ_CHECK(keywords.Find(absl::StrCat("!! ", text, " …")) == found);

  UErrorCode code = U_ZERO_ERROR;
  if (IsUtf8(text)) {
    FUZZ_CHECK(keywords.Find(Normalized(icu::Normalizer2::getNFCInstance(code), text)) == found);
    FUZZ_CHECK(keywords.Find(Normalized(icu::Normalizer2::getNFDInstance(code), text)) == found);
  }
  for (size_t i = 0; i < list.size(); ++i) {
    const std::vector<int> at_home = keywords.Find(absl::StrCat("ạ ", list[i], " ạ"));
    const bool there = std::find(at_home.begin(), at_home.end(), static_cast<int>(i)) != at_home.end();
    FUZZ_CHECK(there == HasWords(list[i]));
  }
  return 0;
}
