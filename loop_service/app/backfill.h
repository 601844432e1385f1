// All that this service has as events, for those who count again (platform/feed/backfill_server.h).
#pragma once

#include <memory>

#include "platform/feed/backfill_server.h"

namespace hoiam::loop {

// Cases, each as it was told with its last change.
std::unique_ptr<feed::BackfillReader> ReadCasesAgain();

}  // namespace hoiam::loop
