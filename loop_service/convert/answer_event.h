// What survey_service tells about an answer, as far as it matters here.
#pragma once

#include "hoiam/survey/v1/resources.pb.h"
#include "loop_service/domain/answer.h"

namespace hoiam::loop {

Answer FromEvent(const hoiam::survey::v1::Response& response);

}  // namespace hoiam::loop
