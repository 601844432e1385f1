// Role → scopes: the one table of what the people of a programme may do (requirements D15). A key that has a role gets
// these scopes whenever it is used, whatever it was made with: to change what a role may do, change its row.
#pragma once

#include <array>

#include "gateway/auth/scopes.h"
#include "hoiam/gateway/v1/key_service.pb.h"

namespace hoiam::gateway {

struct RoleScopes {
  v1::Role::Code role;
  const char* scopes;  // by commas
};

inline constexpr std::array kRoles = {
    RoleScopes{v1::Role::ADMIN, "admin"},
    RoleScopes{v1::Role::CX_LEAD,
               "customers.read,customers.write,surveys.read,surveys.write,responses.read,responses.write,scores.read,"
               "cases.read,cases.write,events.read"},
    RoleScopes{v1::Role::TEAM_CHAMPION,
               "customers.read,surveys.read,responses.read,scores.read,cases.read,cases.write"},
    RoleScopes{v1::Role::CASE_OWNER, "customers.read,responses.read,cases.read,cases.write"},
    RoleScopes{v1::Role::ANALYST, "surveys.read,responses.read,scores.read"},
    RoleScopes{v1::Role::VIEWER, "scores.read"},
    RoleScopes{v1::Role::AUDITOR, "customers.read,surveys.read,responses.read,scores.read,cases.read,events.read"},
    RoleScopes{v1::Role::INTEGRATION,
               "interactions.write,customers.read,customers.write,surveys.read,responses.read,responses.write,"
               "scores.read,events.read"},
};

// Nothing for a role that is not in the table: a role of a newer release can do nothing here.
ScopeSet ScopesOf(v1::Role::Code role);

}  // namespace hoiam::gateway
