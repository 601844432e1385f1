// What loop_service does at a time.
#pragma once

#include <cstdint>

#include "platform/due/scheduler.h"

namespace hoiam::loop {

struct DueKind {
  enum Code : int64_t {
    kCase = 1,  // subject: of the case; work: case id; what rings in it next (domain/timers.h)
    kMail = 2,  // subject: of the case; work: MailKey; a mail
  };
};

}  // namespace hoiam::loop
