// The links of a journey, and which of them is weak.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "scoring_service/domain/figure.h"

namespace hoiam::scoring {

// The answers about one touchpoint, and those about all others together.
struct LinkFigures {
  std::optional<Figure> link, others;  // unset without answers
  int64_t link_answers = 0, others_answers = 0;
};

// Lower than all others together, and not by chance (F4, p < 0.05), with enough answers on both sides.
bool IsWeak(const LinkFigures& figures);

// The link with the lowest score among those with enough answers, of several the first; nullopt when none has.
std::optional<size_t> WeakestLink(const std::vector<LinkFigures>& links);

}  // namespace hoiam::scoring
