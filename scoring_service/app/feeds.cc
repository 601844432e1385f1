#include "scoring_service/app/feeds.h"

#include "absl/strings/str_cat.h"
#include "scoring_service/app/count_answer.h"
#include "scoring_service/app/count_interaction.h"
#include "scoring_service/app/show_case.h"
#include "scoring_service/app/show_invitation.h"
#include "scoring_service/app/show_usage.h"

namespace hoiam::scoring {
namespace {

using hoiam::event::v1::Event;

absl::Status Unknown(const Event& event) {
  return absl::UnimplementedError(absl::StrCat("event kind ", event.kind_case(), " is not known"));
}

}  // namespace

void SurveyFeed::Want(const Event& event, db::UnitOfWork& uow) {
  switch (event.kind_case()) {
    case Event::kInteraction:
      return WantInteraction(uow, event.tenant_id(), generation_, event.interaction().interaction());
    case Event::kInvitation:
      return WantInvitation(uow, event.tenant_id(), generation_, event.invitation());
    case Event::kResponse:
      return WantAnswer(uow, event.tenant_id(), generation_, event.response());
    case Event::kUsage:
      return WantUsage(uow, event.tenant_id(), generation_, event.usage().usage());
    default:
      return;
  }
}

absl::Status SurveyFeed::Apply(const Event& event, db::UnitOfWork& uow, absl::Time) {
  switch (event.kind_case()) {
    case Event::kInteraction:
      return CountInteraction(uow, event.tenant_id(), generation_, event.interaction().interaction());
    case Event::kInvitation:
      return ShowInvitation(uow, event.tenant_id(), generation_, event.invitation());
    case Event::kResponse:
      return CountAnswer(uow, event.tenant_id(), generation_, event.response());
    case Event::kUsage:
      return ShowUsage(uow, event.tenant_id(), generation_, event.usage().usage());
    case Event::kCustomer:
      return absl::OkStatus();  // segment and team are frozen in each answer
    default:
      return Unknown(event);
  }
}

void LoopFeed::Want(const Event& event, db::UnitOfWork& uow) {
  if (event.kind_case() == Event::kCase) WantCase(uow, event.tenant_id(), generation_, event.case_().case_());
}

absl::Status LoopFeed::Apply(const Event& event, db::UnitOfWork& uow, absl::Time) {
  if (event.kind_case() != Event::kCase) return Unknown(event);
  return ShowCase(uow, event.tenant_id(), generation_, event.case_().case_());
}

}  // namespace hoiam::scoring
