#include "loop_service/domain/offer.h"

namespace hoiam::loop {

Obstacle WhatBlocks(const std::optional<OpenDetractorCase>& open_case, const std::vector<OpenInteraction>& open,
                    absl::Duration complaint_open_for, absl::Time now) {
  if (open_case) return {OfferBlock::kOpenCase, open_case->case_id, open_case->since};
  Obstacle found;
  for (const OpenInteraction& i : open) {
    if (i.occurred_at + complaint_open_for < now) continue;
    const OfferBlock block = i.type == kComplaint ? OfferBlock::kOpenComplaint : OfferBlock::kOpenReturn;
    const bool weightier = found.block == OfferBlock::kNone || block < found.block;
    if (weightier || (block == found.block && i.occurred_at < found.since))
      found = {block, i.interaction_id, i.occurred_at};
  }
  return found;
}

}  // namespace hoiam::loop
