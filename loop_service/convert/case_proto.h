// Cases between the domain and hoiam.loop.v1, which is also how they are stored and told to other services.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "hoiam/loop/v1/resources.pb.h"
#include "loop_service/domain/case.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

// As stored: without `overdue`, which depends on when it is read.
pb::Case ToStored(const Case& c);
// As shown at `now`: with `overdue`.
pb::Case ToShown(const Case& c, absl::Time now);
// Of what ToStored gave. INTERNAL when it cannot be read.
absl::StatusOr<Case> FromStored(absl::string_view body);

}  // namespace hoiam::loop
