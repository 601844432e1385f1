// Customers who are one step from recommending: their last NPS is 7 or 8.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "scoring_service/domain/sheet.h"

namespace hoiam::scoring {

struct Passive {
  int nps = 0;
  bool hidden = false;  // the last CSAT is satisfied: nothing tells that the customer may leave
  int icp_rank = 1;     // 0 fits the ideal customer profile, 1 not known, 2 does not
  absl::Time nps_at;
  std::optional<int> csat;
  Represented represented;  // of the NPS
  friend bool operator==(const Passive&, const Passive&) = default;
};

// nullopt for anybody else. `icp_fit`: the customer's now, "FIT" or "NO_FIT".
std::optional<Passive> PassiveOf(const Standings& standings, absl::string_view icp_fit);

}  // namespace hoiam::scoring
