// Which interactions make a survey ask, and whom of those concerned.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "survey_service/limits.h"

namespace hoiam::survey {

struct Trigger {
  std::vector<std::string> interaction_types;  // empty: any
  std::vector<std::string> touchpoints;        // with all below them; empty: any
  double sample_percent = 100;
  absl::Duration max_age = kDefaultMaxAge;
};

// True when `touchpoint` is `root` or lies below it: "store.checkout" is under "store", "storefront" is not.
bool IsUnder(absl::string_view touchpoint, absl::string_view root);

// True when an interaction of this type at this touchpoint is one the survey asks about.
bool Matches(const Trigger& trigger, absl::string_view type, absl::string_view touchpoint);

// True when the interaction is older than max_age; exactly max_age old is not.
bool IsTooOld(const Trigger& trigger, absl::Time occurred_at, absl::Time now);

// True for `percent` of all people. The same person and survey always give the same answer, in every process: the draw
// is the first 8 bytes of SHA-256(survey ‖ 0x00 ‖ customer) as a fraction of 2^64.
bool IsSampled(double percent, absl::string_view survey_id, absl::string_view customer_id);

}  // namespace hoiam::survey
