// Surveys asked of samples: one line per RPC.
#pragma once

#include "survey_service/rpc/services.h"

namespace hoiam::survey {

class WaveServer final : public v1::WaveService::CallbackService, Server {
 public:
  using Server::Server;
  Reactor* CreateWave(Context* c, const v1::CreateWaveRequest* q, v1::Wave* r) override;
  Reactor* PreviewSample(Context* c, const v1::PreviewSampleRequest* q, v1::PreviewSampleResponse* r) override;
  Reactor* GetWave(Context* c, const v1::GetWaveRequest* q, v1::Wave* r) override;
  Reactor* ListWaves(Context* c, const v1::ListWavesRequest* q, v1::ListWavesResponse* r) override;
  Reactor* CancelWave(Context* c, const v1::CancelWaveRequest* q, v1::Wave* r) override;
  Reactor* ListWaveMembers(Context* c, const v1::ListWaveMembersRequest* q, v1::ListWaveMembersResponse* r) override;
  Reactor* GetWaveMember(Context* c, const v1::GetWaveMemberRequest* q, v1::WaveMember* r) override;
};

}  // namespace hoiam::survey
