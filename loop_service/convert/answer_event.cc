#include "loop_service/convert/answer_event.h"

namespace hoiam::loop {
namespace {

// The worst of the three bands of each metric; that of a tenant's own ones is UNHAPPY.
bool IsWorst(absl::string_view band) {
  return band == "DETRACTOR" || band == "DISSATISFIED" || band == "DIFFICULT" || band == "UNHAPPY";
}

}  // namespace

Answer FromEvent(const hoiam::event::v1::ResponseChanged& changed) {
  const hoiam::survey::v1::Response& response = changed.response();
  Answer a;
  a.response_id = response.response_id();
  a.customer_id = response.customer_id();
  a.metric = response.metric();
  if (response.has_score()) a.score = response.score();
  a.comment = response.comment();
  a.touchpoint = response.touchpoint();
  a.owner_team = response.owner_team();
  a.void_reason = response.void_reason();
  a.responded_at =
      absl::FromUnixSeconds(response.responded_at().seconds()) + absl::Nanoseconds(response.responded_at().nanos());
  a.revision = response.revision();
  a.voided = response.voided();
  a.full_effects = response.effects() == hoiam::survey::v1::Effects::FULL;
  a.detractor = a.score && IsWorst(changed.band());
  return a;
}

}  // namespace hoiam::loop
