// Anonymous answers and their customers, as a part of a write. An answer stands on what it can be claimed by: its order
// or receipt number, and the phone that was left. Both are kept as hashes only.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "platform/db/unit_of_work.h"

namespace hoiam::survey {

// Lets an anonymous answer be claimed by `order` and by `phone` (as it is looked up: E.164); either may be empty. Needs
// no Want; once more changes nothing. Whoever amends an answer that was anonymous when it was looked up must want the
// standing of the customer whom its row names by then (rows of answers and standings are read for update: claim and
// amendment may come from different partitions).
void PutClaims(db::UnitOfWork& uow, const std::string& tenant, const std::string& response_id, const std::string& order,
               const std::string& phone);

// The answers that stand on `order` or `phone`, either of which may be empty, and the standing of who claims them. In
// rounds, as every Want.
void WantClaims(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
                const std::string& order, const std::string& phone);

// Makes those of them that nobody has the customer's, with a new revision, as if the customer had been known when they
// were given: dimensions of the customer, the score before. One that somebody has stays whose it is. Answers all that
// are this customer's now, those claimed before among them, by id. Needs WantClaims.
absl::StatusOr<std::vector<v1::Response>> ClaimAnswers(db::UnitOfWork& uow, const std::string& tenant,
                                                       const v1::Customer& customer, const std::string& order,
                                                       const std::string& phone, absl::Time now);

}  // namespace hoiam::survey
