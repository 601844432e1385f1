#include "loop_service/rpc/playbook_service.h"

#include <utility>

namespace hoiam::loop {

template <class Request, class Response>
PlaybookService::Reactor* PlaybookService::List(Context* c, const Request* q, Response* r, const char* function) {
  return rpc::ServeRead(
      runtime_, c, q, r, [this](const auto& ctx, const auto& q) { return settings_.List(ctx, q); }, function);
}

template <class Request, class Response>
PlaybookService::Reactor* PlaybookService::Update(Context* c, const Request* q, Response* r, const char* function) {
  return rpc::ServeWrite(
      runtime_, c, q, r,
      [this](const auto& ctx, const auto& q, auto reply) { settings_.Update(ctx, q, std::move(reply)); },
      /*on_pool=*/false, function);
}

PlaybookService::Reactor* PlaybookService::ListRootCauses(Context* c, const pb::ListRootCausesRequest* q,
                                                          pb::ListRootCausesResponse* r) {
  return List(c, q, r);
}

PlaybookService::Reactor* PlaybookService::UpdateRootCause(Context* c, const pb::UpdateRootCauseRequest* q,
                                                           pb::RootCause* r) {
  return Update(c, q, r);
}

PlaybookService::Reactor* PlaybookService::ListTeams(Context* c, const pb::ListTeamsRequest* q,
                                                     pb::ListTeamsResponse* r) {
  return List(c, q, r);
}

PlaybookService::Reactor* PlaybookService::UpdateTeam(Context* c, const pb::UpdateTeamRequest* q, pb::Team* r) {
  return Update(c, q, r);
}

PlaybookService::Reactor* PlaybookService::ListMembers(Context* c, const pb::ListMembersRequest* q,
                                                       pb::ListMembersResponse* r) {
  return List(c, q, r);
}

PlaybookService::Reactor* PlaybookService::UpdateMember(Context* c, const pb::UpdateMemberRequest* q, pb::Member* r) {
  return Update(c, q, r);
}

PlaybookService::Reactor* PlaybookService::ListCalendars(Context* c, const pb::ListCalendarsRequest* q,
                                                         pb::ListCalendarsResponse* r) {
  return List(c, q, r);
}

PlaybookService::Reactor* PlaybookService::UpdateCalendar(Context* c, const pb::UpdateCalendarRequest* q,
                                                          pb::Calendar* r) {
  return Update(c, q, r);
}

PlaybookService::Reactor* PlaybookService::ListAlarmRules(Context* c, const pb::ListAlarmRulesRequest* q,
                                                          pb::ListAlarmRulesResponse* r) {
  return List(c, q, r);
}

PlaybookService::Reactor* PlaybookService::UpdateAlarmRule(Context* c, const pb::UpdateAlarmRuleRequest* q,
                                                           pb::AlarmRule* r) {
  return Update(c, q, r);
}

PlaybookService::Reactor* PlaybookService::TestAlarmRules(Context* c, const pb::TestAlarmRulesRequest* q,
                                                          pb::TestAlarmRulesResponse* r) {
  return rpc::ServeWrite(runtime_, c, q, r, [this](const auto& ctx, const auto& q, auto reply) {
    settings_.Test(ctx, q, std::move(reply));
  });
}

PlaybookService::Reactor* PlaybookService::GetCasePolicy(Context* c, const pb::GetCasePolicyRequest* q,
                                                         pb::CasePolicy* r) {
  return rpc::ServeRead(runtime_, c, q, r, [this](const auto& ctx, const auto& q) { return settings_.Get(ctx, q); });
}

PlaybookService::Reactor* PlaybookService::UpdateCasePolicy(Context* c, const pb::UpdateCasePolicyRequest* q,
                                                            pb::CasePolicy* r) {
  return Update(c, q, r);
}

}  // namespace hoiam::loop
