#include "loop_service/rpc/playbook_service.h"

#include "loop_service/app/list_catalogue.h"

namespace hoiam::loop {

PlaybookService::Reactor* PlaybookService::ListRootCauses(Context* c, const pb::ListRootCausesRequest* q,
                                                          pb::ListRootCausesResponse* r) {
  return rpc::ServeRead(runtime_, c, q, r, &loop::ListRootCauses);
}

PlaybookService::Reactor* PlaybookService::ListTeams(Context* c, const pb::ListTeamsRequest* q,
                                                     pb::ListTeamsResponse* r) {
  return rpc::ServeRead(runtime_, c, q, r, &loop::ListTeams);
}

}  // namespace hoiam::loop
