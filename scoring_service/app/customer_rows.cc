#include "scoring_service/app/customer_rows.h"

#include "scoring_service/store/answer_row.h"
#include "scoring_service/store/sheet_row.h"

namespace hoiam::scoring {

std::vector<Answer> AnswersOf(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                              const std::string& customer) {
  std::vector<Answer> answers;
  for (const AnswerRow* row : uow.List<AnswerRow>({tenant, g.number, customer})) answers.push_back(row->answer);
  return answers;
}

Sheet SheetOf(db::UnitOfWork& uow, const std::string& tenant, const Generation& g, const std::string& customer) {
  const SheetRow* row = uow.Find<SheetRow>({tenant, g.number, customer});
  return row ? row->sheet : Sheet();
}

std::vector<const Answer*> Pointers(const std::vector<Answer>& answers) {
  std::vector<const Answer*> out;
  for (const Answer& a : answers) out.push_back(&a);
  return out;
}

}  // namespace hoiam::scoring
