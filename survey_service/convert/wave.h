// Waves and their members: request checks, and what is shown.
#pragma once

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "hoiam/survey/v1/survey_service.pb.h"
#include "platform/base/status.h"

namespace hoiam::survey {

// The wave that a create request asks for, without what is output only. Good only when no violation was added. Fields
// are named as in the body of the REST call.
struct NewWave {
  v1::Wave wave;
  std::string fingerprint;  // of what was asked for
};
NewWave ReadNewWave(const v1::CreateWaveRequest& q, absl::Time now, Violations& v);

// Whether asking `size` people wants to be confirmed: the survey mails, and they are more than the policy lets through.
bool NeedsConfirmation(const v1::Survey& survey, const v1::AskPolicy& policy, int size);

// Seed of the wave `wave_id` of a schedule: the first 8 bytes of SHA-256(seed in decimal ‖ 0x00 ‖ wave id).
uint64_t SeedOf(uint64_t schedule_seed, absl::string_view wave_id);

// `member` with what became of it when asking has ended, and in words. `wave` as it is stored.
void Explain(const v1::Wave& wave, v1::WaveMember& member);

// Somebody who was not drawn.
struct Outsider {
  std::string customer_id;
  absl::Time create_time, update_time;  // of the customer
  bool in_population = false;
  std::string stratum;
};
v1::WaveMember ExplainOutsider(const v1::Wave& wave, const Outsider& who);

}  // namespace hoiam::survey
