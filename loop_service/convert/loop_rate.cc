#include "loop_service/convert/loop_rate.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "loop_service/convert/case_filter.h"
#include "platform/base/filter_match.h"
#include "platform/base/status.h"

namespace hoiam::loop {
namespace {

absl::Time TimeOf(const google::protobuf::Timestamp& t) {
  return absl::FromUnixSeconds(t.seconds()) + absl::Nanoseconds(t.nanos());
}

bool IsPerson(absl::string_view field) {
  return field == "owner" || field == "customer" || field == "customer_id" || field == "customerId" ||
         field == "actor" || field == "member" || field == "resolved_by" || field == "resolvedBy";
}

constexpr char kNotByPerson[] = "the loop is measured by team and by cause, never by person";

const std::vector<MatchField>& Fields() {
  static const auto* fields = new std::vector<MatchField>{
      {"state", FilterFieldKind::kText, {}},      {"kind", FilterFieldKind::kText, {}},
      {"priority", FilterFieldKind::kText, {}},   {"origin", FilterFieldKind::kText, {}},
      {"team", FilterFieldKind::kPath, {}},       {"cause", FilterFieldKind::kText, {}},
      {"touchpoint", FilterFieldKind::kPath, {}}, {"create_time", FilterFieldKind::kTime, {}},
      {"open", FilterFieldKind::kInteger, {}}};
  return *fields;
}

bool NamesPerson(const Filter& f) {
  if (f.kind == Filter::Kind::kCompare) return IsPerson(f.field);
  for (const Filter& part : f.parts)
    if (NamesPerson(part)) return true;
  return false;
}

void CheckGroups(const pb::GetLoopRateRequest& q, LoopRateQuery& out, Violations& v) {
  if (q.group_by_size() > 1) v.Add("groupBy", "TOO_MANY_VALUES", "at most one: team or cause", {{"max", "1"}});
  for (const std::string& group : q.group_by()) {
    if (group == "team")
      out.by = LoopRateQuery::By::kTeam;
    else if (group == "cause")
      out.by = LoopRateQuery::By::kCause;
    else if (IsPerson(group))
      v.Add("groupBy", "NOT_BY_PERSON", kNotByPerson);
    else
      v.Add("groupBy", "UNKNOWN_DIMENSION", "must be team or cause");
  }
}

void ToProto(const LoopTimes& times, pb::LoopTimes& out) {
  out.set_count(times.count);
  if (times.p50_seconds) out.set_p50_seconds(*times.p50_seconds);
  if (times.p90_seconds) out.set_p90_seconds(*times.p90_seconds);
  if (times.p95_seconds) out.set_p95_seconds(*times.p95_seconds);
}

}  // namespace

absl::StatusOr<LoopRateQuery> ParseLoopRate(const pb::GetLoopRateRequest& q, absl::Time now) {
  Violations v;
  LoopRateQuery out;
  out.start = q.has_start_time() ? TimeOf(q.start_time()) : absl::UnixEpoch();
  // Unset: what was opened up to this very moment, too.
  out.end = q.has_end_time() ? TimeOf(q.end_time()) : now + absl::Microseconds(1);
  if (q.has_end_time() && out.end <= out.start) v.Add("endTime", "END_BEFORE_START", "must be after startTime");
  CheckGroups(q, out, v);
  auto filter = ParseCaseFilter(q.filter());
  absl::Status bad = filter.status();
  if (filter.ok() && NamesPerson(*filter))
    v.Add("filter", "NOT_BY_PERSON", kNotByPerson);
  else if (filter.ok())
    bad = CheckFilter(*filter, Fields());
  if (const auto detail = DetailOf(bad))
    for (const Violation& x : detail->violations) v.Add(x.field, x.reason, x.description, x.metadata);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  out.filter = *std::move(filter);
  return out;
}

bool Matches(const Filter& filter, const CaseFact& fact) {
  return hoiam::Matches(filter, [&](const Filter& f) -> FieldValue {
    if (f.field == "state") return Name(fact.state);
    if (f.field == "kind") return absl::string_view(fact.kind);
    if (f.field == "priority") return absl::string_view(fact.priority);
    if (f.field == "origin") return absl::string_view(fact.origin);
    if (f.field == "team") return absl::string_view(fact.team);
    if (f.field == "cause") return absl::string_view(fact.root_cause);
    if (f.field == "touchpoint") return PathText{fact.touchpoint};
    if (f.field == "create_time") return fact.create_time;
    if (f.field == "open") return IsOpen(fact.state) ? 1.0 : 0.0;
    return std::monostate();
  });
}

absl::string_view GroupOf(LoopRateQuery::By by, const CaseFact& fact) {
  switch (by) {
    case LoopRateQuery::By::kAll:
      return "";
    case LoopRateQuery::By::kTeam:
      return fact.team;
    case LoopRateQuery::By::kCause:
      return fact.root_cause;
  }
  return "";
}

void ToProto(const LoopRate& rate, pb::LoopRateRow& out) {
  out.set_group(rate.group);
  out.set_needed(rate.needed);
  out.set_in_time(rate.in_time);
  out.set_pending(rate.pending);
  if (rate.rate) out.set_loop_rate(*rate.rate);
  if (rate.rate_low) out.set_loop_rate_low(*rate.rate_low);
  if (rate.rate_high) out.set_loop_rate_high(*rate.rate_high);
  out.set_orphans(rate.orphans);
  out.set_cases(rate.cases);
  out.set_open(rate.open);
  out.set_proactive(rate.proactive);
  out.set_reactive(rate.reactive);
  out.set_said_twice(rate.said_twice);
  out.set_recovered(rate.recovered);
  out.set_silent(rate.silent);
  ToProto(rate.acknowledge, *out.mutable_acknowledge());
  ToProto(rate.contact, *out.mutable_contact());
  ToProto(rate.resolve, *out.mutable_resolve());
  ToProto(rate.handoff, *out.mutable_handoff());
  out.set_enough_data(rate.enough_data);
}

}  // namespace hoiam::loop
