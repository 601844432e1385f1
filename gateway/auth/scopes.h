// What a key may do. The list is api.md's; a method names one of them in its rule.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace hoiam::gateway {

inline constexpr std::array<const char*, 13> kScopes = {
    "interactions.write", "customers.read",  "customers.write", "surveys.read", "surveys.write",
    "responses.read",     "responses.write", "scores.read",     "cases.read",   "cases.write",
    "events.read",        "admin",           "operator"};

// A set of scopes; bit i is kScopes[i].
using ScopeSet = uint32_t;

inline constexpr ScopeSet kAdminScope = 1u << 11;
// Of the installation, not of a tenant: no admin has it or can give it.
inline constexpr ScopeSet kOperatorScope = 1u << 12;

// nullopt for a name that is not in the list.
std::optional<ScopeSet> ParseScope(absl::string_view name);
// Names by commas, in the order of the list: the form in the table.
std::string FormatScopes(ScopeSet scopes);
// Names that are not in the list are left out: a key of a newer release can do less here, never more.
ScopeSet ParseScopes(absl::string_view by_commas);

// `admin` may do everything in its tenant.
inline bool Allows(ScopeSet held, ScopeSet needed) {
  const ScopeSet all = (held & kAdminScope) != 0 ? held | (kOperatorScope - 1) : held;
  return (all & needed) == needed;
}

}  // namespace hoiam::gateway
