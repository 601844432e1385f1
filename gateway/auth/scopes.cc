#include "gateway/auth/scopes.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace hoiam::gateway {

std::optional<ScopeSet> ParseScope(absl::string_view name) {
  for (size_t i = 0; i < kScopes.size(); ++i)
    if (name == kScopes[i]) return 1u << i;
  return std::nullopt;
}

std::string FormatScopes(ScopeSet scopes) {
  std::string out;
  for (size_t i = 0; i < kScopes.size(); ++i)
    if (scopes & (1u << i)) absl::StrAppend(&out, out.empty() ? "" : ",", kScopes[i]);
  return out;
}

ScopeSet ParseScopes(absl::string_view by_commas) {
  ScopeSet out = 0;
  for (absl::string_view name : absl::StrSplit(by_commas, ',')) out |= ParseScope(name).value_or(0);
  return out;
}

}  // namespace hoiam::gateway
