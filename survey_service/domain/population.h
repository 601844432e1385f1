// Who may be drawn: what a sample looks at in a person, and its filter.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "platform/base/filter.h"

namespace hoiam::survey {

enum class Attribute { kSegment, kLifecycle, kOwnerTeam, kKind, kLocale, kProperty };
inline constexpr size_t kAttributes = 6;

// A person as a sample sees it. The views point into what it was read from.
struct Person {
  // Lifecycle and kind by their names; "": it has none. A person without a kind is a CUSTOMER.
  std::array<absl::string_view, kAttributes> values;
  std::string property;  // what values[kProperty] points to

  absl::string_view operator[](Attribute a) const { return values[static_cast<size_t>(a)]; }
};

// What makes the strata.
struct Stratification {
  std::optional<Attribute> attribute;  // unset: all are one stratum, ""
  std::string property;                // kProperty: its key

  // A stratum's name is a value's first 128 bytes.
  absl::string_view StratumOf(const Person& person) const;
};

// "segment", "lifecycle", "owner_team", "kind", "locale", "properties.KEY" or "", written as in JSON or as in the proto
// file; nullopt for anything else.
std::optional<Stratification> ParseStratification(absl::string_view stratify_by);

// A filter on segment, lifecycle, owner_team and kind, ready to be asked of many people.
class Population {
 public:
  // INVALID_FILTER for other fields, for a lifecycle or kind that there is not, and for an order of those two.
  static absl::StatusOr<Population> Make(const Filter& filter);
  // Unless the filter speaks of kinds, only customers and prospects are in.
  bool Holds(const Person& person) const;

 private:
  Filter filter_;
  bool says_kind_ = false;
};

}  // namespace hoiam::survey
