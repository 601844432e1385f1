#include "loop_service/convert/answer_event.h"

#include "platform/base/ids.h"

namespace hoiam::loop {
namespace {

// What the three bands of each metric are called; those of a tenant's own ones are the last of each line.
Band BandNamed(absl::string_view band) {
  if (band == "DETRACTOR" || band == "DISSATISFIED" || band == "DIFFICULT" || band == "UNHAPPY") return Band::kWorst;
  if (band == "PASSIVE" || band == "NEUTRAL" || band == "MODERATE" || band == "INDIFFERENT") return Band::kMiddle;
  if (band == "PROMOTER" || band == "SATISFIED" || band == "EASY" || band == "HAPPY") return Band::kBest;
  return Band::kNone;
}

}  // namespace

Answer FromEvent(const hoiam::event::v1::ResponseChanged& changed) {
  const hoiam::survey::v1::Response& response = changed.response();
  Answer a;
  a.response_id = response.response_id();
  a.customer_id = response.customer_id();
  a.metric = response.metric();
  if (response.has_score()) {
    a.score = response.score();
    a.band = BandNamed(changed.band());
    a.lowest = changed.lowest();
  }
  if (changed.has_previous_score()) a.previous_score = changed.previous_score();
  a.comment = response.comment();
  for (const auto& further : response.answers())
    if (!further.text().empty()) a.further_words.push_back(further.text());
  a.touchpoint = response.touchpoint();
  a.channel = response.channel();
  a.survey = response.survey_id();
  a.segment = response.segment();
  a.icp_fit = response.icp_fit();
  a.owner_team = response.owner_team();
  a.touchpoint_team = response.touchpoint_team();
  a.account_owner = response.account_owner();
  a.shop = response.shop();
  a.lot = response.lot();
  a.recovers_case = ParseUuid(response.case_id()).value_or("");
  a.void_reason = response.void_reason();
  a.revision = response.revision();
  a.responded_at =
      absl::FromUnixSeconds(response.responded_at().seconds()) + absl::Nanoseconds(response.responded_at().nanos());
  a.voided = response.voided();
  a.full_effects = response.effects() == hoiam::survey::v1::Effects::FULL;
  a.solicited = response.solicited();
  return a;
}

}  // namespace hoiam::loop
