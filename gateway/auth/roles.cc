#include "gateway/auth/roles.h"

namespace hoiam::gateway {

ScopeSet ScopesOf(v1::Role::Code role) {
  for (const RoleScopes& row : kRoles)
    if (row.role == role) return ParseScopes(row.scopes);
  return 0;
}

}  // namespace hoiam::gateway
