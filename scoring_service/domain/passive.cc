#include "scoring_service/domain/passive.h"

namespace hoiam::scoring {
namespace {

int RankOf(absl::string_view icp_fit) { return icp_fit == "FIT" ? 0 : icp_fit == "NO_FIT" ? 2 : 1; }

}  // namespace

std::optional<Passive> PassiveOf(const Standings& standings, absl::string_view icp_fit) {
  const auto nps = standings.find(kNps), csat = standings.find(kCsat);
  if (nps == standings.end() || PartOf(*FindBuiltin(kNps), nps->second.score).band != Band::kPassive)
    return std::nullopt;
  const Standing& last = nps->second;
  Passive p{last.score, false, RankOf(icp_fit), last.responded_at, std::nullopt, last.represented};
  if (csat != standings.end()) {
    p.csat = csat->second.score;
    p.hidden = PartOf(*FindBuiltin(kCsat), *p.csat).band == Band::kSatisfied;
  }
  return p;
}

}  // namespace hoiam::scoring
