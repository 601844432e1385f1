#include "loop_service/convert/case_proto.h"

#include <optional>
#include <utility>

#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "loop_service/domain/case_command.h"
#include "loop_service/domain/service_level.h"
#include "platform/base/ids.h"

namespace hoiam::loop {
namespace {

// The domain counts its enums as the contract does.
template <class To, class From>
constexpr To Cast(From v) {
  return static_cast<To>(static_cast<int>(v));
}
static_assert(Cast<int>(CaseState::kCancelled) == pb::CaseState::CANCELLED &&
              Cast<int>(CaseState::kReopened) == pb::CaseState::REOPENED &&
              Cast<int>(CaseState::kResolved) == pb::CaseState::RESOLVED);
static_assert(Cast<int>(CaseKind::kFeedback) == pb::CaseKind::FEEDBACK);
static_assert(Cast<int>(Priority::kP3) == pb::Priority::P3);
static_assert(Cast<int>(AnswerRole::kAttached) == pb::AnswerRole::ATTACHED);
static_assert(Cast<int>(Verification::kSilence) == pb::Verification::SILENCE);
static_assert(Cast<int>(Deadline::kResolve) == pb::Deadline::RESOLVE);
static_assert(Cast<int>(CaseOrigin::kProactive) == pb::CaseOrigin::PROACTIVE);
static_assert(Cast<int>(NeedKind::kWish) == pb::NeedKind::WISH);
static_assert(Cast<int>(SolutionState::kDeclined) == pb::SolutionState::DECLINED);
static_assert(Cast<int>(Relation::kSameShop) == pb::Relation::SAME_SHOP);

void Set(google::protobuf::Timestamp& out, absl::Time t) {
  const int64_t micros = absl::ToUnixMicros(t);
  out.set_seconds(micros / 1'000'000);
  out.set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
}

absl::Time Get(const google::protobuf::Timestamp& t) {
  return absl::FromUnixSeconds(t.seconds()) + absl::Nanoseconds(t.nanos());
}

std::optional<absl::Time> Get(bool present, const google::protobuf::Timestamp& t) {
  return present ? std::optional(Get(t)) : std::nullopt;
}

void Set(google::protobuf::Duration& out, absl::Duration d) {
  const int64_t micros = absl::ToInt64Microseconds(d);
  out.set_seconds(micros / 1'000'000);
  out.set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
}

absl::Duration Get(const google::protobuf::Duration& d) {
  return absl::Seconds(d.seconds()) + absl::Nanoseconds(d.nanos());
}

void Set(pb::SaidTwice& out, const SaidTwice& said) {
  out.set_case_id(UuidToString(said.case_id));
  out.set_relation(Cast<pb::Relation::Code>(said.relation));
  out.set_root_cause(said.root_cause);
  Set(*out.mutable_time(), said.time);
}

SaidTwice Get(const pb::SaidTwice& in) {
  return {ParseUuid(in.case_id()).value_or(""), Cast<Relation>(in.relation()), in.root_cause(), Get(in.time())};
}

CaseAnswer Get(const pb::CaseAnswer& in) {
  CaseAnswer a;
  a.response_id = in.response_id();
  a.role = Cast<AnswerRole>(in.role());
  a.metric = in.metric();
  if (!in.has_scored() || in.scored()) a.score = in.score();
  a.comment = in.comment();
  a.touchpoint = in.touchpoint();
  a.rule = in.rule();
  a.reasons.assign(in.reasons().begin(), in.reasons().end());
  a.responded_at = in.has_responded_at() ? Get(in.responded_at()) : absl::InfinitePast();
  a.recovery = in.recovery();
  return a;
}

// What came after the first release: absent from cases stored before.
void SetMore(pb::Case& out, const Case& c) {
  out.set_origin(Cast<pb::CaseOrigin::Code>(c.origin));
  out.set_reason(c.reason);
  out.set_touchpoint(c.touchpoint);
  out.set_shop(c.shop);
  out.set_lot(c.lot);
  out.set_rule(c.rule);
  for (const Need& n : c.needs) {
    pb::CaseNeed& to = *out.add_needs();
    to.set_need_id(n.need_id);
    to.set_kind(Cast<pb::NeedKind::Code>(n.kind));
    to.set_text(n.text);
    to.set_actor(n.actor);
    Set(*to.mutable_time(), n.time);
  }
  if (c.solution) {
    pb::CaseSolution& to = *out.mutable_solution();
    to.set_text(c.solution->text);
    to.set_state(Cast<pb::SolutionState::Code>(c.solution->state));
    to.set_proposed_by(c.solution->proposed_by);
    Set(*to.mutable_propose_time(), c.solution->proposed_at);
    if (c.solution->answered_at) Set(*to.mutable_answer_time(), *c.solution->answered_at);
  }
  for (const Handoff& h : c.handoffs) {
    pb::Handoff& to = *out.add_handoffs();
    Set(*to.mutable_time(), h.time);
    to.set_from_team(h.from_team);
    to.set_to_team(h.to_team);
    to.set_from_owner(h.from_owner);
    to.set_to_owner(h.to_owner);
    if (h.taken_at) Set(*to.mutable_taken_time(), *h.taken_at);
  }
  out.set_resolved_by(c.resolved_by);
  for (const std::string& team : c.escalated_to) out.add_escalated_to(team);
  if (c.wait_until) Set(*out.mutable_wait_until(), *c.wait_until);
  if (c.escalate_at) Set(*out.mutable_escalate_at(), *c.escalate_at);
  if (c.verify_at) Set(*out.mutable_verify_at(), *c.verify_at);
  if (c.warn_at) Set(*out.mutable_warn_at(), *c.warn_at);
  if (c.acknowledged_at) Set(*out.mutable_acknowledge_time(), *c.acknowledged_at);
  if (c.contacted_at) Set(*out.mutable_contact_time(), *c.contacted_at);
  if (c.resolved_at) Set(*out.mutable_resolve_time(), *c.resolved_at);
  if (c.paused > absl::ZeroDuration()) Set(*out.mutable_paused(), c.paused);
  if (c.said_twice) Set(*out.mutable_said_twice(), *c.said_twice);
  if (c.fix_failed) Set(*out.mutable_fix_failed(), *c.fix_failed);
  out.set_cause_removed(c.cause_removed);
  out.set_messages(c.messages);
  if (c.last_customer_message_at) Set(*out.mutable_last_customer_message_time(), *c.last_customer_message_at);
}

void GetMore(const pb::Case& in, Case& c) {
  if (in.origin() != pb::CaseOrigin::UNSPECIFIED) c.origin = Cast<CaseOrigin>(in.origin());
  c.reason = in.reason();
  c.touchpoint = in.touchpoint();
  c.shop = in.shop();
  c.lot = in.lot();
  c.rule = in.rule();
  for (const pb::CaseNeed& n : in.needs())
    c.needs.push_back({n.need_id(), Cast<NeedKind>(n.kind()), n.text(), n.actor(), Get(n.time())});
  if (in.has_solution()) {
    const pb::CaseSolution& s = in.solution();
    c.solution = Solution{s.text(), Cast<SolutionState>(s.state()), s.proposed_by(), Get(s.propose_time()),
                          Get(s.has_answer_time(), s.answer_time())};
  }
  for (const pb::Handoff& h : in.handoffs())
    c.handoffs.push_back({Get(h.time()), h.from_team(), h.to_team(), h.from_owner(), h.to_owner(),
                          Get(h.has_taken_time(), h.taken_time())});
  c.resolved_by = in.resolved_by();
  c.escalated_to.assign(in.escalated_to().begin(), in.escalated_to().end());
  c.wait_until = Get(in.has_wait_until(), in.wait_until());
  c.escalate_at = Get(in.has_escalate_at(), in.escalate_at());
  c.verify_at = Get(in.has_verify_at(), in.verify_at());
  c.warn_at = Get(in.has_warn_at(), in.warn_at());
  c.acknowledged_at = Get(in.has_acknowledge_time(), in.acknowledge_time());
  c.contacted_at = Get(in.has_contact_time(), in.contact_time());
  c.resolved_at = Get(in.has_resolve_time(), in.resolve_time());
  c.paused = Get(in.paused());
  if (in.has_said_twice()) c.said_twice = Get(in.said_twice());
  if (in.has_fix_failed()) c.fix_failed = Get(in.fix_failed());
  c.cause_removed = in.cause_removed();
  c.messages = in.messages();
  c.last_customer_message_at = Get(in.has_last_customer_message_time(), in.last_customer_message_time());
}

}  // namespace

pb::Case ToStored(const Case& c) {
  pb::Case out;
  out.set_case_id(UuidToString(c.case_id));
  out.set_kind(Cast<pb::CaseKind::Code>(c.kind));
  out.set_state(Cast<pb::CaseState::Code>(c.state));
  out.set_priority(Cast<pb::Priority::Code>(c.priority));
  out.set_customer_id(c.customer_id);
  for (const CaseAnswer& a : c.answers) {
    pb::CaseAnswer& to = *out.add_answers();
    to.set_response_id(a.response_id);
    to.set_role(Cast<pb::AnswerRole::Code>(a.role));
    to.set_metric(a.metric);
    to.set_score(a.score.value_or(0));
    to.set_scored(a.score.has_value());
    to.set_comment(a.comment);
    to.set_touchpoint(a.touchpoint);
    to.set_rule(a.rule);
    for (const std::string& reason : a.reasons) to.add_reasons(reason);
    if (a.responded_at != absl::InfinitePast()) Set(*to.mutable_responded_at(), a.responded_at);
    to.set_recovery(a.recovery);
  }
  out.set_owner(c.owner);
  out.set_team(c.team);
  out.set_originator_team(c.originator_team);
  out.set_root_cause(c.root_cause);
  out.set_resolution(c.resolution);
  out.set_customer_reply(c.customer_reply);
  if (c.compensation) {
    pb::Compensation& to = *out.mutable_compensation();
    to.set_type(c.compensation->type);
    to.set_amount(c.compensation->amount);
    to.set_currency(c.compensation->currency);
    to.set_approved_by(c.compensation->approved_by);
  }
  Set(*out.mutable_acknowledge_by(), c.acknowledge_by);
  Set(*out.mutable_contact_by(), c.contact_by);
  Set(*out.mutable_resolve_by(), c.resolve_by);
  out.set_verification(Cast<pb::Verification::Code>(c.verification));
  out.set_version(c.version);
  for (const HistoryLine& line : c.history) {
    pb::CaseHistoryEntry& to = *out.add_history();
    Set(*to.mutable_time(), line.time);
    to.set_actor(line.actor);
    to.set_action(line.action);
    if (line.from) to.set_from(Cast<pb::CaseState::Code>(*line.from));
    to.set_to(Cast<pb::CaseState::Code>(line.to));
    to.set_note(line.note);
    to.set_version(line.version);
  }
  Set(*out.mutable_create_time(), c.create_time);
  Set(*out.mutable_update_time(), c.update_time);
  SetMore(out, c);
  return out;
}

pb::Case ToShown(const Case& c, absl::Time now) {
  pb::Case out = ToStored(c);
  for (Deadline d : MissedDeadlines(c, now)) out.add_overdue(Cast<pb::Deadline::Code>(d));
  for (size_t i = 0; i < c.handoffs.size(); ++i)
    Set(*out.mutable_handoffs(static_cast<int>(i))->mutable_wait(), WaitOf(c, i, now));
  return out;
}

absl::StatusOr<Case> FromStored(absl::string_view body) {
  pb::Case in;
  if (!in.ParseFromArray(body.data(), static_cast<int>(body.size())))
    return absl::InternalError("a stored case cannot be read");
  const auto id = ParseUuid(in.case_id());
  if (!id) return absl::InternalError("a stored case has no id");
  Case c;
  c.case_id = *id;
  c.kind = Cast<CaseKind>(in.kind());
  c.state = Cast<CaseState>(in.state());
  c.priority = Cast<Priority>(in.priority());
  c.customer_id = in.customer_id();
  for (const pb::CaseAnswer& a : in.answers()) c.answers.push_back(Get(a));
  c.owner = in.owner();
  c.team = in.team();
  c.originator_team = in.originator_team();
  c.root_cause = in.root_cause();
  c.resolution = in.resolution();
  c.customer_reply = in.customer_reply();
  if (in.has_compensation())
    c.compensation = Compensation{in.compensation().type(), in.compensation().amount(), in.compensation().currency(),
                                  in.compensation().approved_by()};
  c.acknowledge_by = Get(in.acknowledge_by());
  c.contact_by = Get(in.contact_by());
  c.resolve_by = Get(in.resolve_by());
  c.verification = Cast<Verification>(in.verification());
  c.version = in.version();
  for (const pb::CaseHistoryEntry& e : in.history()) {
    HistoryLine line;
    line.time = Get(e.time());
    line.actor = e.actor();
    line.action = e.action();
    if (e.from() != pb::CaseState::UNSPECIFIED) line.from = Cast<CaseState>(e.from());
    line.to = Cast<CaseState>(e.to());
    line.note = e.note();
    line.version = e.version();
    c.history.push_back(std::move(line));
  }
  c.create_time = Get(in.create_time());
  c.update_time = Get(in.update_time());
  GetMore(in, c);
  if (in.origin() == pb::CaseOrigin::UNSPECIFIED) MarkDone(c);  // from before it was kept
  c.stored = {c.version, c.priority, SubjectOf(c)};
  return c;
}

}  // namespace hoiam::loop
