// What survey_service does at a time.
#pragma once

#include <cstdint>

#include "platform/due/scheduler.h"
#include "survey_service/limits.h"

namespace hoiam::survey {

struct DueKind {
  enum Code : int64_t {
    kSend = 1,      // subject: customer; work: invitation. SCHEDULED → out, or the mail of one that is CREATED
    kRemind = 2,    // subject: customer; work: invitation
    kWave = 3,      // subject: wave; work: draw; the next people of a wave
    kSchedule = 4,  // subject: survey; work: day; the survey's next wave
  };
};

// Mails: a connection to the server per worker.
inline constexpr due::TakeOptions kSending = {kMailConnections, kMailsAtOnce, kMailLease};
inline constexpr due::TakeOptions kReminding = {kReminderConnections, kMailsAtOnce, kMailLease};

}  // namespace hoiam::survey
