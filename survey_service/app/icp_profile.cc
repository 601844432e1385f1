#include "survey_service/app/icp_profile.h"

#include "survey_service/app/icp_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/icp.h"
#include "survey_service/store/customer_reader.h"
#include "survey_service/store/customer_rows.h"

namespace hoiam::survey {
namespace {

constexpr char kSubject[] = "icp_profile";

absl::StatusOr<v1::IcpProfile> Decide(const std::string& tenant, const v1::IcpProfile& source, const Patch& patch,
                                      db::UnitOfWork& uow) {
  v1::IcpProfile profile = DefaultIcpProfile();
  if (const auto* row = uow.Find<IcpProfileRow>({tenant})) {
    HOIAM_ASSIGN_OR_RETURN(profile, Parse<v1::IcpProfile>(row->body));
  }
  const v1::IcpProfile before = profile;
  Violations v;
  ApplyIcpPatch(source, patch, profile, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  if (SameContent(before, profile)) return profile;
  profile.set_revision(profile.revision() + 1);
  uow.Put(IcpProfileRow{tenant, profile.revision(), profile.SerializeAsString()});
  return profile;
}

}  // namespace

absl::StatusOr<v1::IcpProfile> GetIcpProfile(const Deps& deps, const rpc::CallContext& ctx,
                                             const v1::GetIcpProfileRequest&) {
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto body, ReadIcpProfile(db));
  if (!body) return DefaultIcpProfile();
  return Parse<v1::IcpProfile>(*body);
}

void UpdateIcpProfile(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateIcpProfileRequest& q,
                      rpc::Reply<v1::IcpProfile> reply) {
  Violations v;
  const Patch patch = ReadIcpPatch(q, v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  rpc::Write<v1::IcpProfile> w;
  w.subject = kSubject;
  w.bytes = 2 * q.ByteSizeLong() + 256;
  w.want = [tenant = ctx.tenant](db::UnitOfWork& uow) { WantIcpProfile(uow, tenant); };
  w.decide = [tenant = ctx.tenant, patch, source = &q.profile()](db::UnitOfWork& uow, absl::Time) {
    return Decide(tenant, *source, patch, uow);
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

}  // namespace hoiam::survey
