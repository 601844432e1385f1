#include "scoring_service/domain/passive.h"

#include "scoring_service/domain/sheet.h"

namespace hoiam::scoring {
namespace {

int RankOf(absl::string_view icp_fit) { return icp_fit == "FIT" ? 0 : icp_fit == "NO_FIT" ? 2 : 1; }

}  // namespace

std::optional<Passive> PassiveOf(const std::vector<const Answer*>& answers, absl::string_view icp_fit) {
  const Answer* nps = LastOf(answers, kNps);
  if (!nps || PartOf(*FindBuiltin(kNps), *nps->score).band != Band::kPassive) return std::nullopt;
  Passive p{*nps->score, false, RankOf(icp_fit), nps->responded_at, std::nullopt, nps->represented};
  if (const Answer* csat = LastOf(answers, kCsat)) {
    p.csat = csat->score;
    p.hidden = PartOf(*FindBuiltin(kCsat), *csat->score).band == Band::kSatisfied;
  }
  return p;
}

}  // namespace hoiam::scoring
