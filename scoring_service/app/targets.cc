#include "scoring_service/app/targets.h"

#include "platform/base/status.h"
#include "scoring_service/app/stored.h"
#include "scoring_service/convert/settings.h"
#include "scoring_service/store/setting_rows.h"

namespace hoiam::scoring {
absl::StatusOr<v1::ListTargetsResponse> ListTargets(const View& view) {
  HOIAM_ASSIGN_OR_RETURN(const auto bodies, ReadTargets(view.db));
  v1::ListTargetsResponse out;
  for (const std::string& body : bodies) {
    HOIAM_ASSIGN_OR_RETURN(*out.add_targets(), ParseStored<v1::Target>(body));
  }
  return out;
}

absl::StatusOr<std::vector<TargetScore>> TargetScores(const View& view) {
  HOIAM_ASSIGN_OR_RETURN(const v1::ListTargetsResponse all, ListTargets(view));
  std::vector<TargetScore> scores;
  for (const v1::Target& t : all.targets()) scores.push_back(ToTargetScore(t));
  return scores;
}

}  // namespace hoiam::scoring
