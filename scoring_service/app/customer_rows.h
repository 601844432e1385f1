// What a unit of work holds about one customer, and the parts of it that several use cases need.
#pragma once

#include <string>
#include <vector>

#include "platform/db/unit_of_work.h"
#include "scoring_service/domain/answer.h"
#include "scoring_service/domain/sheet.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// All of them, which must have been wanted. Valid until the next write to answers.
std::vector<const Answer*> AnswersOf(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                                     const std::string& customer);
// Empty for a customer without any history. Its row must have been wanted.
Sheet SheetOf(db::UnitOfWork& uow, const std::string& tenant, const Generation& g, const std::string& customer);

// The sheet, and what decides beside it whether somebody is passive: to be wanted before ShowPassive.
void WantSheet(db::UnitOfWork& uow, const std::string& tenant, const Generation& g, const std::string& customer);
// Brings the customer's row among the passives up to date with these standings and the customer's fit.
void ShowPassive(db::UnitOfWork& uow, const std::string& tenant, const Generation& g, const std::string& customer,
                 const Standings& standings);

}  // namespace hoiam::scoring
