// What a tenant may be: values in, values out.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "gateway/store/tenant_row.h"
#include "hoiam/gateway/v1/tenant_service.pb.h"

namespace hoiam::gateway {

// A new tenant of the right shape, without its time. All that is wrong at once: REQUIRED, INVALID_TENANT_ID,
// RESERVED_ID, TOO_LONG, OUT_OF_RANGE.
absl::StatusOr<TenantRow> CheckNewTenant(const v1::CreateTenantRequest& request);

// What a PATCH sets: the fields of its mask, or without one those that are present. REQUIRED, TOO_LONG, OUT_OF_RANGE,
// and on updateMask EMPTY_MASK, UNKNOWN_FIELD, NOT_SETTABLE, PATH_TOO_DEEP.
struct TenantPatch {
  bool display_name = false;
  bool limits = false;
  v1::Tenant source;
};
absl::StatusOr<TenantPatch> CheckTenantPatch(const v1::UpdateTenantRequest& request);
// Whether anything changed; then the revision did too.
bool Apply(const TenantPatch& patch, TenantRow& tenant);

// Whether a tenant is the same as when `wanted` made it.
bool SameTenant(const TenantRow& tenant, const TenantRow& wanted);

// As callers see it.
v1::Tenant ToProto(const TenantRow& tenant);

}  // namespace hoiam::gateway
