#include "survey_service/convert/event.h"

#include <algorithm>
#include <string>

#include "platform/base/ids.h"
#include "survey_service/convert/times.h"

namespace hoiam::survey {

event::v1::Event NewEvent(absl::string_view tenant, absl::string_view subject, absl::Time now) {
  event::v1::Event e;
  e.set_event_id(NewUuid(now));
  e.set_tenant_id(std::string(tenant));
  e.set_subject(std::string(subject));
  SetTime(now, e.mutable_occurred_at());
  return e;
}

event::v1::Event InteractionEvent(absl::string_view tenant, const v1::Interaction& interaction,
                                  v1::Effects::Code effects, absl::Time now) {
  event::v1::Event e = NewEvent(tenant, interaction.customer_id(), now);
  *e.mutable_interaction()->mutable_interaction() = interaction;
  e.mutable_interaction()->set_effects(effects);
  return e;
}

event::v1::Event CustomerEvent(absl::string_view tenant, const v1::Customer& customer, bool just_unsubscribed,
                               absl::Time now) {
  event::v1::Event e = NewEvent(tenant, customer.customer_id(), now);
  auto* c = e.mutable_customer();
  c->set_customer_id(customer.customer_id());
  c->set_segment(customer.segment());
  c->set_owner_team(customer.owner_team());
  c->set_account_owner(customer.account_owner());
  c->set_unsubscribed(customer.unsubscribed());
  c->set_revision(customer.revision());
  c->set_just_unsubscribed(just_unsubscribed);
  c->set_lifecycle(customer.lifecycle());
  c->set_kind(customer.kind());
  c->set_icp_fit(customer.icp_fit());
  if (customer.has_create_time()) *c->mutable_create_time() = customer.create_time();
  return e;
}

event::v1::Event MetricEvent(absl::string_view tenant, const v1::Metric& metric, absl::Time now) {
  event::v1::Event e = NewEvent(tenant, "", now);
  *e.mutable_metric()->mutable_metric() = metric;
  return e;
}

void SetQuestions(const v1::Survey& survey, event::v1::ResponseChanged& changed) {
  for (const v1::Answer& a : changed.response().answers()) {
    const auto q = std::find_if(survey.questions().begin(), survey.questions().end(),
                                [&](const v1::Question& x) { return x.question_id() == a.question_id(); });
    if (q == survey.questions().end()) continue;
    auto* asked = changed.add_questions();
    asked->set_question_id(q->question_id());
    asked->set_type(q->type());
    asked->set_object(q->object());
  }
}

event::v1::Event InvitationEvent(absl::string_view tenant, const v1::Invitation& invitation,
                                 std::optional<absl::Time> next_eligible, absl::Time now) {
  event::v1::Event e = NewEvent(tenant, invitation.customer_id(), now);
  auto* i = e.mutable_invitation();
  *i->mutable_invitation() = invitation;
  i->mutable_invitation()->clear_link();
  if (next_eligible) SetTime(*next_eligible, i->mutable_next_eligible_time());
  return e;
}

}  // namespace hoiam::survey
