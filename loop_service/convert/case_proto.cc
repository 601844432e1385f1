#include "loop_service/convert/case_proto.h"

#include <utility>

#include "google/protobuf/timestamp.pb.h"
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
static_assert(Cast<int>(CauseCategory::kPromise) == pb::CauseCategory::PROMISE);

void Set(google::protobuf::Timestamp& out, absl::Time t) {
  const int64_t micros = absl::ToUnixMicros(t);
  out.set_seconds(micros / 1'000'000);
  out.set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
}

absl::Time Get(const google::protobuf::Timestamp& t) {
  return absl::FromUnixSeconds(t.seconds()) + absl::Nanoseconds(t.nanos());
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
    to.set_score(a.score);
    to.set_comment(a.comment);
    to.set_touchpoint(a.touchpoint);
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
  return out;
}

pb::Case ToShown(const Case& c, absl::Time now) {
  pb::Case out = ToStored(c);
  for (Deadline d : MissedDeadlines(c, now)) out.add_overdue(Cast<pb::Deadline::Code>(d));
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
  for (const pb::CaseAnswer& a : in.answers())
    c.answers.push_back(
        {a.response_id(), Cast<AnswerRole>(a.role()), a.metric(), a.score(), a.comment(), a.touchpoint()});
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
  return c;
}

pb::RootCause ToProto(const RootCause& cause) {
  pb::RootCause out;
  out.set_root_cause_id(std::string(cause.id));
  out.set_parent(std::string(cause.parent));
  out.set_display_name(std::string(cause.name_vi));
  out.set_display_name_en(std::string(cause.name_en));
  out.set_category(Cast<pb::CauseCategory::Code>(cause.category));
  return out;
}

pb::Team ToProto(const Team& team) {
  pb::Team out;
  out.set_team_id(std::string(team.id));
  out.set_parent(std::string(team.parent));
  out.set_display_name(std::string(team.name));
  return out;
}

}  // namespace hoiam::loop
