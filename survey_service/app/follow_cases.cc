#include "survey_service/app/follow_cases.h"

#include "absl/strings/str_cat.h"
#include "platform/base/status.h"
#include "survey_service/app/ask_step.h"
#include "survey_service/app/customer_step.h"
#include "survey_service/app/invitation_step.h"
#include "survey_service/convert/times.h"

namespace hoiam::survey {
namespace {

using hoiam::event::v1::Event;
using loop::v1::CaseState;

// The move that this event tells of; nullptr when it tells of something else: a note, an answer that joined.
const loop::v1::CaseHistoryEntry* MoveOf(const loop::v1::Case& c) {
  if (c.history().empty()) return nullptr;
  const auto& last = *c.history().rbegin();
  return last.version() == c.version() && last.from() != last.to() ? &last : nullptr;
}

// Whether cases of this kind concern whoever asks. An anonymous customer cannot be asked.
bool Concerns(const Event& event) {
  if (!event.has_case_()) return false;
  const loop::v1::Case& c = event.case_().case_();
  const auto* move = MoveOf(c);
  if (c.customer_id().empty() || !move) return false;
  return move->to() == CaseState::RESOLVED || move->to() == CaseState::REOPENED;
}

}  // namespace

void CaseFollower::Want(const Event& event, db::UnitOfWork& uow) {
  if (!Concerns(event)) return;
  const loop::v1::Case& c = event.case_().case_();
  if (MoveOf(c)->to() == CaseState::REOPENED) return WantAsks(uow, event.tenant_id(), c.customer_id());
  WantCustomer(uow, event.tenant_id(), c.customer_id());
  WantAsking(uow, event.tenant_id(), c.customer_id());
}

absl::Status CaseFollower::Apply(const Event& event, db::UnitOfWork& uow, absl::Time now) {
  if (event.kind_case() == Event::KIND_NOT_SET) return absl::UnimplementedError("an event of an unknown kind");
  if (!Concerns(event)) return absl::OkStatus();
  const loop::v1::Case& c = event.case_().case_();
  const std::string& tenant = event.tenant_id();
  const auto* move = MoveOf(c);
  if (move->to() == CaseState::REOPENED) return RevokeScheduledOfCase(uow, tenant, c.customer_id(), c.case_id(), now);

  HOIAM_ASSIGN_OR_RETURN(const v1::Customer customer, UpsertCustomer(uow, tenant, c.customer_id(), nullptr, now));
  Occasion occasion;
  occasion.on = v1::TriggerEvent::CASE_RESOLVED;
  occasion.id =
      absl::StrCat(c.case_id(), "/", move->version());  // resolved again after being opened again: asked again
  occasion.at = ToTime(move->time());
  occasion.case_id = c.case_id();
  if (!c.answers().empty()) occasion.touchpoint = c.answers(0).touchpoint();
  return AskAbout(uow, tenant, links_, customer, occasion, now).status();
}

}  // namespace hoiam::survey
