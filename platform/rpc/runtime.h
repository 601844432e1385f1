// The Runtime of a process: read pool, caller from metadata, metrics and log of every call.
#pragma once

#include <memory>

#include "platform/base/clock.h"
#include "platform/observe/metrics.h"
#include "platform/rpc/serve_unary.h"

namespace hoiam::rpc {

// `threads` workers; more than `max_queued` waiting calls are shed.
std::unique_ptr<Runtime> MakeRuntime(const Clock& clock, observe::Metrics& metrics, int threads, size_t max_queued);

}  // namespace hoiam::rpc
