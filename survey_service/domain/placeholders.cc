#include "survey_service/domain/placeholders.h"

namespace hoiam::survey {

std::string FillPlaceholders(absl::string_view text, const PlaceholderValue& value) {
  std::string out;
  while (!text.empty()) {
    const size_t open = text.find('{');
    const size_t close = open == absl::string_view::npos ? open : text.find('}', open);
    if (close == absl::string_view::npos) break;
    out.append(text.data(), open);
    if (const auto filled = value(text.substr(open + 1, close - open - 1))) {
      out += *filled;
    } else if (!out.empty() && out.back() == ' ') {
      out.pop_back();
    }
    text.remove_prefix(close + 1);
  }
  out.append(text.data(), text.size());
  return out;
}

}  // namespace hoiam::survey
