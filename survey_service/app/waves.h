// Surveys asked of samples.
#pragma once

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"

namespace hoiam::survey {

// Blocks: draws (app/wave_step.h).
void CreateWave(const Deps& deps, const rpc::CallContext& ctx, const v1::CreateWaveRequest& q,
                rpc::Reply<v1::Wave> reply);
absl::StatusOr<v1::PreviewSampleResponse> PreviewSample(const Deps& deps, const rpc::CallContext& ctx,
                                                        const v1::PreviewSampleRequest& q);
absl::StatusOr<v1::Wave> GetWave(const Deps& deps, const rpc::CallContext& ctx, const v1::GetWaveRequest& q);
// Newest first.
absl::StatusOr<v1::ListWavesResponse> ListWaves(const Deps& deps, const rpc::CallContext& ctx,
                                                const v1::ListWavesRequest& q);
// A wave that was cancelled stays so; one that is done is WAVE_DONE.
void CancelWave(const Deps& deps, const rpc::CallContext& ctx, const v1::CancelWaveRequest& q,
                rpc::Reply<v1::Wave> reply);
// By stratum and rank.
absl::StatusOr<v1::ListWaveMembersResponse> ListWaveMembers(const Deps& deps, const rpc::CallContext& ctx,
                                                            const v1::ListWaveMembersRequest& q);
// Of any customer: those who were not drawn are explained by what their profile says now.
absl::StatusOr<v1::WaveMember> GetWaveMember(const Deps& deps, const rpc::CallContext& ctx,
                                             const v1::GetWaveMemberRequest& q);

}  // namespace hoiam::survey
