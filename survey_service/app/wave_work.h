// Asks the members of waves whose turn it is.
//
// Each member is asked in a decision of its own, in its customer's partition, where nothing else changes the member: it
// is asked once, however many replicas try. The i-th replacement of a stratum is asked once i people of it could not
// be. That count only grows, so whoever acts on an old one asks nobody too many, and a replica that died half-way is
// taken up where the rows say.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "platform/rpc/context.h"
#include "survey_service/app/deps.h"
#include "survey_service/app/due_kinds.h"
#include "survey_service/store/wave_reader.h"

namespace hoiam::survey {

class WaveWork final : public due::Handler {
 public:
  explicit WaveWork(const Deps& deps) : deps_(deps) {}  // must outlive it

  // Goes on with each wave until nobody's turn is left or half of the lease is over.
  absl::Status Run(const std::vector<due::Work>& taken, absl::Time until) override;

 private:
  absl::Status GoOn(const due::Work& work, absl::Time stop, absl::Time until);
  // Removes the members of a draw that no wave names.
  absl::Status Sweep(const rpc::CallContext& ctx, const due::Work& work, const std::string& draw_id);
  const Deps& deps_;
};

}  // namespace hoiam::survey
