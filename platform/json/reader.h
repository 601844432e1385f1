// JSON from outside into a protobuf message: strict, and with every mistake named, not only the first.
//
// What is refused, each at its path ("interactions[3].score") with its reason:
//   INVALID_JSON      not JSON at all (trailing commas, comments, NaN, a second value): one violation of "$", with its
//   line UNKNOWN_FIELD     a name the message does not have (names are lowerCamelCase), or one that callers may not set
//   DUPLICATE_KEY     a name given twice
//   WRONG_TYPE        "5" for a number, 5 for a string, 1.5 for an integer, …
//   OUT_OF_RANGE      a number that its field cannot hold
//   INVALID_ENUM INVALID_TIME INVALID_DURATION INVALID_FIELD_MASK INVALID_BASE64 INVALID_UTF8
//   ONEOF_CONFLICT    two fields of which only one may be given
//   TOO_MANY_ITEMS    a batch of more than kMaxItems
//   TOO_DEEP          more than kMaxDepth objects and lists inside one another
// null means "not given". 64-bit integers may be numbers or strings.
#pragma once

#include <string>
#include <vector>

#include "google/protobuf/message.h"
#include "platform/base/status.h"

namespace hoiam::json {

// api.md. Nothing we store is deeper than 6.
inline constexpr int kMaxDepth = 32;
// api.md: a batch holds at most 1,000 items.
inline constexpr unsigned kMaxItems = 1000;
// Of one body, or of one item of a batch; what is wrong beyond them is not listed. Enough to mend a form with.
inline constexpr int kMaxViolations = 50;

// Reads one object. `text` is used up. What is wrong goes to `violations`, and then `message` holds nothing of use.
// `present`, when given, gets the fields of the outermost object that were there, null or not.
//
// A repeated field marked (hoiam.options.v1.per_item) is read item by item: a bad item becomes an empty message at its
// index and a google.rpc.Status in the message's map `rejected_items`, and is no violation of the whole.
void ReadObject(std::string text, google::protobuf::Message& message, Violations& violations,
                std::vector<const google::protobuf::FieldDescriptor*>* present = nullptr);

}  // namespace hoiam::json
