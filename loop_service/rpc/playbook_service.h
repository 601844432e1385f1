// The RPCs of the playbook, one line each.
#pragma once

#include "hoiam/loop/v1/playbook_service.grpc.pb.h"
#include "platform/rpc/serve_unary.h"

namespace hoiam::loop {

namespace pb = hoiam::loop::v1;

class PlaybookService final : public pb::PlaybookService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  explicit PlaybookService(rpc::Runtime& runtime) : runtime_(runtime) {}

  Reactor* ListRootCauses(Context* c, const pb::ListRootCausesRequest* q, pb::ListRootCausesResponse* r) override;
  Reactor* ListTeams(Context* c, const pb::ListTeamsRequest* q, pb::ListTeamsResponse* r) override;

 private:
  rpc::Runtime& runtime_;
};

}  // namespace hoiam::loop
