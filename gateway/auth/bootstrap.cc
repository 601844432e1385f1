#include "gateway/auth/bootstrap.h"

#include "gateway/auth/key_text.h"
#include "gateway/auth/scopes.h"
#include "gateway/store/keys.h"
#include "platform/base/status.h"

namespace hoiam::gateway {

absl::StatusOr<std::string> Bootstrap(db::Session& session, absl::string_view tenant, absl::string_view display_name,
                                      absl::Time now) {
  std::string text;
  HOIAM_RETURN_IF_ERROR(db::InTransaction(session, [&]() -> absl::Status {
    HOIAM_RETURN_IF_ERROR(AddTenant(session, tenant, display_name, now));
    HOIAM_ASSIGN_OR_RETURN(const auto found, LockKey(session, tenant, kFirstKeyId));
    if (found && found->LiveAt(now) && Allows(ParseScopes(found->scopes), kAdminScope)) return absl::OkStatus();
    text = NewKeyText();
    KeyRow key;
    key.tenant_id = std::string(tenant);
    key.key_id = kFirstKeyId;
    key.principal = "admin";
    key.scopes = FormatScopes(kAdminScope);
    key.secret_hash = KeyHash(text);
    key.prefix = KeyPrefix(text);
    key.created_at = now;
    return ReplaceKey(session, key);
  }));
  return text;
}

}  // namespace hoiam::gateway
