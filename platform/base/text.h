// What text from outside must look like before it is stored, and how it goes into a URL.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "platform/base/status.h"

namespace hoiam {

// Well-formed UTF-8 (no overlong forms, no surrogates).
bool IsUtf8(absl::string_view s);
// Code points of a well-formed string.
size_t Utf8Length(absl::string_view s);
// U+0000–U+001F or U+007F–U+009F; with `allow_breaks` TAB, LF and CR are fine.
bool HasControl(absl::string_view s, bool allow_breaks = false);

// An IANA zone by its name; nullopt when there is none. Names only: a zone is opened as a file by its name, so a path
// that leads elsewhere is none.
std::optional<absl::TimeZone> FindTimeZone(absl::string_view name);

// Each adds a violation of `field` when the value is not right.
// An id that a caller chose: 1–128 bytes UTF-8, no control characters, not "." or "..". Reason REQUIRED or INVALID_ID.
void CheckClientId(absl::string_view value, absl::string_view field, Violations& v);
// [a-z0-9_.-]{1,64}; empty is fine unless `required`. Reason REQUIRED or INVALID_SLUG.
void CheckSlug(absl::string_view value, absl::string_view field, bool required, Violations& v);
// [A-Z][A-Z0-9_]{0,63}. Reason REQUIRED or INVALID_TYPE.
void CheckUpperSnake(absl::string_view value, absl::string_view field, Violations& v);
// ≤ max_bytes of UTF-8 on one line. Reason TOO_LONG, INVALID_UTF8 or CONTROL_CHARACTER.
void CheckLine(absl::string_view value, absl::string_view field, size_t max_bytes, Violations& v);
// ≤ max_chars code points of UTF-8, line breaks allowed.
void CheckProse(absl::string_view value, absl::string_view field, size_t max_chars, Violations& v);

// What belongs into one segment of a path, or into a query value.
std::string PercentEncode(absl::string_view text);

}  // namespace hoiam
