// What a new installation needs before anybody can call it: a tenant, and a key that may make further keys.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "gateway/auth/scopes.h"
#include "gateway/store/key_row.h"
#include "platform/db/tenant_db.h"

namespace hoiam::gateway {

// The id of the key that Bootstrap makes, and that a new tenant is given.
inline constexpr char kFirstKeyId[] = "first";
// The tenant that holds the operator's keys. No other tenant can be called so, and TenantService does not show it.
inline constexpr char kOperatorTenant[] = "operator";

// Who calls with the first key of a tenant.
inline constexpr char kAdminPrincipal[] = "admin";

// The first key of a tenant, for its admin; of the operator's tenant one that may do both.
KeyRow FirstKey(absl::string_view tenant, absl::string_view text, absl::Time now);

// Makes the tenant when it is missing, and its key "first" in any case: an earlier one of that id stops working, since
// whoever asks has lost its text. Answers the new one's text, which is stored nowhere, so the caller must keep it (mode
// 0600). `db` is on the gateway's migrated schema. One transaction.
absl::StatusOr<std::string> Bootstrap(const db::TenantDb& db, absl::string_view display_name, absl::Time now);

}  // namespace hoiam::gateway
