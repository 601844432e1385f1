#include "survey_service/app/ask_policy.h"

#include <set>

#include "survey_service/app/metric_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/ask_policy.h"
#include "survey_service/convert/checks.h"
#include "survey_service/store/asking_rows.h"
#include "survey_service/store/policy_reader.h"

namespace hoiam::survey {
namespace {

constexpr char kSubject[] = "ask_policy";

absl::StatusOr<v1::AskPolicy> Decide(const std::string& tenant, const v1::AskPolicy& source, const Patch& patch,
                                     db::UnitOfWork& uow) {
  v1::AskPolicy policy = DefaultPolicy();
  if (const auto* row = uow.Find<AskPolicyRow>({tenant})) {
    HOIAM_ASSIGN_OR_RETURN(policy, Parse<v1::AskPolicy>(row->body));
  }
  const v1::AskPolicy before = policy;
  Violations v;
  std::set<std::string> own = OwnMetrics(source);
  own.merge(OwnMetrics(policy));
  ApplyPolicyPatch(source, patch, FindMetrics(uow, tenant, own), policy, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  if (SameContent(before, policy)) return policy;
  policy.set_revision(policy.revision() + 1);
  uow.Put(AskPolicyRow{tenant, policy.SerializeAsString()});
  return policy;
}

}  // namespace

absl::StatusOr<v1::AskPolicy> GetAskPolicy(const Deps& deps, const rpc::CallContext& ctx,
                                           const v1::GetAskPolicyRequest&) {
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto body, ReadAskPolicy(db));
  if (!body) return DefaultPolicy();
  return Parse<v1::AskPolicy>(*body);
}

void UpdateAskPolicy(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateAskPolicyRequest& q,
                     rpc::Reply<v1::AskPolicy> reply) {
  Violations v;
  const Patch patch = ReadPolicyPatch(q, v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  rpc::Write<v1::AskPolicy> w;
  w.subject = kSubject;
  w.want = [tenant = ctx.tenant, source = &q.policy()](db::UnitOfWork& uow) {
    uow.Want<AskPolicyRow>({tenant});
    WantMetrics(uow, tenant, OwnMetrics(*source));
    v1::AskPolicy policy;
    const auto* row = uow.Find<AskPolicyRow>({tenant});
    if (row && policy.ParseFromString(row->body)) WantMetrics(uow, tenant, OwnMetrics(policy));
  };
  w.decide = [tenant = ctx.tenant, patch, source = &q.policy()](db::UnitOfWork& uow, absl::Time) {
    return Decide(tenant, *source, patch, uow);
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

}  // namespace hoiam::survey
