// What makes a survey ask, and whom of those concerned.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "platform/base/decimal.h"
#include "survey_service/limits.h"

namespace hoiam::survey {

enum class TriggerOn { kInteraction, kUsageChanged, kLifecycleChanged, kCaseResolved };
enum class LifecycleStage { kUnknown, kProspect, kNew, kActive, kLapsed };
enum class PersonKind { kCustomer, kProspect, kEmployee, kPartner };
enum class Operator { kEq, kNe, kLt, kLe, kGt, kGe };

using PropertyValue = std::variant<std::string, double, bool>;

struct PropertyTest {
  std::string key;
  Operator op = Operator::kEq;
  PropertyValue value;
};

struct Trigger {
  TriggerOn on = TriggerOn::kInteraction;
  std::vector<std::string> interaction_types;  // empty: any
  std::vector<std::string> touchpoints;        // with all below them; empty: any
  std::vector<PropertyTest> properties;        // all must hold
  std::optional<Decimal> min_amount, max_amount;
  std::string currency;                     // of the two
  std::vector<std::string> usage_statuses;  // empty: any
  std::vector<LifecycleStage> lifecycles;   // empty: any
  std::vector<PersonKind> kinds;            // empty: customers and prospects
  absl::Duration delay;
  double sample_percent = 100;
  absl::Duration max_age = kDefaultMaxAge;
};

// What happened, as triggers look at it.
struct Happening {
  TriggerOn on = TriggerOn::kInteraction;
  absl::string_view type, touchpoint;
  std::optional<Decimal> amount;
  absl::string_view currency;
  std::function<std::optional<PropertyValue>(const std::string& key)> property;  // unset: it has none
  absl::string_view usage_status;
  LifecycleStage lifecycle = LifecycleStage::kUnknown;
};

// True when `touchpoint` is `root` or lies below it: "store.checkout" is under "store", "storefront" is not.
bool IsUnder(absl::string_view touchpoint, absl::string_view root);

// Values of two kinds, and a value that is missing, are only NE. LT, LE, GT and GE compare numbers.
bool Holds(const PropertyTest& test, const std::optional<PropertyValue>& value);

// True when this is what the survey asks about.
bool Matches(const Trigger& trigger, const Happening& happening);

// True when what happened is older than max_age; exactly max_age old is not.
bool IsTooOld(const Trigger& trigger, absl::Time occurred_at, absl::Time now);

// True when the survey asks people of this kind.
bool Concerns(const std::vector<PersonKind>& kinds, PersonKind kind);

// True for `percent` of all people. The same person and survey always give the same answer, in every process: the draw
// is the first 8 bytes of SHA-256(survey ‖ 0x00 ‖ customer) as a fraction of 2^64.
bool IsSampled(double percent, absl::string_view survey_id, absl::string_view customer_id);

}  // namespace hoiam::survey
