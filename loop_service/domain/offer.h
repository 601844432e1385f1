// The do-not-sell gate: what speaks against offering a customer something now.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace hoiam::loop {

enum class OfferBlock { kNone = 0, kOpenCase, kOpenComplaint, kOpenReturn };

// Interactions of these types are open until they are completed or voided.
inline constexpr absl::string_view kComplaint = "COMPLAINT";
inline constexpr absl::string_view kReturn = "RETURN";

struct OpenInteraction {
  std::string interaction_id;
  std::string type;
  absl::Time occurred_at;
};

struct OpenDetractorCase {
  std::string case_id;  // as callers see it
  absl::Time since;
};

struct Obstacle {
  OfferBlock block = OfferBlock::kNone;
  std::string by;  // the case or the interaction
  absl::Time since;
};

// The weightiest: a detractor's case, then the oldest complaint, then the oldest return. What is open for longer than
// `complaint_open_for` was forgotten rather than left open, and holds back nothing.
Obstacle WhatBlocks(const std::optional<OpenDetractorCase>& open_case, const std::vector<OpenInteraction>& open,
                    absl::Duration complaint_open_for, absl::Time now);

}  // namespace hoiam::loop
