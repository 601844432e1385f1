#include "survey_service/app/response_step.h"

#include <utility>

#include "survey_service/convert/event.h"
#include "survey_service/convert/times.h"
#include "survey_service/store/rows.h"

namespace hoiam::survey {
namespace {

void KeepStanding(db::UnitOfWork& uow, const std::string& tenant, const v1::Response& r, absl::Time at) {
  const db::Values key = {tenant, r.customer_id(), r.metric(), at, r.response_id()};
  const StandingRow* row = uow.Find<StandingRow>(key);
  if (!r.has_score() || r.voided()) {
    if (row) uow.Delete<StandingRow>(key);
  } else if (!row || row->score != r.score()) {
    uow.Put(StandingRow{tenant, r.customer_id(), r.metric(), at, r.response_id(), r.score()});
  }
}

}  // namespace

void WantStanding(db::UnitOfWork& uow, const std::string& tenant, const std::string& customer_id) {
  if (!customer_id.empty()) uow.Want<StandingRow>({tenant, customer_id});
}

void Freeze(const v1::Interaction* interaction, const v1::Customer* customer, v1::Response& r) {
  if (interaction) {
    r.set_touchpoint(interaction->touchpoint());
    r.set_channel(interaction->channel());
  }
  if (customer) {
    r.set_segment(customer->segment());
    r.set_owner_team(customer->owner_team());
  }
}

v1::Response PutResponse(db::UnitOfWork& uow, const std::string& tenant, v1::Response response,
                         const std::string& fingerprint, absl::Time now) {
  if (response.revision() == 0) SetTime(now, response.mutable_create_time());
  response.set_revision(response.revision() + 1);
  const absl::Time at = ToTime(response.responded_at());

  event::v1::Event event = NewEvent(tenant, response.customer_id(), now);
  auto* changed = event.mutable_response();
  if (!response.customer_id().empty()) {
    for (const StandingRow* row : uow.List<StandingRow>({tenant, response.customer_id(), response.metric()})) {
      if (row->responded_at >= at) break;
      changed->set_previous_score(static_cast<int32_t>(row->score));
      SetTime(row->responded_at, changed->mutable_previous_responded_at());
    }
    KeepStanding(uow, tenant, response, at);
  }
  v1::Response& r = *changed->mutable_response();
  r.Swap(&response);
  uow.Put(ResponseRow{tenant, r.response_id(), r.customer_id(), at, r.metric(),
                      r.has_score() ? std::optional<int64_t>(r.score()) : std::nullopt, r.touchpoint(), r.survey_id(),
                      r.segment(), fingerprint, r.SerializeAsString()});
  uow.Emit(event.SerializeAsString());
  response.Swap(&r);
  return response;
}

}  // namespace hoiam::survey
