#include "scoring_service/app/feeds.h"

#include "absl/strings/str_cat.h"
#include "scoring_service/app/count_answer.h"
#include "scoring_service/app/count_interaction.h"
#include "scoring_service/app/show_case.h"
#include "scoring_service/app/show_invitation.h"
#include "scoring_service/app/show_person.h"
#include "scoring_service/app/show_usage.h"
#include "scoring_service/store/metric_row.h"

namespace hoiam::scoring {
namespace {

using hoiam::event::v1::Event;

absl::Status Unknown(const Event& event) {
  return absl::UnimplementedError(absl::StrCat("event kind ", event.kind_case(), " is not known"));
}

// What was told last of a version holds: its name and the scope of future answers may change within it.
void KeepMetric(db::UnitOfWork& uow, const std::string& tenant, const Generation& g,
                const hoiam::survey::v1::Metric& m) {
  uow.Replace(MetricRow{tenant, g.number, m.metric_id(), m.version(), m.SerializeAsString()});
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
    case Event::kCustomer:
      return WantPerson(uow, event.tenant_id(), generation_, event.customer());
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
      return ShowPerson(uow, event.tenant_id(), generation_, event.customer());
    case Event::kMetric:
      KeepMetric(uow, event.tenant_id(), generation_, event.metric().metric());
      return absl::OkStatus();
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
