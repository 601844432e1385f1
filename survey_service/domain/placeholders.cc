#include "survey_service/domain/placeholders.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace hoiam::survey {

std::string FillPlaceholders(absl::string_view text, const PlaceholderValue& value) {
  std::string out;
  while (!text.empty()) {
    const size_t open = text.find('{');
    const size_t close = open == absl::string_view::npos ? open : text.find('}', open);
    if (close == absl::string_view::npos) break;
    out.append(text.data(), open);
    const absl::string_view inside = text.substr(open + 1, close - open - 1);
    const size_t bar = inside.find('|');
    if (const auto filled = value(inside.substr(0, bar))) {
      out += *filled;
    } else if (bar != absl::string_view::npos) {
      out.append(inside.data() + bar + 1, inside.size() - bar - 1);
    } else if (!out.empty() && out.back() == ' ') {
      out.pop_back();
    }
    text.remove_prefix(close + 1);
  }
  out.append(text.data(), text.size());
  return out;
}

std::string Capitalised(absl::string_view text) {
  icu::UnicodeString s = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  const int32_t first = s.moveIndex32(0, 1);
  icu::UnicodeString head(s, 0, first);
  head.toUpper(icu::Locale::getRoot());
  s.replace(0, first, head);
  std::string out;
  return s.toUTF8String(out);
}

}  // namespace hoiam::survey
