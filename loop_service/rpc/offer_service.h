// The RPCs of the do-not-sell gate, one line each.
#pragma once

#include "hoiam/loop/v1/loop_service.grpc.pb.h"
#include "loop_service/app/offers.h"
#include "platform/rpc/serve_unary.h"

namespace hoiam::loop {

class OfferService final : public pb::OfferService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  OfferService(rpc::Runtime& runtime, Offers& offers) : runtime_(runtime), offers_(offers) {}

  Reactor* CheckOffer(Context* c, const pb::CheckOfferRequest* q, pb::CheckOfferResponse* r) override;
  Reactor* ListOfferChecks(Context* c, const pb::ListOfferChecksRequest* q, pb::ListOfferChecksResponse* r) override;

 private:
  rpc::Runtime& runtime_;
  Offers& offers_;
};

}  // namespace hoiam::loop
