#include "scoring_service/domain/journey.h"

#include "scoring_service/domain/change_test.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {
namespace {

constexpr double kChance = 0.05;

}  // namespace

bool IsWeak(const LinkFigures& f) {
  if (!f.link || !f.others || f.link_answers < kEnoughAnswers || f.others_answers < kEnoughAnswers) return false;
  const auto change = TestChange(SideOf(f.link->test), SideOf(f.others->test));
  return f.link->value < f.others->value && change && change->difference < 0 && change->p_value < kChance;
}

std::optional<size_t> WeakestLink(const std::vector<LinkFigures>& links) {
  std::optional<size_t> weakest;
  for (size_t i = 0; i < links.size(); ++i) {
    if (!links[i].link || links[i].link_answers < kEnoughAnswers) continue;
    if (!weakest || links[i].link->value < links[*weakest].link->value) weakest = i;
  }
  return weakest;
}

}  // namespace hoiam::scoring
