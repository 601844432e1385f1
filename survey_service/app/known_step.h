// Answers that are known already, as a part of a write: their questions are not asked again.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"
#include "survey_service/domain/questionnaire.h"

namespace hoiam::survey {

// What the customer answered before, where a question of these is not asked again for a while. "" wants nothing: of an
// anonymous respondent nothing is known.
void WantKnown(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
               const std::vector<Question>& questions);

// Ids of the questions that are known of `customer` (nullptr: anonymous). Needs WantKnown.
std::set<std::string> Known(db::UnitOfWork& uow, const std::string& tenant, const v1::Customer* customer,
                            const std::vector<Question>& questions, absl::Time now);

// Keeps the answers, given at `at`, to questions that are not asked again for a while; one that was given later stays.
// Needs WantKnown: where that could not be, the survey being made in this very batch, nothing is kept.
void KeepKnown(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
               const std::vector<Question>& questions, const v1::Response& response, absl::Time at);

}  // namespace hoiam::survey
