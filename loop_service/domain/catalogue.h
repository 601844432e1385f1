// Root causes and teams, the same for every tenant until a tenant can edit its own.
// Source: the causes and teams of the demo shop; its customers name these teams as their owners. A driver groups
// causes, a region groups shops.
#pragma once

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace hoiam::loop {

// What kind of pebble a cause is.
enum class CauseCategory { kNone = 0, kProcess, kPolicy, kProduct, kPeople, kPartner, kPromise };

struct RootCause {
  absl::string_view id;
  absl::string_view parent;  // its driver; empty for a driver
  absl::string_view name_vi;
  absl::string_view name_en;
  CauseCategory category = CauseCategory::kNone;  // a driver has none
};

struct Team {
  absl::string_view id;
  absl::string_view parent;  // empty at the top
  absl::string_view name;
};

// Ascending by id, drivers and causes together.
absl::Span<const RootCause> RootCauses();
// Ascending by id.
absl::Span<const Team> Teams();

// True for a cause; false for a driver and for what is not in the tree. Only a cause can be what went wrong.
bool IsCause(absl::string_view id);
bool IsTeam(absl::string_view id);

// Who takes a case that nobody else owns: customer care.
inline constexpr absl::string_view kDefaultTeam = "cskh";

// The team that looks after the customer, when there is such a team; else the default team.
absl::string_view TeamFor(absl::string_view owner_team);

}  // namespace hoiam::loop
