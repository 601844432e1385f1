// Active codes of ISO 4217.
#pragma once

#include "absl/strings/string_view.h"

namespace hoiam::survey {

// Three upper-case letters of an active currency, e.g. VND.
bool IsCurrency(absl::string_view code);

}  // namespace hoiam::survey
