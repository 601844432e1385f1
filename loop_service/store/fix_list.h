// Fixes of a cause to and from how they are stored.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "loop_service/domain/fix.h"

namespace hoiam::loop {

// Of a FixRow's body; what cannot be read is no fix.
FixList ToFixes(absl::string_view body);
std::string ToBody(const FixList& fixes);

}  // namespace hoiam::loop
