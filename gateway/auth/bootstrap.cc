#include "gateway/auth/bootstrap.h"

#include "gateway/auth/key_text.h"
#include "gateway/auth/roles.h"
#include "gateway/store/keys.h"
#include "gateway/store/tenants.h"
#include "platform/base/status.h"

namespace hoiam::gateway {

KeyRow FirstKey(absl::string_view tenant, absl::string_view text, absl::Time now) {
  const bool operates = tenant == kOperatorTenant;
  KeyRow key;
  key.tenant_id = std::string(tenant);
  key.key_id = kFirstKeyId;
  key.principal = operates ? kOperatorTenant : kAdminPrincipal;
  key.scopes = FormatScopes(operates ? kAdminScope | kOperatorScope : kAdminScope);
  key.role = operates ? v1::Role::UNSPECIFIED : v1::Role::ADMIN;
  key.secret_hash = KeyHash(text);
  key.prefix = KeyPrefix(text);
  key.created_at = now;
  return key;
}

absl::StatusOr<std::string> Bootstrap(const db::TenantDb& db, absl::string_view display_name, absl::Time now) {
  const std::string text = NewKeyText();
  HOIAM_RETURN_IF_ERROR(db.InTransaction([&]() -> absl::Status {
    HOIAM_RETURN_IF_ERROR(AddTenant(db, display_name, now));
    return ReplaceKey(db, FirstKey(db.tenant(), text, now));
  }));
  return text;
}

}  // namespace hoiam::gateway
