// ScoringService: one line per RPC.
#pragma once

#include "hoiam/scoring/v1/scoring_service.grpc.pb.h"
#include "platform/rpc/serve_unary.h"
#include "scoring_service/rpc/handlers.h"

namespace hoiam::scoring {

class Service final : public hoiam::scoring::v1::ScoringService::CallbackService {
 public:
  // All must outlive it.
  Service(rpc::Runtime& runtime, const Handlers& handlers) : runtime_(runtime), handlers_(handlers) {}

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
};

}  // namespace hoiam::scoring
