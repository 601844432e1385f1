// The settings of the playbook: lists, and changes by PATCH. A tenant's row stands in the place of what Hoiam brings by
// the same id.
#pragma once

#include "absl/status/statusor.h"
#include "hoiam/loop/v1/playbook_service.pb.h"
#include "loop_service/app/playbook_cache.h"
#include "platform/rpc/write.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

class Settings {
 public:
  Settings(db::Pool& pool, rpc::Writer& writer, PlaybookCache& playbooks)
      : pool_(pool), writer_(writer), playbooks_(playbooks) {}

  // By id; rules by rank and then id. A page ends early rather than outgrow a message.
  absl::StatusOr<pb::ListTeamsResponse> List(const rpc::CallContext& ctx, const pb::ListTeamsRequest& q) const;
  absl::StatusOr<pb::ListMembersResponse> List(const rpc::CallContext& ctx, const pb::ListMembersRequest& q) const;
  absl::StatusOr<pb::ListCalendarsResponse> List(const rpc::CallContext& ctx, const pb::ListCalendarsRequest& q) const;
  absl::StatusOr<pb::ListRootCausesResponse> List(const rpc::CallContext& ctx,
                                                  const pb::ListRootCausesRequest& q) const;
  absl::StatusOr<pb::ListAlarmRulesResponse> List(const rpc::CallContext& ctx,
                                                  const pb::ListAlarmRulesRequest& q) const;
  absl::StatusOr<pb::CasePolicy> Get(const rpc::CallContext& ctx, const pb::GetCasePolicyRequest& q) const;

  // Bad input is told field by field: of the setting itself (convert/settings.h) and of it among the others
  // (domain/playbook_rules.h). NOT_FOUND <KIND>_NOT_FOUND unless allow_missing; FAILED_PRECONDITION SETTING_IN_USE,
  // SETTINGS_FULL, MATCHES_EVERYTHING. A PATCH that changes nothing makes no revision.
  void Update(const rpc::CallContext& ctx, const pb::UpdateTeamRequest& q, rpc::Reply<pb::Team> reply);
  void Update(const rpc::CallContext& ctx, const pb::UpdateMemberRequest& q, rpc::Reply<pb::Member> reply);
  void Update(const rpc::CallContext& ctx, const pb::UpdateCalendarRequest& q, rpc::Reply<pb::Calendar> reply);
  void Update(const rpc::CallContext& ctx, const pb::UpdateRootCauseRequest& q, rpc::Reply<pb::RootCause> reply);
  void Update(const rpc::CallContext& ctx, const pb::UpdateAlarmRuleRequest& q, rpc::Reply<pb::AlarmRule> reply);
  void Update(const rpc::CallContext& ctx, const pb::UpdateCasePolicyRequest& q, rpc::Reply<pb::CasePolicy> reply);

  // Decides as the alarm would, and stores nothing.
  void Test(const rpc::CallContext& ctx, const pb::TestAlarmRulesRequest& q,
            rpc::Reply<pb::TestAlarmRulesResponse> reply);

 private:
  template <class T, class Request>
  void Submit(const rpc::CallContext& ctx, const Request& q, const typename T::Message& source, bool may_make,
              bool confirmed, rpc::Reply<typename T::Message> reply);

  db::Pool& pool_;
  rpc::Writer& writer_;
  PlaybookCache& playbooks_;
};

}  // namespace hoiam::loop
