// One sentence on a customer: what matters now. Never a name.
#pragma once

#include <string>

#include "absl/time/time.h"
#include "scoring_service/domain/sheet.h"

namespace hoiam::scoring {

struct Headline {
  std::string vi, en;
};

// What stands where a name belongs.
inline constexpr char kWhoVi[] = "Khách", kWhoEn[] = "Customer", kWhoTemplate[] = "{who}";

// Who, what, until when, and what to do: names the score that blocks selling, else the latest one, with the person's
// own words; dates are of `zone`. One line, whatever was written.
//   "Khách chấm NPS 3/10 hôm qua: “giao trễ” – liên hệ trước 17:00 hôm nay, chưa chào bán"
//   "Customer scored NPS 3/10 yesterday: “giao trễ” – contact before 17:00 today, do not sell yet"
// `who_vi` and `who_en` begin it.
Headline HeadlineOf(const Sheet& sheet, absl::Time now, const absl::TimeZone& zone, absl::string_view who_vi = kWhoVi,
                    absl::string_view who_en = kWhoEn);

}  // namespace hoiam::scoring
