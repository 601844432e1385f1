// One sentence on a customer: what matters now. Never a name.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "scoring_service/domain/sheet.h"

namespace hoiam::scoring {

struct Headline {
  std::string vi, en;
};

// Names the score that blocks selling, else the latest one; dates are of `zone`.
//   "Chấm NPS 3/10 ngày 20/11/2026, phiếu xử lý đang mở – tạm ngưng chào bán"
//   "Scored NPS 3/10 on 20 Nov 2026, case open – hold back selling"
Headline HeadlineOf(const Sheet& sheet, absl::Time now, const absl::TimeZone& zone);

}  // namespace hoiam::scoring
