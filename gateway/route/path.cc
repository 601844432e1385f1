#include "gateway/route/path.h"

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_split.h"
#include "gateway/errors.h"
#include "platform/base/status.h"
#include "platform/base/text.h"

namespace hoiam::gateway {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

bool PercentDecode(absl::string_view in, bool plus_is_space, std::string& out) {
  out.clear();
  out.reserve(in.size());
  for (size_t i = 0; i < in.size(); ++i) {
    if (in[i] == '+' && plus_is_space) {
      out += ' ';
    } else if (in[i] != '%') {
      out += in[i];
    } else {
      const int high = i + 2 < in.size() ? HexDigit(in[i + 1]) : -1;
      const int low = high >= 0 ? HexDigit(in[i + 2]) : -1;
      if (low < 0) return false;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return true;
}

std::string ShownName(absl::string_view name) {
  constexpr size_t kShown = 64;
  if (name.empty()) return "$";
  const absl::string_view shown = name.substr(0, kShown);
  return IsUtf8(shown) ? std::string(shown) : absl::CHexEscape(shown);
}

absl::StatusOr<Path> ParsePath(absl::string_view raw, const std::function<bool(absl::string_view)>& is_verb) {
  Path path;
  if (raw.empty() || raw[0] != '/') return InvalidPath("must begin with /");
  raw.remove_prefix(1);
  if (const size_t colon = raw.rfind(':'); colon != absl::string_view::npos && is_verb(raw.substr(colon + 1))) {
    path.verb = std::string(raw.substr(colon + 1));
    raw = raw.substr(0, colon);
  }
  for (absl::string_view segment : absl::StrSplit(raw, '/')) {
    if (!PercentDecode(segment, false, path.segments.emplace_back())) return InvalidPath("holds a bad % escape");
  }
  return path;
}

absl::StatusOr<std::vector<std::pair<std::string, std::string>>> ParseQuery(absl::string_view raw) {
  std::vector<std::pair<std::string, std::string>> out;
  for (absl::string_view part : absl::StrSplit(raw, '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> halves = absl::StrSplit(part, absl::MaxSplits('=', 1));
    auto& [name, value] = out.emplace_back();
    if (!PercentDecode(halves.first, true, name) || !PercentDecode(halves.second, true, value)) {
      Violations v;
      v.Add(ShownName(halves.first), "INVALID_ESCAPE", "holds a bad % escape");
      return v.ToStatus();
    }
  }
  return out;
}

}  // namespace hoiam::gateway
