#include "loop_service/app/settings.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/message_differencer.h"
#include "loop_service/app/setting_kinds.h"
#include "loop_service/convert/alarm_condition.h"
#include "loop_service/convert/settings.h"
#include "loop_service/domain/catalogue.h"
#include "loop_service/errors.h"
#include "loop_service/store/setting_reader.h"
#include "loop_service/store/setting_rows.h"
#include "platform/base/page_token.h"
#include "platform/base/status.h"
#include "platform/rpc/tenant_db.h"

namespace hoiam::loop {
namespace {

// All of a tenant's settings are decided in one place: they name one another.
constexpr char kSubject[] = "playbook";

template <class Message>
absl::StatusOr<Message> Parse(const std::string& body) {
  Message m;
  if (!m.ParseFromString(body))
    return absl::InternalError(absl::StrCat("a stored ", m.GetTypeName(), " cannot be read"));
  return m;
}

template <class Message>
bool IsArchived(const Message& m) {
  if constexpr (requires { m.archived(); }) return m.archived();
  return false;
}

// What Hoiam brings, shadowed by the tenant's own.
template <class T>
absl::StatusOr<absl::btree_map<std::string, typename T::Message>> Merged(const rpc::CallContext& ctx, db::Pool& pool) {
  HOIAM_ASSIGN_OR_RETURN(const db::TenantDb db, rpc::OpenDb(pool, ctx));
  HOIAM_ASSIGN_OR_RETURN(const std::vector<std::string> bodies, ReadSettings(db, Name(T::kKind)));
  auto all = T::BuiltIns();
  for (const std::string& body : bodies) {
    HOIAM_ASSIGN_OR_RETURN(typename T::Message m, Parse<typename T::Message>(body));
    std::string id = T::Id(m);
    all[std::move(id)] = std::move(m);
  }
  return all;
}

// Where a setting stands in its list.
template <class Message>
std::pair<int, std::string> PlaceOf(const std::string& id, const Message& m) {
  if constexpr (requires { m.rank(); }) return {m.rank(), id};
  return {0, id};
}

template <class T, class Response, class Request>
absl::StatusOr<Response> ListOf(const rpc::CallContext& ctx, db::Pool& pool, const Request& q,
                                google::protobuf::RepeatedPtrField<typename T::Message>* (Response::*out)()) {
  const std::string list = absl::StrCat(Name(T::kKind), q.show_archived() ? " archived" : "");
  HOIAM_ASSIGN_OR_RETURN(const size_t page_size, CheckPageSize(q.page_size()));
  HOIAM_ASSIGN_OR_RETURN(const std::vector<std::string> after, DecodePageToken(list, q.page_token()));
  HOIAM_ASSIGN_OR_RETURN(auto all, Merged<T>(ctx, pool));
  std::vector<std::pair<std::pair<int, std::string>, typename T::Message*>> order;
  for (auto& [id, m] : all)
    if (q.show_archived() || !IsArchived(m)) order.emplace_back(PlaceOf(id, m), &m);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  auto it = order.begin();
  if (after.size() == 2) {
    std::pair<int, std::string> last{0, after[1]};
    if (!absl::SimpleAtoi(after[0], &last.first)) return absl::InternalError("a page token without a place");
    it = std::find_if(it, order.end(), [&](const auto& each) { return each.first > last; });
  }
  Response response;
  auto& page = *(response.*out)();
  for (size_t bytes = 0; it != order.end() && static_cast<size_t>(page.size()) < page_size; ++it) {
    bytes += it->second->ByteSizeLong();
    if (bytes > kMaxPageBytes && !page.empty()) break;
    page.Add()->Swap(it->second);
  }
  if (it != order.end()) {
    const auto& [rank, id] = std::prev(it)->first;
    response.set_next_page_token(EncodePageToken(list, {absl::StrCat(rank), id}));
  }
  return response;
}

// The playbook with `row` in it.
absl::StatusOr<Playbook::Parts> PartsWith(db::UnitOfWork& uow, const std::string& tenant, absl::string_view kind,
                                          const std::string& body) {
  Playbook::Parts parts = BuiltInParts();
  for (const SettingRow* row : uow.List<SettingRow>({tenant}))
    HOIAM_RETURN_IF_ERROR(AddStored(row->kind, row->body, parts));
  HOIAM_RETURN_IF_ERROR(AddStored(kind, body, parts));
  return parts;
}

// Adds to `v` what `among` says of fields that `v` has nothing against.
void Join(const Violations& among, Violations& v) {
  const auto more = DetailOf(among.ToStatus());
  if (!more) return;
  const auto known = DetailOf(v.ToStatus());
  for (const Violation& each : more->violations) {
    const bool said = known && std::any_of(known->violations.begin(), known->violations.end(),
                                           [&](const Violation& k) { return k.field == each.field; });
    if (!said) v.Add(each.field, each.reason, each.description, each.metadata);
  }
}

// One change on its way in. `source` points into the request.
template <class T>
struct Change {
  std::string tenant;
  const typename T::Message* source;
  Patch patch;
  bool may_make;
  bool confirmed;
};

bool NeedsConfirmation(const pb::AlarmRule& rule) {
  return !rule.archived() && (!rule.has_enabled() || rule.enabled()) && RingsForAll(FromProto(rule.condition()));
}

// What was cleared goes back to what Hoiam brings.
void FillIn(pb::CasePolicy& policy) {
  const int64_t revision = policy.revision();
  policy = ToProto(FromProto(policy));
  policy.set_revision(revision);
}

template <class T>
absl::Status Check(const Change<T>& c, db::UnitOfWork& uow, const std::optional<typename T::Message>& before,
                   const typename T::Message& m) {
  const std::string& id = T::Id(m);
  Violations v, among;
  CheckSetting(m, v);
  HOIAM_ASSIGN_OR_RETURN(const Playbook::Parts parts, PartsWith(uow, c.tenant, Name(T::kKind), m.SerializeAsString()));
  T::Check(parts, m, among);
  Join(among, v);
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  if (IsArchived(m)) {
    if (const auto users = T::Users(parts, id); !users.empty()) return SettingInUse(Name(T::kKind), id, users);
  }
  if constexpr (std::is_same_v<T, AlarmRuleKind>) {
    if (NeedsConfirmation(m) && !(before && NeedsConfirmation(*before)) && !c.confirmed)
      return RuleMatchesEverything(id);
  }
  return absl::OkStatus();
}

template <class T>
absl::StatusOr<typename T::Message> Decide(const Change<T>& c, db::UnitOfWork& uow, absl::Time now) {
  using Message = typename T::Message;
  const std::string kind(Name(T::kKind)), &id = T::Id(*c.source);
  std::optional<Message> before;
  const auto* row = uow.Find<SettingRow>({c.tenant, kind, id});
  if (row) {
    HOIAM_ASSIGN_OR_RETURN(before, Parse<Message>(row->body));
  } else if (const auto it = T::BuiltIns().find(id); it != T::BuiltIns().end()) {
    before = it->second;
  }
  if (!before && !c.may_make) return T::NotFound(id);
  Message m;
  T::SetId(m, id);
  if (before) m = *before;
  ApplyPatch(*c.source, c.patch, m);
  HOIAM_RETURN_IF_ERROR(Check<T>(c, uow, before, m));
  if constexpr (std::is_same_v<T, PolicyKind>) FillIn(m);
  if (before && google::protobuf::util::MessageDifferencer::Equals(*before, m)) return m;
  if (!row && uow.List<SettingRow>({c.tenant, kind}).size() >= T::kMax) return SettingsFull(kind, T::kMax);

  if constexpr (requires { m.set_built_in(false); }) m.set_built_in(false);
  m.set_revision(m.revision() + 1);
  const auto* playbook = uow.Find<PlaybookRow>({c.tenant});
  // Never a number that another state had, not even after the database came back from a backup.
  const int64_t version = std::max((playbook ? playbook->version : 0) + 1, absl::ToUnixMicros(now));
  uow.Put(PlaybookRow{c.tenant, version});
  uow.Put(SettingRow{c.tenant, kind, id, m.revision(), now, m.SerializeAsString()});
  return m;
}

}  // namespace

template <class T, class Request>
void Settings::Submit(const rpc::CallContext& ctx, const Request& q, const typename T::Message& source, bool may_make,
                      bool confirmed, rpc::Reply<typename T::Message> reply) {
  Violations v;
  Patch patch = ReadSettingPatch(source, q.has_update_mask() ? &q.update_mask() : nullptr, v);
  if (!v.empty()) return reply(v.ToStatus(), {});
  const auto c =
      std::make_shared<const Change<T>>(Change<T>{ctx.tenant, &source, std::move(patch), may_make, confirmed});
  rpc::Write<typename T::Message> w;
  w.subject = kSubject;
  w.bytes = 2 * source.ByteSizeLong() + 256;
  w.want = [c](db::UnitOfWork& uow) {
    uow.Want<PlaybookRow>({c->tenant});
    uow.Want<SettingRow>({c->tenant});
  };
  w.decide = [c](db::UnitOfWork& uow, absl::Time now) { return Decide<T>(*c, uow, now); };
  writer_.Submit(ctx, q, std::move(w), std::move(reply));
}

absl::StatusOr<pb::ListTeamsResponse> Settings::List(const rpc::CallContext& ctx, const pb::ListTeamsRequest& q) const {
  return ListOf<TeamKind>(ctx, pool_, q, &pb::ListTeamsResponse::mutable_teams);
}

absl::StatusOr<pb::ListMembersResponse> Settings::List(const rpc::CallContext& ctx,
                                                       const pb::ListMembersRequest& q) const {
  return ListOf<MemberKind>(ctx, pool_, q, &pb::ListMembersResponse::mutable_members);
}

absl::StatusOr<pb::ListCalendarsResponse> Settings::List(const rpc::CallContext& ctx,
                                                         const pb::ListCalendarsRequest& q) const {
  return ListOf<CalendarKind>(ctx, pool_, q, &pb::ListCalendarsResponse::mutable_calendars);
}

absl::StatusOr<pb::ListRootCausesResponse> Settings::List(const rpc::CallContext& ctx,
                                                          const pb::ListRootCausesRequest& q) const {
  return ListOf<RootCauseKind>(ctx, pool_, q, &pb::ListRootCausesResponse::mutable_root_causes);
}

absl::StatusOr<pb::ListAlarmRulesResponse> Settings::List(const rpc::CallContext& ctx,
                                                          const pb::ListAlarmRulesRequest& q) const {
  return ListOf<AlarmRuleKind>(ctx, pool_, q, &pb::ListAlarmRulesResponse::mutable_alarm_rules);
}

absl::StatusOr<pb::CasePolicy> Settings::Get(const rpc::CallContext& ctx, const pb::GetCasePolicyRequest&) const {
  HOIAM_ASSIGN_OR_RETURN(auto all, Merged<PolicyKind>(ctx, pool_));
  return std::move(all.begin()->second);
}

void Settings::Update(const rpc::CallContext& ctx, const pb::UpdateTeamRequest& q, rpc::Reply<pb::Team> reply) {
  Submit<TeamKind>(ctx, q, q.team(), q.allow_missing(), false, std::move(reply));
}

void Settings::Update(const rpc::CallContext& ctx, const pb::UpdateMemberRequest& q, rpc::Reply<pb::Member> reply) {
  Submit<MemberKind>(ctx, q, q.member(), q.allow_missing(), false, std::move(reply));
}

void Settings::Update(const rpc::CallContext& ctx, const pb::UpdateCalendarRequest& q, rpc::Reply<pb::Calendar> reply) {
  Submit<CalendarKind>(ctx, q, q.calendar(), q.allow_missing(), false, std::move(reply));
}

void Settings::Update(const rpc::CallContext& ctx, const pb::UpdateRootCauseRequest& q,
                      rpc::Reply<pb::RootCause> reply) {
  Submit<RootCauseKind>(ctx, q, q.root_cause(), q.allow_missing(), false, std::move(reply));
}

void Settings::Update(const rpc::CallContext& ctx, const pb::UpdateAlarmRuleRequest& q,
                      rpc::Reply<pb::AlarmRule> reply) {
  Submit<AlarmRuleKind>(ctx, q, q.alarm_rule(), q.allow_missing(), q.confirm(), std::move(reply));
}

void Settings::Update(const rpc::CallContext& ctx, const pb::UpdateCasePolicyRequest& q,
                      rpc::Reply<pb::CasePolicy> reply) {
  Submit<PolicyKind>(ctx, q, q.case_policy(), false, false, std::move(reply));
}

}  // namespace hoiam::loop
