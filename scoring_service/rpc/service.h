// ScoringService: one line per RPC.
#pragma once

#include "hoiam/scoring/v1/scoring_service.grpc.pb.h"
#include "platform/rpc/serve_unary.h"
#include "scoring_service/app/ask_rebuild.h"
#include "scoring_service/app/generations.h"
#include "scoring_service/rpc/handlers.h"

namespace hoiam::scoring {

class Service final : public hoiam::scoring::v1::ScoringService::CallbackService {
 public:
  // All must outlive it.
  Service(rpc::Runtime& runtime, const Handlers& handlers, Generations& generations)
      : runtime_(runtime), handlers_(handlers), generations_(generations) {}

  grpc::ServerUnaryReactor* GetScores(grpc::CallbackServerContext* c, const hoiam::scoring::v1::GetScoresRequest* q,
                                      hoiam::scoring::v1::GetScoresResponse* r) override {
    return Serve(c, q, r, &Handlers::GetScores);
  }
  grpc::ServerUnaryReactor* GetHistory(grpc::CallbackServerContext* c, const hoiam::scoring::v1::GetHistoryRequest* q,
                                       hoiam::scoring::v1::GetHistoryResponse* r) override {
    return Serve(c, q, r, &Handlers::GetHistory);
  }
  grpc::ServerUnaryReactor* GetSatisfaction(grpc::CallbackServerContext* c,
                                            const hoiam::scoring::v1::GetSatisfactionRequest* q,
                                            hoiam::scoring::v1::Satisfaction* r) override {
    return Serve(c, q, r, &Handlers::GetSatisfaction);
  }
  grpc::ServerUnaryReactor* BatchGetSatisfaction(grpc::CallbackServerContext* c,
                                                 const hoiam::scoring::v1::BatchGetSatisfactionRequest* q,
                                                 hoiam::scoring::v1::BatchGetSatisfactionResponse* r) override {
    return Serve(c, q, r, &Handlers::BatchGetSatisfaction);
  }
  grpc::ServerUnaryReactor* StartRebuild(grpc::CallbackServerContext* c,
                                         const hoiam::scoring::v1::StartRebuildRequest* q,
                                         hoiam::scoring::v1::Rebuild* r) override {
    return rpc::ServeRead(runtime_, c, q, r, [this](const rpc::CallContext& ctx, const auto&) {
      return scoring::StartRebuild(generations_, ctx);
    });
  }
  grpc::ServerUnaryReactor* GetRebuild(grpc::CallbackServerContext* c, const hoiam::scoring::v1::GetRebuildRequest* q,
                                       hoiam::scoring::v1::Rebuild* r) override {
    return rpc::ServeRead(runtime_, c, q, r, [this](const rpc::CallContext& ctx, const auto&) {
      return scoring::GetRebuild(generations_, ctx);
    });
  }

 private:
  template <class Req, class Resp>
  grpc::ServerUnaryReactor* Serve(grpc::CallbackServerContext* c, const Req* q, Resp* r,
                                  absl::StatusOr<Resp> (Handlers::*handler)(const rpc::CallContext&, const Req&) const,
                                  const char* function = __builtin_FUNCTION()) {
    return rpc::ServeRead(
        runtime_, c, q, r,
        [this, handler](const rpc::CallContext& ctx, const Req& request) { return (handlers_.*handler)(ctx, request); },
        function);
  }
  rpc::Runtime& runtime_;
  const Handlers& handlers_;
  Generations& generations_;
};

}  // namespace hoiam::scoring
