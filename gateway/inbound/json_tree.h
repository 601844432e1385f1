// A JSON body of unknown shape as a tree. Numbers stay the text they were written as: no amount passes through a
// double.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace hoiam::gateway {

struct JsonNode {
  enum class Kind { kNull, kBool, kNumber, kString, kArray, kObject };
  Kind kind = Kind::kNull;
  std::string text;                // kString; kNumber and kBool as they are written
  std::vector<std::string> names;  // kObject
  std::vector<JsonNode> items;     // kArray; kObject: the value of each name
};

// Strict JSON (RFC 8259). INVALID_ARGUMENT with a violation of "$": INVALID_JSON, INVALID_UTF8, DUPLICATE_KEY, TOO_DEEP
// (json::kMaxDepth), TOO_MANY_VALUES (kMaxInboundValues).
absl::StatusOr<JsonNode> ParseJson(absl::string_view text);

// The tokens of a JSON pointer (RFC 6901), unescaped; false when it is none.
bool ParsePointer(absl::string_view pointer, std::vector<std::string>& tokens);
// One token as a pointer has it.
std::string EscapeToken(absl::string_view token);

// What lies at a pointer; nullptr when there is nothing.
const JsonNode* FindIn(const JsonNode& node, const std::vector<std::string>& tokens);

}  // namespace hoiam::gateway
