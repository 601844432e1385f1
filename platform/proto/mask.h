// What a PATCH sets: without a mask the fields that are present, with one exactly those it names.
#pragma once

#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"
#include "platform/base/status.h"

namespace hoiam {

// The settable fields of one resource. `key` is the field that says which resource: it may be named and changes
// nothing.
struct Patchable {
  std::vector<absl::string_view> fields;
  absl::string_view key;
};

// How the map `properties` is meant.
enum class PropertiesPatch { kUntouched, kMerge, kReplace };

struct Patch {
  std::vector<const google::protobuf::FieldDescriptor*> fields;  // without `properties`
  PropertiesPatch properties = PropertiesPatch::kUntouched;
};

// `mask` is nullptr when the request has none. Adds EMPTY_MASK, UNKNOWN_FIELD, NOT_SETTABLE or PATH_TOO_DEEP on
// updateMask. A path "properties.*" merges the map by key, "properties" replaces it; without a mask it is merged.
Patch ReadPatch(const google::protobuf::Message& source, const google::protobuf::FieldMask* mask,
                const Patchable& patchable, Violations& v);

// Sets the patch's fields of `target` to those of `source` (cleared where `source` has none). `properties` is left to
// the caller.
void ApplyPatch(const google::protobuf::Message& source, const Patch& patch, google::protobuf::Message& target);

}  // namespace hoiam
