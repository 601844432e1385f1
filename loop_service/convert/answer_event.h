// What survey_service tells about an answer, as far as it matters here.
#pragma once

#include "hoiam/event/v1/event.pb.h"
#include "loop_service/domain/answer.h"

namespace hoiam::loop {

Answer FromEvent(const hoiam::event::v1::ResponseChanged& changed);

}  // namespace hoiam::loop
