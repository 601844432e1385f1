// From a call to the rows that it may see. The one place where a handler's database handle gets its tenant.
#pragma once

#include "platform/db/tenant_db.h"
#include "platform/rpc/context.h"

namespace hoiam::rpc {

// Waits for a connection as long as the call may.
inline absl::StatusOr<db::TenantDb> OpenDb(db::Pool& pool, const CallContext& ctx) {
  return db::TenantDb::Open(pool, ctx.tenant, ctx.deadline);
}

}  // namespace hoiam::rpc
