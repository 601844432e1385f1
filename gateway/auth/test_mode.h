// A tenant's test mode is a tenant of its own for every service behind the gateway, so that nothing of it can count
// among, or be seen beside, what is real: not by a check that somebody may forget, but because the rows are another
// tenant's. Its keys are rows of the real tenant, marked.
#pragma once

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace hoiam::gateway {

// '~' can be in no tenant's id.
inline constexpr char kTestSuffix[] = "~test";

// "demo" → "demo~test".
inline std::string TestTenant(absl::string_view tenant) { return absl::StrCat(tenant, kTestSuffix); }
// "demo~test" and "demo" → "demo".
inline std::string RealTenant(absl::string_view tenant) { return std::string(absl::StripSuffix(tenant, kTestSuffix)); }
inline bool IsTestTenant(absl::string_view tenant) { return absl::EndsWith(tenant, kTestSuffix); }

}  // namespace hoiam::gateway
