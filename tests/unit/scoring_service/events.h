// Events as survey_service and loop_service tell them, for tests that count them.
#pragma once

#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "hoiam/event/v1/event.pb.h"
#include "hoiam/scoring/v1/resources.pb.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/domain/metric.h"

namespace hoiam::scoring {

namespace spb = hoiam::survey::v1;
using hoiam::event::v1::Event;

inline constexpr char kTenant[] = "demo";

inline absl::Time Local(int year, int month, int day, int hour = 12) {
  return absl::FromCivil(absl::CivilSecond(year, month, day, hour), absl::FixedTimeZone(7 * 3600));
}

inline Event EventOf(const hoiam::survey::v1::Response& r, const std::string& tenant = kTenant) {
  Event e;
  e.set_tenant_id(tenant);
  e.set_subject(r.customer_id());
  *e.mutable_response()->mutable_response() = r;
  if (const MetricDef* def = FindBuiltin(r.metric()); def && r.has_score())
    e.mutable_response()->set_band(v1::Band::Code_Name(static_cast<v1::Band::Code>(PartOf(*def, r.score()).band)));
  return e;
}
inline Event EventOf(const hoiam::event::v1::ResponseChanged& changed) {
  Event e = EventOf(changed.response());
  *e.mutable_response() = changed;
  return e;
}
inline Event EventOf(const hoiam::event::v1::CustomerChanged& c) {
  Event e;
  e.set_tenant_id(kTenant);
  e.set_subject(c.customer_id());
  *e.mutable_customer() = c;
  return e;
}
inline Event EventOf(const hoiam::survey::v1::Usage& u) {
  Event e;
  e.set_tenant_id(kTenant);
  e.set_subject(u.customer_id());
  *e.mutable_usage()->mutable_usage() = u;
  return e;
}
inline Event EventOf(const hoiam::survey::v1::Interaction& i, const std::string& tenant = kTenant) {
  Event e;
  e.set_tenant_id(tenant);
  e.set_subject(i.customer_id());
  *e.mutable_interaction()->mutable_interaction() = i;
  return e;
}
inline Event EventOf(const hoiam::loop::v1::Case& c, const std::string& tenant = kTenant) {
  Event e;
  e.set_tenant_id(tenant);
  e.set_subject(c.customer_id());
  *e.mutable_case_()->mutable_case_() = c;
  return e;
}

inline hoiam::survey::v1::Response ResponseOf(const std::string& customer, const std::string& id,
                                              const std::string& metric, int score, absl::Time at) {
  hoiam::survey::v1::Response r;
  r.set_customer_id(customer);
  r.set_response_id(id);
  r.set_metric(metric);
  r.set_score(score);
  r.set_solicited(true);
  r.set_effects(hoiam::survey::v1::Effects::FULL);
  r.set_revision(1);
  *r.mutable_responded_at() = FromTime(at);
  return r;
}
inline hoiam::survey::v1::Interaction InteractionOf(const std::string& customer, const std::string& id, absl::Time at,
                                                    const std::string& amount = "",
                                                    const std::string& currency = "VND") {
  hoiam::survey::v1::Interaction i;
  i.set_customer_id(customer);
  i.set_interaction_id(id);
  i.set_type("PURCHASE");
  i.set_revision(1);
  *i.mutable_occurred_at() = FromTime(at);
  if (!amount.empty()) {
    i.set_amount(amount);
    i.set_currency(currency);
  }
  return i;
}

}  // namespace hoiam::scoring
