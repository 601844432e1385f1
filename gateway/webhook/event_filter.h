// Which events of its types a webhook gets: its filter (platform/base/filter.h) over what cases and answers hold.
//
//   priority = P1 AND shop = "hn-03"
//   score <= 3 OR touchpoint = "store.*"
//
// type, customer, team, priority, kind, state, touchpoint, shop, metric, score. What an event does not hold matches
// nothing, as everywhere. Of a case, metric and score are those of the answer that opened it.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "hoiam/gateway/v1/webhook_service.pb.h"
#include "platform/base/status.h"

namespace hoiam::gateway {

// Adds a violation of `field`, INVALID_FILTER: no filter, a field that cannot be asked for, or that none of these event
// types holds.
void CheckEventFilter(absl::string_view filter, const std::vector<absl::string_view>& event_types,
                      absl::string_view field, Violations& v);

// Whether a filter that has been checked lets the event through.
bool Passes(absl::string_view filter, const v1::PublicEvent& event);

}  // namespace hoiam::gateway
