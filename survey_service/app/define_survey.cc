#include "survey_service/app/define_survey.h"

#include <set>
#include <string>

#include "platform/base/page_token.h"
#include "platform/base/text.h"
#include "survey_service/app/metric_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/app/wave_schedule.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/metric.h"
#include "survey_service/convert/survey.h"
#include "survey_service/convert/times.h"
#include "survey_service/convert/trigger.h"
#include "survey_service/errors.h"
#include "survey_service/store/rows.h"
#include "survey_service/store/survey_reader.h"

namespace hoiam::survey {
namespace {

void Want(const std::string& tenant, const std::string& id, db::UnitOfWork& uow) {
  uow.Want<SurveyRow>({tenant, id});
  uow.Want<ActiveSurveyRow>({tenant, id});
  WantSchedule(uow, tenant);
}

// As it was stored, with its scope: one of a tenant's own metric was never without.
absl::StatusOr<v1::Survey> Stored(const std::string& body) {
  HOIAM_ASSIGN_OR_RETURN(v1::Survey s, Parse<v1::Survey>(body));
  FillScope({}, s);
  return s;
}

// The metrics of the tenant's own that a survey names: what is fixed of one that was made stays so, and may be read
// before the write.
absl::StatusOr<MetricBook> NamedBy(const Deps& deps, const rpc::CallContext& ctx, const v1::Survey& survey) {
  const std::set<std::string> own = OwnMetrics(survey);
  if (own.empty()) return MetricBook();
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  return ReadMetrics(db, own);
}

absl::StatusOr<v1::Survey> Find(const std::string& tenant, const std::string& id, db::UnitOfWork& uow) {
  const SurveyRow* row = uow.Find<SurveyRow>({tenant, id});
  if (!row) return SurveyNotFound(id);
  return Stored(row->body);
}

// Stores the survey as it is now; interactions are decided by it while it is active and has a trigger, and waves come
// while it is active and has a schedule.
absl::Status Put(const std::string& tenant, const std::string& fingerprint, v1::Survey& s, db::UnitOfWork& uow,
                 absl::Time now) {
  SetTime(now, s.mutable_update_time());
  uow.Put(SurveyRow{tenant, s.survey_id(), fingerprint, s.SerializeAsString()});
  if (s.state() == v1::SurveyState::ACTIVE && s.has_trigger()) {
    uow.Put(ActiveSurveyRow{tenant, s.survey_id(), Slim(s).SerializeAsString()});
  } else if (uow.Find<ActiveSurveyRow>({tenant, s.survey_id()})) {
    uow.Delete<ActiveSurveyRow>({tenant, s.survey_id()});
  }
  return PutSchedule(uow, tenant, s, now);
}

void PutVersion(const std::string& tenant, const v1::Survey& s, db::UnitOfWork& uow) {
  uow.Put(SurveyVersionRow{tenant, s.survey_id(), s.version(), s.SerializeAsString()});
}

rpc::Write<v1::Survey> WriteOf(const std::string& tenant, const std::string& id) {
  rpc::Write<v1::Survey> w;
  w.subject = id;
  w.want = [tenant, id](db::UnitOfWork& uow) { Want(tenant, id, uow); };
  return w;
}

}  // namespace

void CreateSurvey(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateSurveyRequest& q,
                  rpc::Reply<v1::Survey> reply) {
  const auto metrics = NamedBy(deps, ctx, q.survey());
  if (!metrics.ok()) return reply(metrics.status(), {});
  Violations v;
  const NewSurvey made = ReadNewSurvey(q, *metrics, v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  auto w = WriteOf(ctx.tenant, made.survey.survey_id());
  w.decide = [tenant = ctx.tenant, made](db::UnitOfWork& uow, absl::Time now) -> absl::StatusOr<v1::Survey> {
    const std::string& id = made.survey.survey_id();
    if (const auto* row = uow.Find<SurveyRow>({tenant, id})) {
      if (row->fingerprint != made.fingerprint) return IdReused("surveyId", id);
      return Stored(row->body);
    }
    v1::Survey s = made.survey;
    HOIAM_RETURN_IF_ERROR(CheckSchedule(uow, tenant, s));
    SetTime(now, s.mutable_create_time());
    HOIAM_RETURN_IF_ERROR(Put(tenant, made.fingerprint, s, uow, now));
    PutVersion(tenant, s, uow);
    return s;
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

void UpdateSurvey(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateSurveyRequest& q,
                  rpc::Reply<v1::Survey> reply) {
  Violations shape;
  const Patch patch = ReadSurveyPatch(q, shape);
  if (!shape.empty()) return reply(shape.ToStatus(), {});
  auto w = WriteOf(ctx.tenant, q.survey().survey_id());
  w.want = [tenant = ctx.tenant, source = &q.survey()](db::UnitOfWork& uow) {
    Want(tenant, source->survey_id(), uow);
    WantMetrics(uow, tenant, OwnMetrics(*source));
    v1::Survey s;
    const SurveyRow* row = uow.Find<SurveyRow>({tenant, source->survey_id()});
    if (row && s.ParseFromString(row->body)) WantMetrics(uow, tenant, OwnMetrics(s));
  };
  w.decide = [tenant = ctx.tenant, patch, source = &q.survey()](db::UnitOfWork& uow,
                                                                absl::Time now) -> absl::StatusOr<v1::Survey> {
    const std::string& id = source->survey_id();
    HOIAM_ASSIGN_OR_RETURN(const v1::Survey before, Find(tenant, id, uow));
    if (before.state() == v1::SurveyState::ARCHIVED) return SurveyArchived(id);
    v1::Survey s = before;
    Violations v;
    std::set<std::string> own = OwnMetrics(*source);
    own.merge(OwnMetrics(s));
    ApplySurveyPatch(*source, patch, FindMetrics(uow, tenant, own), s, v);
    HOIAM_RETURN_IF_ERROR(v.ToStatus());
    if (SameContent(before, s)) return s;
    HOIAM_RETURN_IF_ERROR(CheckSchedule(uow, tenant, s));
    s.set_version(s.version() + 1);
    HOIAM_RETURN_IF_ERROR(Put(tenant, uow.Find<SurveyRow>({tenant, id})->fingerprint, s, uow, now));
    PutVersion(tenant, s, uow);
    return s;
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

void MoveSurvey(SurveyVerb verb, const Deps& deps, const rpc::CallContext& ctx, const v1::MoveSurveyRequest& q,
                rpc::Reply<v1::Survey> reply) {
  Violations shape;
  CheckSlug(q.survey_id(), "surveyId", true, shape);
  if (!shape.empty()) return reply(shape.ToStatus(), {});
  auto w = WriteOf(ctx.tenant, q.survey_id());
  w.decide = [tenant = ctx.tenant, id = q.survey_id(), verb](db::UnitOfWork& uow,
                                                             absl::Time now) -> absl::StatusOr<v1::Survey> {
    HOIAM_ASSIGN_OR_RETURN(v1::Survey s, Find(tenant, id, uow));
    const SurveyState from = ToState(s.state());
    const auto to = Move(from, verb);
    if (!to) return SurveyTransitionRefused(from, verb);
    if (*to == from) return s;
    s.set_state(FromState(*to));
    HOIAM_RETURN_IF_ERROR(Put(tenant, uow.Find<SurveyRow>({tenant, id})->fingerprint, s, uow, now));
    return s;
  };
  deps.writer.Submit(ctx, q, std::move(w), std::move(reply));
}

absl::StatusOr<v1::Survey> GetSurvey(const Deps& deps, const rpc::CallContext& ctx, const v1::GetSurveyRequest& q) {
  Violations v;
  CheckSlug(q.survey_id(), "surveyId", true, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto body, ReadSurvey(db, q.survey_id()));
  if (!body) return SurveyNotFound(q.survey_id());
  return Stored(*body);
}

absl::StatusOr<v1::ListSurveysResponse> ListSurveys(const Deps& deps, const rpc::CallContext& ctx,
                                                    const v1::ListSurveysRequest& q) {
  HOIAM_ASSIGN_OR_RETURN(const int size, CheckPageSize(q.page_size()));
  const std::string query = absl::StrCat("surveys/", ctx.tenant);
  HOIAM_ASSIGN_OR_RETURN(const auto key, DecodePageToken(query, q.page_token()));
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(deps.pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const auto bodies, ListSurveys(db, key.empty() ? "" : key[0], size + 1));
  v1::ListSurveysResponse page;
  for (const std::string& body : bodies) {
    if (page.surveys_size() == size) {
      page.set_next_page_token(EncodePageToken(query, {page.surveys(size - 1).survey_id()}));
      break;
    }
    HOIAM_ASSIGN_OR_RETURN(*page.add_surveys(), Stored(body));
  }
  return page;
}

}  // namespace hoiam::survey
