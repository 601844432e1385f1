#include "survey_service/app/known_step.h"

#include <algorithm>
#include <map>

#include "survey_service/convert/response.h"
#include "survey_service/store/customer_rows.h"

namespace hoiam::survey {
namespace {

bool Remembers(const std::string& customer_id, const std::vector<Question>& questions) {
  return !customer_id.empty() && std::any_of(questions.begin(), questions.end(),
                                             [](const Question& q) { return q.ask_again_after.has_value(); });
}

}  // namespace

void WantKnown(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
               const std::vector<Question>& questions) {
  if (Remembers(customer_id, questions)) uow.Want<KnownAnswerRow>({tenant, customer_id});
}

std::set<std::string> Known(db::UnitOfWork& uow, const std::string& tenant, const v1::Customer* customer,
                            const std::vector<Question>& questions, absl::Time now) {
  if (!customer) return {};
  std::map<std::string, absl::Time> answered;
  // Of a survey that was made in this very batch nothing was known when rows were wanted.
  if (Remembers(customer->customer_id(), questions) && uow.Wanted<KnownAnswerRow>({tenant, customer->customer_id()})) {
    for (const KnownAnswerRow* row : uow.List<KnownAnswerRow>({tenant, customer->customer_id()}))
      answered[row->question_id] = row->answered_at;
  }
  return KnownQuestions(questions, ProfileNames(*customer), answered, now);
}

void KeepKnown(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id,
               const std::vector<Question>& questions, const v1::Response& response, absl::Time at) {
  if (!Remembers(customer_id, questions) || !uow.Wanted<KnownAnswerRow>({tenant, customer_id})) return;
  for (const v1::Answer& a : response.answers()) {
    const Question* q = FindQuestion(questions, a.question_id());
    if (!q || !q->ask_again_after) continue;
    const auto* row = uow.Find<KnownAnswerRow>({tenant, customer_id, q->id});
    if (row && row->answered_at > at) continue;
    std::string body = a.SerializeAsString();
    if (row && row->answered_at == at && row->body == body) continue;
    uow.Put(KnownAnswerRow{tenant, customer_id, q->id, at, std::move(body)});
  }
}

}  // namespace hoiam::survey
