#include "gateway/auth/tenant_rules.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "gateway/auth/bootstrap.h"
#include "gateway/limits.h"
#include "platform/base/status.h"
#include "platform/base/text.h"

namespace hoiam::gateway {
namespace {

void CheckTenantId(absl::string_view id, Violations& v) {
  const auto lower = [](char c) { return absl::ascii_islower(c) || absl::ascii_isdigit(c); };
  if (id.empty()) return v.Add("tenantId", "REQUIRED", "is required");
  if (id.size() > kMaxTenantId || !lower(id[0]) ||
      !std::all_of(id.begin(), id.end(), [&](char c) { return lower(c) || c == '-'; }))
    return v.Add("tenantId", "INVALID_TENANT_ID", "must be [a-z0-9][a-z0-9-]{0,47}");
  if (id == kOperatorTenant) v.Add("tenantId", "RESERVED_ID", "is the operator's own");
}

void CheckName(absl::string_view name, absl::string_view field, Violations& v) {
  if (name.empty()) v.Add(field, "REQUIRED", "is required");
  CheckLine(name, field, kMaxTenantName, v);
}

void CheckLimits(const v1::TenantLimits& limits, absl::string_view field, Violations& v) {
  const auto check = [&](bool has, int64_t n, int64_t max, absl::string_view name) {
    if (has && (n < 1 || n > max))
      v.Add(absl::StrCat(field, ".", name), "OUT_OF_RANGE", absl::StrCat("must be 1 to ", max));
  };
  check(limits.has_requests_per_second(), limits.requests_per_second(), kMaxRate, "requestsPerSecond");
  check(limits.has_concurrent_requests(), limits.concurrent_requests(), kMaxConcurrency, "concurrentRequests");
}

void Set(const v1::TenantLimits& limits, TenantRow& tenant) {
  tenant.requests_per_second.reset();
  tenant.concurrent_requests.reset();
  if (limits.has_requests_per_second()) tenant.requests_per_second = limits.requests_per_second();
  if (limits.has_concurrent_requests()) tenant.concurrent_requests = limits.concurrent_requests();
}

}  // namespace

absl::StatusOr<TenantRow> CheckNewTenant(const v1::CreateTenantRequest& request) {
  Violations v;
  CheckTenantId(request.tenant_id(), v);
  CheckName(request.display_name(), "displayName", v);
  CheckLimits(request.limits(), "limits", v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  TenantRow tenant;
  tenant.tenant_id = request.tenant_id();
  tenant.display_name = request.display_name();
  Set(request.limits(), tenant);
  return tenant;
}

absl::StatusOr<TenantPatch> CheckTenantPatch(const v1::UpdateTenantRequest& request) {
  Violations v;
  TenantPatch patch{false, false, request.tenant()};
  if (!request.has_update_mask()) {
    patch.display_name = !request.tenant().display_name().empty();
    patch.limits = request.tenant().has_limits();
  } else if (request.update_mask().paths().empty()) {
    v.Add("updateMask", "EMPTY_MASK", "names no field; leave it out to set the fields that are present");
  }
  for (const std::string& path : request.update_mask().paths()) {
    if (path == "display_name")
      patch.display_name = true;
    else if (path == "limits")
      patch.limits = true;
    else if (path == "tenant_id")
      continue;
    else if (path.find('.') != std::string::npos)
      v.Add("updateMask", "PATH_TOO_DEEP", absl::StrCat("'", path, "': only whole fields can be named"));
    else if (v1::Tenant::descriptor()->FindFieldByName(path))
      v.Add("updateMask", "NOT_SETTABLE", absl::StrCat("'", path, "' cannot be set"));
    else
      v.Add("updateMask", "UNKNOWN_FIELD", absl::StrCat("'", path, "' is no field of this resource"));
  }
  if (patch.display_name) CheckName(request.tenant().display_name(), "displayName", v);
  if (patch.limits) CheckLimits(request.tenant().limits(), "limits", v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  return patch;
}

bool Apply(const TenantPatch& patch, TenantRow& tenant) {
  TenantRow next = tenant;
  if (patch.display_name) next.display_name = patch.source.display_name();
  if (patch.limits) Set(patch.source.limits(), next);
  if (SameTenant(next, tenant)) return false;
  ++next.revision;
  tenant = next;
  return true;
}

bool SameTenant(const TenantRow& tenant, const TenantRow& wanted) {
  return tenant.display_name == wanted.display_name && tenant.requests_per_second == wanted.requests_per_second &&
         tenant.concurrent_requests == wanted.concurrent_requests;
}

v1::Tenant ToProto(const TenantRow& tenant) {
  v1::Tenant out;
  out.set_tenant_id(tenant.tenant_id);
  out.set_display_name(tenant.display_name);
  out.set_state(static_cast<v1::TenantState::Code>(tenant.state));
  if (tenant.requests_per_second)
    out.mutable_limits()->set_requests_per_second(static_cast<int32_t>(*tenant.requests_per_second));
  if (tenant.concurrent_requests)
    out.mutable_limits()->set_concurrent_requests(static_cast<int32_t>(*tenant.concurrent_requests));
  out.set_suspend_reason(tenant.suspend_reason);
  const int64_t us = absl::ToUnixMicros(tenant.created_at);
  out.mutable_create_time()->set_seconds(us / 1'000'000);
  out.mutable_create_time()->set_nanos(static_cast<int32_t>(us % 1'000'000 * 1000));
  out.set_revision(tenant.revision);
  return out;
}

}  // namespace hoiam::gateway
