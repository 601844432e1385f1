// The text of an API key: "hk_" (or "hk_test_"), 30 base62 characters, and 6 that are the CRC-32 of all before them, so
// that a mistyped key, or one cut off in a log, is told from a wrong one without a database.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace hoiam::gateway {

// From the system's random bytes: 178 bits.
std::string NewKeyText();
// Whether it has the form and its check sum is right.
bool IsKeyText(absl::string_view text);
// hk_test_…: nothing is sent to customers, nothing counts.
bool IsTestKey(absl::string_view text);
// What is stored of it.
std::string KeyHash(absl::string_view text);
// The first 7 characters, to recognise it by.
std::string KeyPrefix(absl::string_view text);

}  // namespace hoiam::gateway
