#include "survey_service/app/amend_response.h"

#include <optional>
#include <set>
#include <vector>

#include "platform/base/text.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/app/known_step.h"
#include "survey_service/app/metric_step.h"
#include "survey_service/app/read_responses.h"
#include "survey_service/app/response_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/metric.h"
#include "survey_service/convert/response.h"
#include "survey_service/convert/survey.h"
#include "survey_service/convert/times.h"
#include "survey_service/errors.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

absl::StatusOr<v1::Response> Known(const Deps& deps, const rpc::CallContext& ctx, const std::string& id) {
  v1::GetResponseRequest get;
  get.set_response_id(id);
  return GetResponse(deps, ctx, get);
}

// What of a stored answer never changes: enough to find all that its change needs.
struct Target {
  std::string tenant, id, customer_id, metric, survey_id;
  int64_t survey_version;
  std::string invitation_id;

  // Whose the invitation was when it was made.
  std::string holder() const { return customer_id.empty() ? ReceiptHolder(invitation_id) : customer_id; }
};

Target TargetOf(const std::string& tenant, const v1::Response& r) {
  return {tenant, r.response_id(), r.customer_id(), r.metric(), r.survey_id(), r.survey_version(), r.invitation_id()};
}

void Want(const Target& t, db::UnitOfWork& uow) {
  uow.Want<ResponseRow>({t.tenant, t.id});
  WantMetric(uow, t.tenant, t.metric);
  WantStanding(uow, t.tenant, t.customer_id);
  if (const auto* row = uow.Find<ResponseRow>({t.tenant, t.id}))  // an anonymous answer may have been claimed
    WantStanding(uow, t.tenant, row->customer_id);
  if (!t.survey_id.empty()) uow.Want<SurveyVersionRow>({t.tenant, t.survey_id, t.survey_version});
}

// What only a change of the answers needs.
void WantAmending(const Target& t, db::UnitOfWork& uow) {
  Want(t, uow);
  if (t.survey_id.empty()) return;
  if (!t.customer_id.empty()) WantCustomer(uow, t.tenant, t.customer_id);
  if (!t.invitation_id.empty()) {
    uow.Want<InvitationRow>({t.tenant, t.holder(), t.invitation_id});
    WantTally(uow, t.tenant);
  }
  const auto* version = uow.Find<SurveyVersionRow>({t.tenant, t.survey_id, t.survey_version});
  v1::Survey survey;
  if (version && survey.ParseFromString(version->body)) {
    WantMetrics(uow, t.tenant, OwnMetrics(survey));
    WantKnown(uow, t.tenant, t.customer_id, ToQuestions(survey, {}));
  }
}

// Keeps what the amended answer says of the customer, and how far it got.
absl::Status Follow(const Target& t, const std::vector<Question>& questions, const v1::Response& before,
                    const v1::Response& after, db::UnitOfWork& uow, absl::Time now) {
  std::optional<v1::Customer> customer;
  if (const auto* row = t.customer_id.empty() ? nullptr : uow.Find<CustomerRow>({t.tenant, t.customer_id})) {
    HOIAM_ASSIGN_OR_RETURN(customer, Parse<v1::Customer>(row->body));
  }
  const std::set<std::string> known = Known(uow, t.tenant, customer ? &*customer : nullptr, questions, now);
  KeepKnown(uow, t.tenant, t.customer_id, questions, after, ToTime(after.responded_at()));
  if (t.invitation_id.empty() || after.effects() != v1::Effects::FULL) return absl::OkStatus();
  const auto* row = uow.Find<InvitationRow>({t.tenant, t.holder(), t.invitation_id});
  if (!row) return absl::OkStatus();  // of a receipt whose answer was claimed
  HOIAM_ASSIGN_OR_RETURN(const v1::Invitation invitation, Parse<v1::Invitation>(row->body));
  return CountReached(uow, t.tenant, invitation, ReachedBy(questions, known, before),
                      ReachedBy(questions, known, after));
}

