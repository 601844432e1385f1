// An answer's part in a write.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"
#include "survey_service/app/tally_step.h"
#include "survey_service/domain/questionnaire.h"

namespace hoiam::survey {

// The scores a customer has given; "" wants nothing: an anonymous answer stands alone.
void WantStanding(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id);

// Where the item stands that an interaction is about (its property "item"). In rounds: needs the interaction.
void WantUsage(db::UnitOfWork& uow, const std::string& tenant, const v1::Interaction& interaction);

// What an answer is about, as it is when the answer is stored; each may be missing.
struct AnswerContext {
  const v1::Interaction* interaction = nullptr;
  const v1::Invitation* invitation = nullptr;
  const v1::Customer* customer = nullptr;
};

// Dimensions of an answer are what they were when it was stored; touchpoint, channel and order that it says itself
// stay. Needs WantUsage of the interaction.
void Freeze(db::UnitOfWork& uow, const std::string& tenant, const AnswerContext& context, v1::Response& response);

// How far an answer has got, for the funnel.
Reached ReachedBy(const std::vector<Question>& questions, const std::set<std::string>& known,
                  const v1::Response& response);

// Stores the answer as its next revision (its first when it has none), keeps the customer's standing and tells the
// others, with the latest score that the same customer gave strictly before and the one that an amendment replaces.
// Needs WantStanding, and the row of an answer that is amended. Answers the response as stored.
absl::StatusOr<v1::Response> PutResponse(db::UnitOfWork& uow, const std::string& tenant, v1::Response response,
                                         const std::string& fingerprint, absl::Time now);

}  // namespace hoiam::survey
