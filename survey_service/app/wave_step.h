// What waves share: how one begins, and how its answers are counted.
#pragma once

#include <string>

#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/rpc/serve_unary.h"
#include "survey_service/app/deps.h"
#include "survey_service/convert/wave.h"
#include "survey_service/store/asking_rows.h"

namespace hoiam::survey {

// Draws the sample of `made`, writes its members and then the wave, which makes them visible. The same wave again is
// the same success, another one with its id ID_REUSED. Blocks: reads all customers of the tenant, and writes the
// members a few at a time so that other writes get in between. What a draw that does not come to its end has written is
// removed when its lease ends (app/wave_work.h). `request` is what an Idempotency-Key stands for. `confirmed`: no
// confirmation is wanted.
void BeginWave(const Deps& deps, const rpc::CallContext& ctx, const google::protobuf::Message& request, NewWave made,
               bool confirmed, rpc::Reply<v1::Wave> reply);

// The wave of a row, as it is stored.
absl::StatusOr<v1::Wave> ParseWave(const WaveRow& row);

// The count of answers to the invitations of a wave: no survey's and no day's.
std::string WaveAnswersItem(absl::string_view wave_id);
// Counts the first answer to `invitation`, when a wave made it.
void CountWaveAnswer(db::UnitOfWork& uow, const std::string& tenant, const v1::Invitation& invitation);

// Calls `each` with id and stratum of everybody in the population. DEADLINE_EXCEEDED when the call has no time left.
absl::Status ForEachPerson(
    const Deps& deps, const rpc::CallContext& ctx, const v1::SampleSpec& sample,
    const std::function<absl::Status(absl::string_view stratum, const std::string& customer_id)>& each);

}  // namespace hoiam::survey
