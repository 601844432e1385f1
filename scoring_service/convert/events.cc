#include "scoring_service/convert/events.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "scoring_service/convert/time.h"

namespace hoiam::scoring {
namespace {

namespace lpb = hoiam::loop::v1;
namespace spb = hoiam::survey::v1;

Scope ScopeOf(const spb::Response& r) {
  if (r.scope() != spb::Scope::UNSPECIFIED) return static_cast<Scope>(r.scope());
  // Told by an older release.
  if (r.metric() == kNps || r.metric() == kCsi) return Scope::kRelationship;
  return r.metric() == kCes ? Scope::kService : Scope::kTouchpoint;
}

AnswerKind KindOf(const spb::Response& r) {
  if (r.incentivised()) return AnswerKind::kIncentivised;
  return r.solicited() ? AnswerKind::kSolicited : AnswerKind::kUnsolicited;
}

bool OnScale(const std::string& metric, int score) {
  const MetricDef* def = FindBuiltin(metric);
  return score >= (def ? def->min : 0) && score <= (def ? def->max : kScores - 1);
}

std::string CollectedByName(spb::CollectedBy::Code code) {
  return spb::CollectedBy::Code_Name(code == spb::CollectedBy::UNSPECIFIED ? spb::CollectedBy::SELF : code);
}

bool IsResolved(lpb::CaseState::Code state) {
  return state == lpb::CaseState::RESOLVED || state == lpb::CaseState::VERIFIED || state == lpb::CaseState::CLOSED;
}

}  // namespace

absl::StatusOr<Answer> ToAnswer(const hoiam::event::v1::ResponseChanged& changed) {
  const spb::Response& r = changed.response();
  Answer a;
  a.customer_id = r.customer_id();
  a.response_id = r.response_id();
  a.revision = r.revision();
  a.metric = r.metric();
  a.version = r.metric().empty() ? 0 : std::max(r.metric_version(), 1);
  if (r.has_score()) {
    if (a.metric.empty() || !OnScale(a.metric, r.score()))
      return absl::InvalidArgumentError(absl::StrCat("score ", r.score(), " is not on the scale of ", r.metric()));
    a.score = r.score();
    a.observations.push_back({a.metric, a.version, "", r.score()});
  }
  a.band = ParseBand(changed.band());
  a.scope = ScopeOf(r);
  a.kind = KindOf(r);
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
  set(Dimension::kUsageStatus, r.usage_status());
  set(Dimension::kIcpFit, r.icp_fit());
  if (r.stage() != spb::Stage::UNSPECIFIED) set(Dimension::kStage, spb::Stage::Code_Name(r.stage()));
  a.comment = r.comment();
  return a;
}

absl::StatusOr<Spend> ToSpend(const spb::Interaction& i) {
  Spend s{i.interaction_id(), i.revision(), ToTime(i.occurred_at()), i.voided(), i.type()};
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
  s.opened_at = ToTime(c.create_time());
  s.open = !IsResolved(c.state()) && c.state() != lpb::CaseState::CANCELLED;
  if (!IsResolved(c.state())) return s;
  s.resolved_at = ToTime(c.update_time());
  for (const auto& entry : c.history())
    if (entry.to() == lpb::CaseState::RESOLVED && entry.from() != lpb::CaseState::RESOLVED)
      s.resolved_at = ToTime(entry.time());
  return s;
}

}  // namespace hoiam::scoring
