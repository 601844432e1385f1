// What the comments in the .proto files say. They are the contract, so the document repeats them; and what they say
// about limits in a fixed form becomes keywords of the schema:
//
//   "Output only. …"                      readOnly
//   "Required…"                           required
//   "≤ 256 bytes", "1–4,000 characters"   maxLength, minLength (a character has at least one byte)
//   "1–1000, default 50"                  minimum, maximum, default of a number; minItems, maxItems of a list
//   "[a-z0-9_.-]{1,64}" at its beginning  pattern
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace hoiam::gateway::openapi {

class Comments {
 public:
  // `sources`: made from a descriptor set with source info; must outlive it. Everything asked for may be of any pool.
  explicit Comments(const google::protobuf::DescriptorPool& sources) : sources_(sources) {}

  // The text above an element, lines joined by spaces; "" when there is none.
  std::string Of(const google::protobuf::Descriptor* message) const;
  std::string Of(const google::protobuf::FieldDescriptor* field) const;
  std::string Of(const google::protobuf::EnumDescriptor* type) const;
  std::string Of(const google::protobuf::EnumValueDescriptor* value) const;
  std::string Of(const google::protobuf::ServiceDescriptor* service) const;
  std::string Of(const google::protobuf::MethodDescriptor* method) const;

 private:
  const google::protobuf::DescriptorPool& sources_;
};

// What a field's comment says in the forms above.
struct Said {
  std::string text;  // without "Output only."
  bool output_only = false;
  bool required = false;
  std::optional<int64_t> low, high, preset;  // of a number or of the length of a list
  std::optional<int64_t> min_length, max_length;
  std::string pattern;  // anchored; "" when there is none
};
Said Read(absl::string_view comment);

// Up to the first full stop that ends a sentence, without it.
std::string FirstSentence(absl::string_view comment);

}  // namespace hoiam::gateway::openapi
