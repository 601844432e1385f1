#include "loop_service/app/follow_survey.h"

#include "loop_service/app/follow_answers.h"
#include "loop_service/app/follow_interactions.h"
#include "loop_service/app/offers.h"

namespace hoiam::loop {

using hoiam::event::v1::Event;

void SurveyFollower::Want(const Event& event, db::UnitOfWork& uow) {
  if (event.has_response()) WantAnswer(event, playbooks_, uow);
  if (event.has_interaction()) WantOpenInteraction(event, uow);
}

absl::Status SurveyFollower::Apply(const Event& event, db::UnitOfWork& uow, absl::Time now) {
  if (event.kind_case() == Event::KIND_NOT_SET) return absl::UnimplementedError("an event of an unknown kind");
  if (event.has_response()) return ApplyAnswer(event, playbooks_, uow, now);
  if (event.has_interaction()) {
    KeepPurchase(event, uow, now);
    KeepOpenInteraction(event, uow);
  }
  return absl::OkStatus();
}

}  // namespace hoiam::loop
