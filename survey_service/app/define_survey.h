// Makes, changes and moves surveys.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"
#include "survey_service/domain/survey_state.h"

namespace hoiam::survey {

// In state DRAFT. The same id and body again is the same success; another body is ID_REUSED.
void CreateSurvey(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateSurveyRequest& q,
                  rpc::Reply<v1::Survey> reply);

// A new version; one that changes nothing makes none. Not of an archived survey.
void UpdateSurvey(const Deps& deps, const rpc::CallContext& ctx, const v1::UpdateSurveyRequest& q,
                  rpc::Reply<v1::Survey> reply);

// As the table in domain/survey_state.h has it.
void MoveSurvey(SurveyVerb verb, const Deps& deps, const rpc::CallContext& ctx, const v1::MoveSurveyRequest& q,
                rpc::Reply<v1::Survey> reply);

absl::StatusOr<v1::Survey> GetSurvey(const Deps& deps, const rpc::CallContext& ctx, const v1::GetSurveyRequest& q);
absl::StatusOr<v1::ListSurveysResponse> ListSurveys(const Deps& deps, const rpc::CallContext& ctx,
                                                    const v1::ListSurveysRequest& q);

}  // namespace hoiam::survey
