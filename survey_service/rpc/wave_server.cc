#include "survey_service/rpc/wave_server.h"

#include "survey_service/app/waves.h"

namespace hoiam::survey {

Reactor* WaveServer::CreateWave(Context* c, const v1::CreateWaveRequest* q, v1::Wave* r) {
  return Write(c, q, r, &survey::CreateWave, true);
}

Reactor* WaveServer::PreviewSample(Context* c, const v1::PreviewSampleRequest* q, v1::PreviewSampleResponse* r) {
  return Read(c, q, r, &survey::PreviewSample);
}

Reactor* WaveServer::GetWave(Context* c, const v1::GetWaveRequest* q, v1::Wave* r) {
  return Read(c, q, r, &survey::GetWave);
}

Reactor* WaveServer::ListWaves(Context* c, const v1::ListWavesRequest* q, v1::ListWavesResponse* r) {
  return Read(c, q, r, &survey::ListWaves);
}

Reactor* WaveServer::CancelWave(Context* c, const v1::CancelWaveRequest* q, v1::Wave* r) {
  return Write(c, q, r, &survey::CancelWave);
}

Reactor* WaveServer::ListWaveMembers(Context* c, const v1::ListWaveMembersRequest* q, v1::ListWaveMembersResponse* r) {
  return Read(c, q, r, &survey::ListWaveMembers);
}

Reactor* WaveServer::GetWaveMember(Context* c, const v1::GetWaveMemberRequest* q, v1::WaveMember* r) {
  return Read(c, q, r, &survey::GetWaveMember);
}

}  // namespace hoiam::survey
