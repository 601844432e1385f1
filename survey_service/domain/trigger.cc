#include "survey_service/domain/trigger.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "platform/base/crypto.h"

namespace hoiam::survey {
namespace {

template <class T, class U>
bool IsIn(const std::vector<T>& list, const U& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool IsBetween(const Trigger& t, const Happening& h) {
  if (!t.min_amount && !t.max_amount) return true;
  if (!h.amount || h.currency != t.currency) return false;
  return (!t.min_amount || h.amount->micros() >= t.min_amount->micros()) &&
         (!t.max_amount || h.amount->micros() <= t.max_amount->micros());
}

bool IsAt(const Trigger& t, absl::string_view touchpoint) {
  return t.touchpoints.empty() || std::any_of(t.touchpoints.begin(), t.touchpoints.end(),
                                              [&](const std::string& root) { return IsUnder(touchpoint, root); });
}

}  // namespace

bool IsUnder(absl::string_view touchpoint, absl::string_view root) {
  return absl::StartsWith(touchpoint, root) && (touchpoint.size() == root.size() || touchpoint[root.size()] == '.');
}

bool Holds(const PropertyTest& test, const std::optional<PropertyValue>& value) {
  const bool comparable = value && value->index() == test.value.index();
  switch (test.op) {
    case Operator::kEq:
      return comparable && *value == test.value;
    case Operator::kNe:
      return !comparable || *value != test.value;
    default:
      break;
  }
  if (!comparable || !std::holds_alternative<double>(*value)) return false;
  const double left = std::get<double>(*value), right = std::get<double>(test.value);
  switch (test.op) {
    case Operator::kLt:
      return left < right;
    case Operator::kLe:
      return left <= right;
    case Operator::kGt:
      return left > right;
    default:
      return left >= right;
  }
}

bool Matches(const Trigger& t, const Happening& h) {
  if (t.on != h.on) return false;
  switch (t.on) {
    case TriggerOn::kInteraction:
      if (!t.interaction_types.empty() && !IsIn(t.interaction_types, h.type)) return false;
      if (!IsAt(t, h.touchpoint) || !IsBetween(t, h)) return false;
      return std::all_of(t.properties.begin(), t.properties.end(), [&](const PropertyTest& test) {
        return Holds(test, h.property ? h.property(test.key) : std::nullopt);
      });
    case TriggerOn::kUsageChanged:
      return t.usage_statuses.empty() || IsIn(t.usage_statuses, h.usage_status);
    case TriggerOn::kLifecycleChanged:
      return t.lifecycles.empty() || IsIn(t.lifecycles, h.lifecycle);
    case TriggerOn::kCaseResolved:
      return IsAt(t, h.touchpoint);
  }
  return false;
}

bool IsTooOld(const Trigger& trigger, absl::Time occurred_at, absl::Time now) {
  return now - occurred_at > trigger.max_age;
}

bool Concerns(const std::vector<PersonKind>& kinds, PersonKind kind) {
  return kinds.empty() ? kind == PersonKind::kCustomer || kind == PersonKind::kProspect : IsIn(kinds, kind);
}

bool IsSampled(double percent, absl::string_view survey_id, absl::string_view customer_id) {
  if (percent >= 100) return true;
  const std::string digest = Sha256(absl::StrCat(survey_id, absl::string_view("\0", 1), customer_id));
  uint64_t draw = 0;
  for (int i = 0; i < 8; ++i) draw = draw << 8 | static_cast<unsigned char>(digest[i]);
  return static_cast<double>(draw) / 18446744073709551616.0 * 100 < percent;
}

}  // namespace hoiam::survey
