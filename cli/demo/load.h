// Loads the demo shop through the public API, and says how far it is.
#pragma once

#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "cli/api/client.h"
#include "cli/term/lang.h"
#include "platform/base/clock.h"

namespace hoiam::cli {

// Loads what is missing: everything has an id, and the moment of the first load is kept with the first customer, so
// that a load that was stopped goes on where it was, even days later. FAILED_PRECONDITION when the tenant has customers
// of its own under these ids.
absl::Status LoadDemo(Client& client, const Clock& clock, const Say& say, bool tty, std::ostream& out);

// The newest link of the demo that is not answered yet. NOT_FOUND when there is none.
absl::StatusOr<std::string> OpenDemoLink(Client& client);

}  // namespace hoiam::cli
