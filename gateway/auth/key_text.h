// The text of an API key: "hk_", then "test_" for a key of the test mode, "pub_" for a publishable one, 30 base62
// characters, and 6 that are the CRC-32 of all before them, so that a mistyped key, or one cut off in a log, is told
// from a wrong one without a database. What a key may do is in its row, not in its text.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace hoiam::gateway {

// From the system's random bytes: 178 bits.
std::string NewKeyText(bool test_mode = false, bool publishable = false);
// Whether it has the form and its check sum is right.
bool IsKeyText(absl::string_view text);
// What is stored of it.
std::string KeyHash(absl::string_view text);
// What it begins with and four characters more, to recognise it by.
std::string KeyPrefix(absl::string_view text);

}  // namespace hoiam::gateway
