// What a unit of work holds about one customer, and the parts of it that several use cases need.
#pragma once

#include <string>
#include <vector>

#include "platform/db/unit_of_work.h"
#include "scoring_service/domain/answer.h"
#include "scoring_service/domain/sheet.h"
#include "scoring_service/store/view.h"

namespace hoiam::scoring {

// Copies: they stay valid whatever is written.
std::vector<Answer> AnswersOf(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                              const std::string& customer);
// Empty for a customer without any history. Its row must have been wanted.
Sheet SheetOf(db::UnitOfWork& uow, const std::string& tenant, const Generation& g, const std::string& customer);

std::vector<const Answer*> Pointers(const std::vector<Answer>& answers);

}  // namespace hoiam::scoring
