#include "survey_service/rpc/catalogue_server.h"

#include "survey_service/app/catalogue.h"

namespace hoiam::survey {

Reactor* CatalogueServer::ListTouchpoints(Context* c, const v1::ListTouchpointsRequest* q,
                                          v1::ListTouchpointsResponse* r) {
  return Read(c, q, r, &survey::ListTouchpoints);
}

Reactor* CatalogueServer::UpdateTouchpoint(Context* c, const v1::UpdateTouchpointRequest* q, v1::Touchpoint* r) {
  return Write(c, q, r, &survey::UpdateTouchpoint);
}

Reactor* CatalogueServer::ListChannels(Context* c, const v1::ListChannelsRequest* q, v1::ListChannelsResponse* r) {
  return Read(c, q, r, &survey::ListChannels);
}

Reactor* CatalogueServer::UpdateChannel(Context* c, const v1::UpdateChannelRequest* q, v1::Channel* r) {
  return Write(c, q, r, &survey::UpdateChannel);
}

}  // namespace hoiam::survey
