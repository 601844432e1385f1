// ScoringService: one line per RPC.
#pragma once

#include "hoiam/scoring/v1/scoring_service.grpc.pb.h"
#include "platform/rpc/serve_unary.h"
#include "scoring_service/app/ask_rebuild.h"
#include "scoring_service/app/generations.h"
#include "scoring_service/app/setting_writes.h"
#include "scoring_service/rpc/handlers.h"

namespace hoiam::scoring {

// The history is sent as it is stored.
using ServiceBase = v1::ScoringService::WithRawCallbackMethod_GetHistory<v1::ScoringService::CallbackService>;

class Service final : public ServiceBase {
 public:
  // All must outlive it.
  Service(rpc::Runtime& runtime, const Handlers& handlers, const SettingWrites& settings, Generations& generations)
      : runtime_(runtime), handlers_(handlers), settings_(settings), generations_(generations) {}

  grpc::ServerUnaryReactor* GetScores(grpc::CallbackServerContext* c, const hoiam::scoring::v1::GetScoresRequest* q,
                                      hoiam::scoring::v1::GetScoresResponse* r) override {
    return Serve(c, q, r, &Handlers::GetScores);
  }
  grpc::ServerUnaryReactor* GetMigration(grpc::CallbackServerContext* c,
                                         const hoiam::scoring::v1::GetMigrationRequest* q,
                                         hoiam::scoring::v1::GetMigrationResponse* r) override {
    return Serve(c, q, r, &Handlers::GetMigration);
  }
  grpc::ServerUnaryReactor* GetDrivers(grpc::CallbackServerContext* c, const hoiam::scoring::v1::GetDriversRequest* q,
                                       hoiam::scoring::v1::GetDriversResponse* r) override {
    return Serve(c, q, r, &Handlers::GetDrivers);
  }
  grpc::ServerUnaryReactor* GetHeatMap(grpc::CallbackServerContext* c, const hoiam::scoring::v1::GetHeatMapRequest* q,
                                       hoiam::scoring::v1::GetHeatMapResponse* r) override {
    return Serve(c, q, r, &Handlers::GetHeatMap);
  }
  grpc::ServerUnaryReactor* GetJourney(grpc::CallbackServerContext* c, const hoiam::scoring::v1::GetJourneyRequest* q,
                                       hoiam::scoring::v1::GetJourneyResponse* r) override {
    return Serve(c, q, r, &Handlers::GetJourney);
  }
  grpc::ServerUnaryReactor* GetOverview(grpc::CallbackServerContext* c, const hoiam::scoring::v1::GetOverviewRequest* q,
                                        hoiam::scoring::v1::GetOverviewResponse* r) override {
    return Serve(c, q, r, &Handlers::GetOverview);
  }
  grpc::ServerUnaryReactor* ListPassives(grpc::CallbackServerContext* c,
                                         const hoiam::scoring::v1::ListPassivesRequest* q,
                                         hoiam::scoring::v1::ListPassivesResponse* r) override {
    return Serve(c, q, r, &Handlers::ListPassives);
  }
  grpc::ServerUnaryReactor* CompareScores(grpc::CallbackServerContext* c,
                                          const hoiam::scoring::v1::CompareScoresRequest* q,
                                          hoiam::scoring::v1::ScoreComparison* r) override {
    return Serve(c, q, r, &Handlers::CompareScores);
  }
  grpc::ServerUnaryReactor* GetWeightedScores(grpc::CallbackServerContext* c,
                                              const hoiam::scoring::v1::GetWeightedScoresRequest* q,
                                              hoiam::scoring::v1::GetWeightedScoresResponse* r) override {
    return Serve(c, q, r, &Handlers::GetWeightedScores);
  }
  grpc::ServerUnaryReactor* GetSampleSize(grpc::CallbackServerContext* c,
                                          const hoiam::scoring::v1::GetSampleSizeRequest* q,
                                          hoiam::scoring::v1::GetSampleSizeResponse* r) override {
    return Serve(c, q, r, &Handlers::GetSampleSize);
  }
  grpc::ServerUnaryReactor* ListTargets(grpc::CallbackServerContext* c, const hoiam::scoring::v1::ListTargetsRequest* q,
                                        hoiam::scoring::v1::ListTargetsResponse* r) override {
    return Serve(c, q, r, &Handlers::ListTargets);
  }
  grpc::ServerUnaryReactor* ListImprovements(grpc::CallbackServerContext* c,
                                             const hoiam::scoring::v1::ListImprovementsRequest* q,
                                             hoiam::scoring::v1::ListImprovementsResponse* r) override {
    return Serve(c, q, r, &Handlers::ListImprovements);
  }
  grpc::ServerUnaryReactor* GetImprovementEffect(grpc::CallbackServerContext* c,
                                                 const hoiam::scoring::v1::GetImprovementEffectRequest* q,
                                                 hoiam::scoring::v1::GetImprovementEffectResponse* r) override {
    return Serve(c, q, r, &Handlers::GetImprovementEffect);
  }
  grpc::ServerUnaryReactor* UpdateTarget(grpc::CallbackServerContext* c,
                                         const hoiam::scoring::v1::UpdateTargetRequest* q,
                                         hoiam::scoring::v1::Target* r) override {
    return Change(c, q, r, [this](const auto& ctx, const auto& request, auto reply) {
      settings_.UpdateTarget(ctx, request, std::move(reply));
    });
  }
  grpc::ServerUnaryReactor* DeleteTarget(grpc::CallbackServerContext* c,
                                         const hoiam::scoring::v1::DeleteTargetRequest* q,
                                         google::protobuf::Empty* r) override {
    return Change(c, q, r, [this](const auto& ctx, const auto& request, auto reply) {
      settings_.DeleteTarget(ctx, request, std::move(reply));
    });
  }
  grpc::ServerUnaryReactor* UpdateImprovement(grpc::CallbackServerContext* c,
                                              const hoiam::scoring::v1::UpdateImprovementRequest* q,
                                              hoiam::scoring::v1::Improvement* r) override {
    return Change(c, q, r, [this](const auto& ctx, const auto& request, auto reply) {
      settings_.UpdateImprovement(ctx, request, std::move(reply));
    });
  }
  grpc::ServerUnaryReactor* GetHistory(grpc::CallbackServerContext* c, const grpc::ByteBuffer* q,
                                       grpc::ByteBuffer* r) override {
    using Request = v1::GetHistoryRequest;
    return rpc::ServeRawRead<Request>(runtime_, c, q, r, [this](const rpc::CallContext& ctx, const Request& request) {
      return handlers_.GetHistory(ctx, request);
    });
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
  // A write that looks things up before it is submitted.
  template <class Req, class Resp, class UseCase>
  grpc::ServerUnaryReactor* Change(grpc::CallbackServerContext* c, const Req* q, Resp* r, UseCase use_case,
                                   const char* function = __builtin_FUNCTION()) {
    return rpc::ServeWrite(
        runtime_, c, q, r,
        [use_case](const rpc::CallContext& ctx, const Req& request, rpc::Reply<Resp> reply) {
          use_case(ctx, request, std::move(reply));
        },
        /*on_pool=*/true, function);
  }
  rpc::Runtime& runtime_;
  const Handlers& handlers_;
  const SettingWrites& settings_;
  Generations& generations_;
};

}  // namespace hoiam::scoring
