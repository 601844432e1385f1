#include "loop_service/rpc/offer_service.h"

#include <utility>

namespace hoiam::loop {

OfferService::Reactor* OfferService::CheckOffer(Context* c, const pb::CheckOfferRequest* q, pb::CheckOfferResponse* r) {
  const auto handler = [this](const rpc::CallContext& ctx, const pb::CheckOfferRequest& request,
                              rpc::Reply<pb::CheckOfferResponse> reply) {
    offers_.Check(ctx, request, std::move(reply));
  };
  return rpc::ServeWrite(runtime_, c, q, r, handler);
}

OfferService::Reactor* OfferService::ListOfferChecks(Context* c, const pb::ListOfferChecksRequest* q,
                                                     pb::ListOfferChecksResponse* r) {
  return rpc::ServeRead(runtime_, c, q, r, [this](const auto& ctx, const auto& q) { return offers_.List(ctx, q); });
}

}  // namespace hoiam::loop
