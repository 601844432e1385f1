// All that this service has as events, for those who count again (platform/feed/backfill_server.h).
#pragma once

#include <memory>

#include "platform/base/clock.h"
#include "platform/feed/backfill_server.h"

namespace hoiam::survey {

// Metrics and customers first, then interactions, invitations, answers and usages: an answer then meets what it is
// counted by. Each is told as it was told with its last change; left out is what only told of that change: effects, the
// score before, the score that an amendment replaced.
std::unique_ptr<feed::BackfillReader> ReadEverything(const Clock& clock);

}  // namespace hoiam::survey
