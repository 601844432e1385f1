// The RPCs of the playbook, one line each.
#pragma once

#include "hoiam/loop/v1/playbook_service.grpc.pb.h"
#include "loop_service/app/settings.h"
#include "platform/rpc/serve_unary.h"

namespace hoiam::loop {

class PlaybookService final : public pb::PlaybookService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  PlaybookService(rpc::Runtime& runtime, Settings& settings) : runtime_(runtime), settings_(settings) {}

  Reactor* ListRootCauses(Context* c, const pb::ListRootCausesRequest* q, pb::ListRootCausesResponse* r) override;
  Reactor* UpdateRootCause(Context* c, const pb::UpdateRootCauseRequest* q, pb::RootCause* r) override;
  Reactor* ListTeams(Context* c, const pb::ListTeamsRequest* q, pb::ListTeamsResponse* r) override;
  Reactor* UpdateTeam(Context* c, const pb::UpdateTeamRequest* q, pb::Team* r) override;
  Reactor* ListMembers(Context* c, const pb::ListMembersRequest* q, pb::ListMembersResponse* r) override;
  Reactor* UpdateMember(Context* c, const pb::UpdateMemberRequest* q, pb::Member* r) override;
  Reactor* ListCalendars(Context* c, const pb::ListCalendarsRequest* q, pb::ListCalendarsResponse* r) override;
  Reactor* UpdateCalendar(Context* c, const pb::UpdateCalendarRequest* q, pb::Calendar* r) override;
  Reactor* ListAlarmRules(Context* c, const pb::ListAlarmRulesRequest* q, pb::ListAlarmRulesResponse* r) override;
  Reactor* UpdateAlarmRule(Context* c, const pb::UpdateAlarmRuleRequest* q, pb::AlarmRule* r) override;
  Reactor* TestAlarmRules(Context* c, const pb::TestAlarmRulesRequest* q, pb::TestAlarmRulesResponse* r) override;
  Reactor* GetCasePolicy(Context* c, const pb::GetCasePolicyRequest* q, pb::CasePolicy* r) override;
  Reactor* UpdateCasePolicy(Context* c, const pb::UpdateCasePolicyRequest* q, pb::CasePolicy* r) override;

 private:
  // `function` is the name of the RPC, as its caller is named.
  template <class Request, class Response>
  Reactor* List(Context* c, const Request* q, Response* r, const char* function = __builtin_FUNCTION());
  template <class Request, class Response>
  Reactor* Update(Context* c, const Request* q, Response* r, const char* function = __builtin_FUNCTION());

  rpc::Runtime& runtime_;
  Settings& settings_;
};

}  // namespace hoiam::loop
