#include "scoring_service/app/customer_rows.h"

#include "scoring_service/store/answer_row.h"
#include "scoring_service/store/passive_row.h"
#include "scoring_service/store/person_row.h"
#include "scoring_service/store/sheet_row.h"

namespace hoiam::scoring {

std::vector<const Answer*> AnswersOf(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                                     const std::string& customer) {
  std::vector<const Answer*> answers;
  for (const AnswerRow* row : uow.List<AnswerRow>({tenant, g.number, customer})) answers.push_back(&row->answer);
  return answers;
}

Sheet SheetOf(db::UnitOfWork& uow, const std::string& tenant, const Generation& g, const std::string& customer) {
  const SheetRow* row = uow.Find<SheetRow>({tenant, g.number, customer});
  return row ? row->sheet : Sheet();
}

void WantSheet(db::UnitOfWork& uow, const std::string& tenant, const Generation& g, const std::string& customer) {
  uow.Want<SheetRow>({tenant, g.number, customer});
  uow.Want<PersonRow>({tenant, g.number, customer});
  uow.Want<PassiveRow>({tenant, g.number, customer});
}

void ShowPassive(db::UnitOfWork& uow, const std::string& tenant, const Generation& g, const std::string& customer,
                 const Standings& standings) {
  const PersonRow* person = uow.Find<PersonRow>({tenant, g.number, customer});
  const PassiveRow* shown = uow.Find<PassiveRow>({tenant, g.number, customer});
  auto now = PassiveOf(standings, person ? person->person.icp_fit : "");
  if (now == (shown ? std::optional(shown->passive) : std::nullopt)) return;
  if (now)
    uow.Put(PassiveRow{tenant, g.number, customer, *std::move(now)});
  else
    uow.Delete<PassiveRow>({tenant, g.number, customer});
}

}  // namespace hoiam::scoring
