// The catalogue's gRPC service: one line per RPC.
#pragma once

#include "survey_service/rpc/services.h"

namespace hoiam::survey {

class CatalogueServer final : public v1::CatalogueService::CallbackService, Server {
 public:
  using Server::Server;
  Reactor* ListTouchpoints(Context* c, const v1::ListTouchpointsRequest* q, v1::ListTouchpointsResponse* r) override;
  Reactor* UpdateTouchpoint(Context* c, const v1::UpdateTouchpointRequest* q, v1::Touchpoint* r) override;
  Reactor* ListChannels(Context* c, const v1::ListChannelsRequest* q, v1::ListChannelsResponse* r) override;
  Reactor* UpdateChannel(Context* c, const v1::UpdateChannelRequest* q, v1::Channel* r) override;
};

}  // namespace hoiam::survey
