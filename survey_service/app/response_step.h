// An answer's part in a write.
#pragma once

#include <optional>
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

// What Freeze reads of an interaction: where its item stands (its property "item") and where its touchpoint lies. In
// rounds: needs the interaction.
void WantFrozen(db::UnitOfWork& uow, const std::string& tenant, const v1::Interaction& interaction);

// What an answer is about, as it is when the answer is stored; each may be missing.
struct AnswerContext {
  const v1::Interaction* interaction = nullptr;
  const v1::Invitation* invitation = nullptr;
  const v1::Customer* customer = nullptr;
  const v1::Survey* survey = nullptr;
};

// Dimensions of an answer are what they were when it was stored; touchpoint, channel, order and scope that it says
// itself stay. Needs WantFrozen of the interaction, and WantStage of the touchpoint that answer or invitation names.
void Freeze(db::UnitOfWork& uow, const std::string& tenant, const AnswerContext& context, v1::Response& response);

// The part of it that the customer decides: who claims an answer gives it that.
void FreezeCustomer(const v1::Customer& customer, v1::Response& response);

// The survey, in the version the answer was asked with; nullopt: it has none. Needs WantAskedWith.
void WantAskedWith(db::UnitOfWork& uow, const std::string& tenant, const v1::Response& response);
absl::StatusOr<std::optional<v1::Survey>> AskedWith(db::UnitOfWork& uow, const std::string& tenant,
                                                    const v1::Response& response);

// How far an answer has got, for the funnel.
Reached ReachedBy(const std::vector<Question>& questions, const std::set<std::string>& known,
                  const v1::Response& response);

// Stores the answer as its next revision (its first when it has none), keeps the customer's standing and tells the
// others, with the latest score that the same customer gave strictly before, the one that an amendment replaces, and
// what its questions are. `survey`: the one it was asked with; nullptr: it has none. Needs WantStanding, and the row of
// an answer that is amended. Answers the response as stored.
absl::StatusOr<v1::Response> PutResponse(db::UnitOfWork& uow, const std::string& tenant, v1::Response response,
                                         const v1::Survey* survey, const std::string& fingerprint, absl::Time now);

}  // namespace hoiam::survey
