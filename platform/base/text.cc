#include "platform/base/text.h"

#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace hoiam {
namespace {

// Length of the code point at s[i] and its value; 0 when malformed.
int Decode(absl::string_view s, size_t i, uint32_t& cp) {
  const auto byte = [&](size_t k) { return static_cast<unsigned char>(s[k]); };
  const unsigned char b = byte(i);
  if (b < 0x80) return cp = b, 1;
  int n = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC2 ? 2 : 0;
  if (n == 0 || b > 0xF4 || i + n > s.size()) return 0;
  cp = b & (0xFF >> (n + 1));
  for (int k = 1; k < n; ++k) {
    if ((byte(i + k) & 0xC0) != 0x80) return 0;
    cp = cp << 6 | (byte(i + k) & 0x3F);
  }
  const bool overlong = (n == 3 && cp < 0x800) || (n == 4 && cp < 0x10000);
  if (overlong || (cp >= 0xD800 && cp <= 0xDFFF) || cp > 0x10FFFF) return 0;
  return n;
}

std::string Limit(size_t n) { return absl::StrCat(n); }

}  // namespace

bool IsUtf8(absl::string_view s) {
  uint32_t cp;
  for (size_t i = 0; i < s.size();) {
    const int n = Decode(s, i, cp);
    if (n == 0) return false;
    i += n;
  }
  return true;
}

size_t Utf8Length(absl::string_view s) {
  size_t n = 0;
  for (char c : s) n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return n;
}

bool HasControl(absl::string_view s, bool allow_breaks) {
  for (size_t i = 0; i < s.size(); ++i) {
    const auto c = static_cast<unsigned char>(s[i]);
    if (allow_breaks && (c == '\t' || c == '\n' || c == '\r')) continue;
    if (c < 0x20 || c == 0x7F) return true;
    if (c == 0xC2 && i + 1 < s.size() && static_cast<unsigned char>(s[i + 1]) < 0xA0) return true;
  }
  return false;
}

std::optional<absl::TimeZone> FindTimeZone(absl::string_view name) {
  if (name.empty() || name.size() > 64) return std::nullopt;
  for (absl::string_view part : absl::StrSplit(name, '/')) {
    if (part.empty()) return std::nullopt;
    for (char c : part)
      if (!absl::ascii_isalnum(c) && c != '_' && c != '+' && c != '-') return std::nullopt;
  }
  absl::TimeZone zone;
  return absl::LoadTimeZone(name, &zone) ? std::optional(zone) : std::nullopt;
}

void CheckClientId(absl::string_view value, absl::string_view field, Violations& v) {
  if (value.empty()) return v.Add(field, "REQUIRED", "is required");
  if (value.size() > 128 || !IsUtf8(value) || HasControl(value) || value == "." || value == "..")
    v.Add(field, "INVALID_ID", "must be 1 to 128 bytes of UTF-8 without control characters, and not \".\" or \"..\"");
}

void CheckSlug(absl::string_view value, absl::string_view field, bool required, Violations& v) {
  if (value.empty()) {
    if (required) v.Add(field, "REQUIRED", "is required");
    return;
  }
  bool good = value.size() <= 64;
  for (char c : value) good &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
  if (!good) v.Add(field, "INVALID_SLUG", "must be 1 to 64 of a-z, 0-9, '_', '.', '-'");
}

void CheckUpperSnake(absl::string_view value, absl::string_view field, Violations& v) {
  if (value.empty()) return v.Add(field, "REQUIRED", "is required");
  bool good = value.size() <= 64 && value[0] >= 'A' && value[0] <= 'Z';
  for (char c : value) good &= (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  if (!good) v.Add(field, "INVALID_TYPE", "must be UPPER_SNAKE, 1 to 64 characters, e.g. PURCHASE");
}

void CheckLine(absl::string_view value, absl::string_view field, size_t max_bytes, Violations& v) {
  if (!IsUtf8(value)) return v.Add(field, "INVALID_UTF8", "must be valid UTF-8");
  if (value.size() > max_bytes)
    return v.Add(field, "TOO_LONG", absl::StrCat("must be at most ", max_bytes, " bytes"), {{"max", Limit(max_bytes)}});
  if (HasControl(value)) v.Add(field, "CONTROL_CHARACTER", "must not hold control characters or line breaks");
}

void CheckProse(absl::string_view value, absl::string_view field, size_t max_chars, Violations& v) {
  if (!IsUtf8(value)) return v.Add(field, "INVALID_UTF8", "must be valid UTF-8");
  if (Utf8Length(value) > max_chars)
    return v.Add(field, "TOO_LONG", absl::StrCat("must be at most ", max_chars, " characters"),
                 {{"max", Limit(max_chars)}});
  if (HasControl(value, true)) v.Add(field, "CONTROL_CHARACTER", "must not hold control characters");
}

std::string PercentEncode(absl::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out(3 * text.size(), '\0');
  char* end = out.data();
  for (unsigned char c : text) {
    if (absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.' || c == '~') {
      *end++ = static_cast<char>(c);
    } else {
      *end++ = '%';
      *end++ = kHex[c >> 4];
      *end++ = kHex[c & 15];
    }
  }
  out.resize(end - out.data());
  return out;
}

}  // namespace hoiam
