// A mail, from its parts to the bytes that go out (RFC 5322, MIME).
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hoiam::mail {

struct Message {
  std::string id;  // "x@example.com", without brackets: the same for every attempt to send the same mail
  absl::Time date;
  std::string from_name, from;  // names may be empty
  std::string to_name, to;
  std::string subject;
  std::string text, html;                                    // the same in both
  std::vector<std::pair<std::string, std::string>> headers;  // further ones, ASCII
};

// Whether it can stand in a header and behind RCPT TO as it is: one "@" with something on both sides, no blanks,
// control characters, brackets, commas or quotes, ≤ 254 bytes of UTF-8.
bool IsAddress(absl::string_view text);

// The same bytes for the same message: multipart/alternative, text first, UTF-8, lines ended by CRLF. A line break or
// another control character in a name or the subject becomes a blank. INVALID_ARGUMENT for an address that is none, and
// for a further header that is not one line of ASCII.
absl::StatusOr<std::string> Compose(const Message& message);

}  // namespace hoiam::mail
