#include "survey_service/app/response_step.h"

#include <optional>
#include <utility>

#include "platform/base/status.h"
#include "survey_service/app/catalogue_step.h"
#include "survey_service/app/metric_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/convert/event.h"
#include "survey_service/convert/response.h"
#include "survey_service/convert/survey.h"
#include "survey_service/convert/times.h"
#include "survey_service/domain/metric.h"
#include "survey_service/domain/standing.h"
#include "survey_service/store/customer_rows.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

std::string Band(const Metric* metric, int score) { return metric ? std::string(BandOf(*metric, score)) : ""; }

// A text among the interaction's properties; "" when there is none.
const std::string& PropertyOf(const v1::Interaction& interaction, const char* name) {
  static const auto* none = new std::string;
  const auto it = interaction.properties().find(name);
  return it == interaction.properties().end() ? *none : it->second.string_value();
}
const std::string& ItemOf(const v1::Interaction& interaction) { return PropertyOf(interaction, "item"); }

// Finds what the customer answered before, and keeps the score of this answer.
absl::Status KeepStanding(db::UnitOfWork& uow, const std::string& tenant, const Metric* metric, const v1::Response& r,
                          absl::Time at, event::v1::ResponseChanged& changed) {
  const StandingRow* row = uow.Find<StandingRow>({tenant, r.customer_id(), r.metric()});
  std::optional<Standing> standing = row ? Standing::Parse(row->scores) : Standing();
  if (!standing) return absl::InternalError("a stored standing cannot be read");
  if (const auto before = standing->Before(at)) {
    changed.set_previous_score(before->score);
    changed.set_previous_band(Band(metric, before->score));
    SetTime(before->at, changed.mutable_previous_responded_at());
  }
  const bool counts = r.has_score() && !r.voided();
  if (counts ? standing->Set(r.response_id(), at, r.score()) : standing->Remove(r.response_id(), at))
    uow.Put(StandingRow{tenant, r.customer_id(), r.metric(), standing->Serialize()});
  return absl::OkStatus();
}

}  // namespace

void WantStanding(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id) {
  if (!customer_id.empty()) uow.Want<StandingRow>({tenant, customer_id});
}

void WantFrozen(db::UnitOfWork& uow, const std::string& tenant, const v1::Interaction& interaction) {
  const std::string& item = ItemOf(interaction);
  if (!item.empty()) uow.Want<UsageItemRow>({tenant, interaction.customer_id(), item});
  WantStage(uow, tenant, interaction.touchpoint());
}

void Freeze(db::UnitOfWork& uow, const std::string& tenant, const AnswerContext& context, v1::Response& r) {
  if (const v1::Interaction* i = context.interaction) {
    if (r.touchpoint().empty()) r.set_touchpoint(i->touchpoint());
    if (r.channel().empty()) r.set_channel(i->channel());
    r.set_shop(PropertyOf(*i, "shop"));
    r.set_lot(PropertyOf(*i, "lot"));
    const db::Values item = {tenant, i->customer_id(), ItemOf(*i)};
    v1::Usage usage;
    // An interaction that was recorded in this very batch was not there when rows were wanted.
    const auto* row = uow.Wanted<UsageItemRow>(item) ? uow.Find<UsageItemRow>(item) : nullptr;
    if (row && usage.ParseFromString(row->body)) r.set_usage_status(usage.status());
  }
  if (const v1::Invitation* i = context.invitation) {
    if (r.touchpoint().empty()) r.set_touchpoint(i->touchpoint());
    if (r.order().empty()) r.set_order(i->order());
    r.set_case_id(i->case_id());
  }
  if (const v1::Survey* survey = context.survey) {
    const MetricPtr metric = FindMetric(uow, tenant, survey->metric());
    if (r.scope() == v1::Scope::UNSPECIFIED && metric) r.set_scope(ScopeOf(*survey, *metric));
    if (survey->incentivised()) r.set_incentivised(true);
  }
  r.set_stage(StageOf(uow, tenant, r.touchpoint()));
  r.set_touchpoint_team(TouchpointTeamOf(uow, tenant, r.touchpoint()));
  if (context.customer) FreezeCustomer(*context.customer, r);
}