absl::StatusOr<v1::Response> Amend(const Target& t, const v1::Response& source, const Patch& patch, db::UnitOfWork& uow,
                                   absl::Time now) {
  const ResponseRow* row = uow.Find<ResponseRow>({t.tenant, t.id});
  if (!row) return ResponseNotFound(t.id);
  HOIAM_ASSIGN_OR_RETURN(const v1::Response before, Parse<v1::Response>(row->body));
  if (before.voided()) return ResponseVoided(t.id);
  v1::Response r = before;
  ApplyPatch(source, patch, r);
  Violations v;
  const MetricPtr metric = FindMetric(uow, t.tenant, r.metric(), r.metric_version());
  if (!metric && r.has_score()) v.Add("score", "METRIC_REQUIRED", "this is feedback in words; it counts for no metric");
  if (metric && r.has_score()) CheckScore(*metric, r.score(), "score", v);
  HOIAM_ASSIGN_OR_RETURN(const auto survey, AskedWith(uow, t.tenant, r));
  MetricBook metrics;
  if (survey) {
    metrics = FindMetrics(uow, t.tenant, OwnMetrics(*survey));
    metrics.Add(metric);  // in the version that the answer counts by
    if (v.empty()) CheckAmended(*survey, metrics, patch, r, v);
  } else if (r.answers_size() > 0) {
    v.Add("answers", "SURVEY_REQUIRED", "this answer belongs to no survey");
  }
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  if (SameContent(before, r)) return r;
  const std::string fingerprint = row->fingerprint;
  if (survey) HOIAM_RETURN_IF_ERROR(Follow(t, ToQuestions(*survey, metrics), before, r, uow, now));
  return PutResponse(uow, t.tenant, std::move(r), survey ? &*survey : nullptr, fingerprint, now);
}

absl::StatusOr<v1::Response> Void(const Target& t, const std::string& reason, db::UnitOfWork& uow, absl::Time now) {
  const ResponseRow* row = uow.Find<ResponseRow>({t.tenant, t.id});
  if (!row) return ResponseNotFound(t.id);
  HOIAM_ASSIGN_OR_RETURN(v1::Response r, Parse<v1::Response>(row->body));
  if (r.voided()) return r;
  r.set_voided(true);
  r.set_void_reason(reason);
  HOIAM_ASSIGN_OR_RETURN(const auto survey, AskedWith(uow, t.tenant, r));
  const std::string fingerprint = row->fingerprint;
  return PutResponse(uow, t.tenant, std::move(r), survey ? &*survey : nullptr, fingerprint, now);
}

}  // namespace

void UpdateResponse(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateResponseRequest& q,
                    rpc::Reply<v1::UpdateResponseResponse> reply) {
  Violations v;
  const Patch patch = ReadResponsePatch(q, v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  const auto known = Known(deps, ctx, q.response().response_id());
  if (!known.ok()) return reply(known.status(), {});
  const Target t = TargetOf(ctx.tenant, *known);
  rpc::Write<v1::UpdateResponseResponse> w;
  w.subject = t.customer_id.empty() ? t.id : t.customer_id;
  w.want = [t](db::UnitOfWork& uow) { WantAmending(t, uow); };
  w.decide = [t, patch, source = &q.response()](db::UnitOfWork& uow,
                                                absl::Time now) -> absl::StatusOr<v1::UpdateResponseResponse> {
    v1::UpdateResponseResponse out;
    HOIAM_ASSIGN_OR_RETURN(*out.mutable_response(), Amend(t, *source, patch, uow, now));
    return out;
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

void VoidResponse(const Deps& deps, const rpc::CallContext& ctx, const v1::VoidResponseRequest& q,
                  rpc::Reply<v1::VoidResponseResponse> reply) {
  Violations v;
  CheckClientId(q.response_id(), "responseId", v);
  CheckReason(q.reason(), "reason", v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  const auto known = Known(deps, ctx, q.response_id());
  if (!known.ok()) return reply(known.status(), {});
  const Target t = TargetOf(ctx.tenant, *known);
  rpc::Write<v1::VoidResponseResponse> w;
  w.subject = t.customer_id.empty() ? t.id : t.customer_id;
  w.want = [t](db::UnitOfWork& uow) { Want(t, uow); };
  w.decide = [t, reason = q.reason()](db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::VoidResponseResponse> {
    v1::VoidResponseResponse out;
    HOIAM_ASSIGN_OR_RETURN(*out.mutable_response(), Void(t, reason, uow, now));
    return out;
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

}  // namespace hoiam::survey
