#include "survey_service/domain/trigger.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "platform/base/crypto.h"

namespace hoiam::survey {

bool IsUnder(absl::string_view touchpoint, absl::string_view root) {
  return absl::StartsWith(touchpoint, root) && (touchpoint.size() == root.size() || touchpoint[root.size()] == '.');
}

bool Matches(const Trigger& trigger, absl::string_view type, absl::string_view touchpoint) {
  const auto& types = trigger.interaction_types;
  if (!types.empty() && std::find(types.begin(), types.end(), type) == types.end()) return false;
  const auto& roots = trigger.touchpoints;
  return roots.empty() ||
         std::any_of(roots.begin(), roots.end(), [&](const std::string& root) { return IsUnder(touchpoint, root); });
}

bool IsTooOld(const Trigger& trigger, absl::Time occurred_at, absl::Time now) {
  return now - occurred_at > trigger.max_age;
}

bool IsSampled(double percent, absl::string_view survey_id, absl::string_view customer_id) {
  if (percent >= 100) return true;
  const std::string digest = Sha256(absl::StrCat(survey_id, absl::string_view("\0", 1), customer_id));
  uint64_t draw = 0;
  for (int i = 0; i < 8; ++i) draw = draw << 8 | static_cast<unsigned char>(digest[i]);
  return static_cast<double>(draw) / 18446744073709551616.0 * 100 < percent;
}

}  // namespace hoiam::survey
