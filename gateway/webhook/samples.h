// Events that never happened, one of each type: to try a template with.
#pragma once

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "hoiam/gateway/v1/webhook_service.pb.h"

namespace hoiam::gateway {

// A sample of a type that a webhook can ask for, without an id. Every field that such an event always has is set.
v1::PublicEvent SampleOf(absl::string_view type, absl::Time now);

}  // namespace hoiam::gateway
