#include "scoring_service/convert/events.h"

#include "absl/strings/str_cat.h"
#include "scoring_service/convert/time.h"

namespace hoiam::scoring {
namespace {

namespace lpb = hoiam::loop::v1;
namespace spb = hoiam::survey::v1;

// Made from the answers to its attributes: it has no score of its own, so no figure of this service counts it.
constexpr char kCsi[] = "CSI";

std::string CollectedByName(spb::CollectedBy::Code code) {
  return spb::CollectedBy::Code_Name(code == spb::CollectedBy::UNSPECIFIED ? spb::CollectedBy::SELF : code);
}

bool IsResolved(lpb::CaseState::Code state) {
  return state == lpb::CaseState::RESOLVED || state == lpb::CaseState::VERIFIED || state == lpb::CaseState::CLOSED;
}

}  // namespace

absl::StatusOr<Answer> ToAnswer(const spb::Response& r) {
  Answer a;
  a.customer_id = r.customer_id();
  a.response_id = r.response_id();
  a.revision = r.revision();
  a.metric = ParseMetric(r.metric());
  if (!a.metric && !r.metric().empty() && r.metric() != kCsi)
    return absl::UnimplementedError(absl::StrCat("metric ", r.metric(), " is not known"));
  if (r.has_score()) {
    if (!a.metric || !OnScale(*a.metric, r.score()))
      return absl::InvalidArgumentError(absl::StrCat("score ", r.score(), " is not on the scale of ", r.metric()));
    a.score = r.score();
  }
  a.solicited = r.solicited();
  a.voided = r.voided();
  a.full_effects = r.effects() == spb::Effects::FULL;
  a.responded_at = ToTime(r.responded_at());
  a.interaction_id = r.interaction_id();
  const auto set = [&](Dimension d, std::string value) { a.dimensions[static_cast<size_t>(d)] = std::move(value); };
  set(Dimension::kSurvey, r.survey_id());
  set(Dimension::kTouchpoint, r.touchpoint());
  set(Dimension::kChannel, r.channel());
  set(Dimension::kSegment, r.segment());
  set(Dimension::kTeam, r.owner_team());
  set(Dimension::kCollectedBy, CollectedByName(r.collected_by()));
  return a;
}

absl::StatusOr<Spend> ToSpend(const spb::Interaction& i) {
  Spend s{i.interaction_id(), i.revision(), ToTime(i.occurred_at()), i.voided(), "", Decimal()};
  if (i.amount().empty()) return s;
  const auto amount = Decimal::ParseAmount(i.amount());
  if (!amount || i.currency().size() != 3)
    return absl::InvalidArgumentError(absl::StrCat("amount of interaction ", i.interaction_id(), " is not money"));
  s.currency = i.currency();
  s.amount = *amount;
  return s;
}

CaseStanding ToCaseStanding(const lpb::Case& c) {
  CaseStanding s;
  s.detractor = c.kind() == lpb::CaseKind::DETRACTOR;
  s.open = !IsResolved(c.state()) && c.state() != lpb::CaseState::CANCELLED;
  if (!IsResolved(c.state())) return s;
  s.resolved_at = ToTime(c.update_time());
  for (const auto& entry : c.history())
    if (entry.to() == lpb::CaseState::RESOLVED && entry.from() != lpb::CaseState::RESOLVED)
      s.resolved_at = ToTime(entry.time());
  return s;
}

}  // namespace hoiam::scoring
