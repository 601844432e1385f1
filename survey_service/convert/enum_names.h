// Names of enums, as filters say them.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"

namespace hoiam::survey {

// All but that of 0, which says nothing.
std::vector<std::string> EnumNames(const google::protobuf::EnumDescriptor* type);

// "" for 0 and for a number that this release does not know.
absl::string_view EnumName(const google::protobuf::EnumDescriptor* type, int number);

}  // namespace hoiam::survey
