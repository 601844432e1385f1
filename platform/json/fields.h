// What JSON needs to know about a message, worked out once per descriptor: names, kinds, our own field options.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace hoiam::json {

// How a value is written in JSON. Types of google.protobuf that have a form of their own come before kMessage.
enum class Kind {
  kBool,
  kInt32,
  kUint32,
  kInt64,   // a string in answers; a string or a number in requests
  kUint64,  // the same
  kFloat,
  kDouble,
  kString,
  kBytes,
  kEnum,
  kTimestamp,
  kDuration,
  kFieldMask,
  kStruct,
  kValue,
  kListValue,
  kAny,
  kMessage,
};

struct MessageInfo;

struct FieldInfo {
  const google::protobuf::FieldDescriptor* field = nullptr;
  std::string name;    // lowerCamelCase
  std::string prefix;  // "\"name\":"
  Kind kind = Kind::kMessage;
  bool map = false;  // `message` describes its entries: key, value
  bool repeated = false;
  bool per_item = false;
  bool hidden = false;  // gateway_only: callers do not know it
  const MessageInfo* message = nullptr;
};

struct MessageInfo {
  const google::protobuf::Descriptor* descriptor = nullptr;
  std::vector<FieldInfo> fields;  // in order of declaration; at most kMaxFields
  // map<uint32, google.rpc.Status> rejected_items; nullptr when it has none.
  const google::protobuf::FieldDescriptor* rejected_items = nullptr;

  static constexpr int kMaxFields = 128;

  // By its lowerCamelCase name; nullptr for one that callers do not know.
  const FieldInfo* Find(absl::string_view json_name) const;

 private:
  friend const MessageInfo& InfoOf(const google::protobuf::Descriptor* descriptor);
  friend class Registry;
  absl::flat_hash_map<std::string, const FieldInfo*> by_name_;
};

// Made at the first call and kept; `descriptor` must live for ever. Thread-safe.
const MessageInfo& InfoOf(const google::protobuf::Descriptor* descriptor);

}  // namespace hoiam::json