void FreezeCustomer(const v1::Customer& customer, v1::Response& r) {
  r.set_segment(customer.segment());
  r.set_owner_team(customer.owner_team());
  r.set_account_owner(customer.account_owner());
  if (r.shop().empty()) r.set_shop(customer.owner_team());
  r.set_respondent_kind(customer.kind());
  r.set_icp_fit(customer.icp_fit());
}

void WantAskedWith(db::UnitOfWork& uow, const std::string& tenant, const v1::Response& r) {
  if (!r.survey_id().empty()) uow.Want<SurveyVersionRow>({tenant, r.survey_id(), r.survey_version()});
}

absl::StatusOr<std::optional<v1::Survey>> AskedWith(db::UnitOfWork& uow, const std::string& tenant,
                                                    const v1::Response& r) {
  const auto* row =
      r.survey_id().empty() ? nullptr : uow.Find<SurveyVersionRow>({tenant, r.survey_id(), r.survey_version()});
  if (!row) return std::nullopt;
  HOIAM_ASSIGN_OR_RETURN(v1::Survey survey, Parse<v1::Survey>(row->body));
  return std::optional(std::move(survey));
}

Reached ReachedBy(const std::vector<Question>& questions, const std::set<std::string>& known,
                  const v1::Response& response) {
  const std::vector<Answer> answers = AnswersWithScore(questions, response);
  Reached reached;
  reached.shown = WhatToAsk(questions, known, answers).shown;
  for (const Answer& a : answers) reached.answered.push_back(a.question_id);
  reached.finished = response.finished();
  return reached;
}

absl::StatusOr<v1::Response> PutResponse(db::UnitOfWork& uow, const std::string& tenant, v1::Response response,
                                         const v1::Survey* survey, const std::string& fingerprint, absl::Time now) {
  if (response.revision() == 0) SetTime(now, response.mutable_create_time());
  response.set_revision(response.revision() + 1);
  const MetricPtr metric = FindMetric(uow, tenant, response.metric(), response.metric_version());
  if (!metric && !response.metric().empty()) return absl::InternalError("the metric of an answer is missing");
  FillCounted(metric.get(), response);
  const absl::Time at = ToTime(response.responded_at());

  event::v1::Event event = NewEvent(tenant, response.customer_id(), now);
  auto* changed = event.mutable_response();
  if (!response.customer_id().empty())
    HOIAM_RETURN_IF_ERROR(KeepStanding(uow, tenant, metric.get(), response, at, *changed));
  const ResponseRow* replaced =
      response.revision() > 1 ? uow.Find<ResponseRow>({tenant, response.response_id()}) : nullptr;
  if (replaced && replaced->score) {
    changed->set_replaced_score(static_cast<int32_t>(*replaced->score));
    changed->set_replaced_band(Band(metric.get(), changed->replaced_score()));
  }
  if (response.has_score()) changed->set_band(Band(metric.get(), response.score()));
  changed->set_lowest(metric && response.has_score() && IsLowest(*metric, response.score()));
  v1::Response& r = *changed->mutable_response();
  r.Swap(&response);
  if (survey) SetQuestions(*survey, *changed);
  uow.Put(ResponseRow{tenant, r.response_id(), r.customer_id(), at, r.metric(),
                      r.has_score() ? std::optional<int64_t>(r.score()) : std::nullopt, r.touchpoint(), r.survey_id(),
                      r.segment(), fingerprint, r.SerializeAsString()});
  uow.Emit(event.SerializeAsString());
  response.Swap(&r);
  return response;
}

}  // namespace hoiam::survey
