// What asks are decided by, parsed once for each content: an interaction that fifty surveys look at parses none.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"
#include "survey_service/domain/dispatch.h"

namespace hoiam::survey {

struct ActiveSurvey {
  v1::Survey survey;  // without texts and questions
  AskingSurvey asking;
};
using ActiveSurveys = std::vector<std::shared_ptr<const ActiveSurvey>>;

struct AskingPolicy {
  v1::AskPolicy policy;
  AskRules rules;
};

// Of a row's body.
absl::StatusOr<std::shared_ptr<const ActiveSurvey>> ParseActiveSurvey(const std::string& body);
absl::StatusOr<std::shared_ptr<const AskingPolicy>> ParsePolicy(const std::string& body);
// Of a tenant without a row.
std::shared_ptr<const AskingPolicy> StandardPolicy();

// The surveys that ask by a trigger, by id. Needs Want<ActiveSurveyRow>({tenant}).
absl::StatusOr<ActiveSurveys> ListActiveSurveys(db::UnitOfWork& uow, const std::string& tenant);
// Needs Want<AskPolicyRow>({tenant}).
absl::StatusOr<std::shared_ptr<const AskingPolicy>> FindPolicy(db::UnitOfWork& uow, const std::string& tenant);

}  // namespace hoiam::survey
