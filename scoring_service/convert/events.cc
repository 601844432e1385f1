#include "scoring_service/convert/events.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/domain/observation.h"
#include "scoring_service/limits.h"

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

// A rating; nullopt for what is none.
std::optional<int> WholeNumber(double number) {
  if (!(number >= 0 && number < kScores) || number != std::floor(number)) return std::nullopt;
  return static_cast<int>(number);
}

// What was answered, as it was asked. Questions of an answer without survey are not known.
std::vector<AnsweredQuestion> QuestionsOf(const hoiam::event::v1::ResponseChanged& changed) {
  absl::flat_hash_map<absl::string_view, const spb::Answer*> answers;
  for (const spb::Answer& a : changed.response().answers()) answers.emplace(a.question_id(), &a);
  std::vector<AnsweredQuestion> questions;
  for (const auto& asked : changed.questions()) {
    const auto it = answers.find(asked.question_id());
    if (it == answers.end()) continue;
    const spb::Answer& a = *it->second;
    AnsweredQuestion& q = questions.emplace_back();
    q.id = asked.question_id();
    q.type = static_cast<AnsweredQuestion::Type>(asked.type());
    q.object = asked.object();
    if (a.has_number()) q.number = WholeNumber(a.number());
    if (a.has_importance()) q.importance = WholeNumber(a.importance());
    if (a.has_expected()) q.expected = WholeNumber(a.expected());
    q.choices.assign(a.choices().begin(), a.choices().end());
    q.text = a.text();
    q.nothing_missing = a.nothing_missing();
  }
  return questions;
}

// The first characters of well-formed UTF-8.
std::string Beginning(absl::string_view text, size_t chars) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  const auto end = std::find_if(text.begin(), text.end(), [&](char c) { return begins(c) && chars-- == 0; });
  return std::string(text.begin(), end);
}

bool IsResolved(lpb::CaseState::Code state) {
  return state == lpb::CaseState::RESOLVED || state == lpb::CaseState::VERIFIED || state == lpb::CaseState::CLOSED;
}

bool IsContacted(lpb::CaseState::Code state) {
  return state == lpb::CaseState::IN_PROGRESS || state == lpb::CaseState::WAITING_CUSTOMER;
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
  if (a.revision < 1) return absl::InvalidArgumentError("an answer without a revision");
  if (r.has_score()) {
    if (a.metric.empty() || a.metric == kCsi || !OnScale(a.metric, r.score()))
      return absl::InvalidArgumentError(absl::StrCat("score ", r.score(), " is not on the scale of ", r.metric()));
    a.score = r.score();
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
  a.comment = Beginning(r.comment(), kCommentBeginning);
  a.observations = ObservationsOf(a, QuestionsOf(changed));
  return a;
}

bool IsOpen(const spb::Interaction& i) {
  return (i.type() == "COMPLAINT" || i.type() == "RETURN") && !i.voided() && !i.has_complete_time();
}

OpenInteraction ToOpenInteraction(const spb::Interaction& i) {
  return {i.interaction_id(), i.type() == "COMPLAINT", ToTime(i.occurred_at())};
}

absl::StatusOr<Spend> ToSpend(const spb::Interaction& i) {
  Spend s{i.interaction_id(), i.revision(), ToTime(i.occurred_at()), i.voided(), i.type()};
  if (i.amount().empty() && i.cost().empty()) return s;
  const auto parse = [](const std::string& text) {
    return text.empty() ? std::optional(Decimal()) : Decimal::ParseAmount(text);
  };
  const auto amount = parse(i.amount()), cost = parse(i.cost());
  if (!amount || !cost || i.currency().size() != 3)
    return absl::InvalidArgumentError(absl::StrCat("amount of interaction ", i.interaction_id(), " is not money"));
  s.currency = i.currency();
  s.amount = *amount;
  s.cost = *cost;
  return s;
}

CaseStanding ToCaseStanding(const lpb::Case& c) {
  CaseStanding s;
  s.detractor = c.kind() == lpb::CaseKind::DETRACTOR;
  s.opened_at = ToTime(c.create_time());
  s.open = !IsResolved(c.state()) && c.state() != lpb::CaseState::CANCELLED;
  if (s.open) {
    s.contacted = IsContacted(c.state());
    const auto by = [](bool set, const auto& t) { return set ? std::optional(ToTime(t)) : std::nullopt; };
    s.act_by = s.contacted ? by(c.has_resolve_by(), c.resolve_by()) : by(c.has_contact_by(), c.contact_by());
  }
  if (!IsResolved(c.state())) return s;
  s.resolved_at = ToTime(c.update_time());
  for (const auto& entry : c.history())
    if (entry.to() == lpb::CaseState::RESOLVED && entry.from() != lpb::CaseState::RESOLVED)
      s.resolved_at = ToTime(entry.time());
  return s;
}

Person ToPerson(const hoiam::event::v1::CustomerChanged& c) {
  return {c.revision(), c.segment(), c.owner_team(), c.icp_fit(), c.lifecycle(), c.kind(), ToTime(c.create_time())};
}

}  // namespace hoiam::scoring
