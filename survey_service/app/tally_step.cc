#include "survey_service/app/tally_step.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "survey_service/app/ask_step.h"
#include "survey_service/app/stored.h"
#include "survey_service/app/wave_step.h"
#include "survey_service/domain/funnel.h"
#include "survey_service/limits.h"
#include "survey_service/store/asking_rows.h"

namespace hoiam::survey {
namespace {

absl::StatusOr<std::string> PolicyZone(db::UnitOfWork& uow, const std::string& tenant) {
  const auto* row = uow.Find<AskPolicyRow>({tenant});
  if (!row) return std::string(kDefaultZone);
  HOIAM_ASSIGN_OR_RETURN(const v1::AskPolicy policy, Parse<v1::AskPolicy>(row->body));
  return policy.time_zone().empty() ? std::string(kDefaultZone) : policy.time_zone();
}

}  // namespace

void WantTally(db::UnitOfWork& uow, const std::string& tenant) { uow.Want<AskPolicyRow>({tenant}); }

absl::Status CountReached(db::UnitOfWork& uow, const std::string& tenant, const v1::Invitation& invitation,
                          const std::optional<Reached>& before, const Reached& after) {
  std::map<std::string, int64_t> deltas;
  const auto add = [&](const Reached& reached, int64_t n) {
    for (const std::string& id : reached.shown) deltas[absl::StrCat(kShownPrefix, id)] += n;
    for (const std::string& id : reached.answered) deltas[absl::StrCat(kAnsweredPrefix, id)] += n;
  };
  add(after, 1);
  if (before) add(*before, -1);
  if (!before) {
    ++deltas[kStartedItem];
    CountWaveAnswer(uow, tenant, invitation);
  }
  if (after.finished && !(before && before->finished)) ++deltas[kFinishedItem];
  HOIAM_ASSIGN_OR_RETURN(const std::string zone, PolicyZone(uow, tenant));
  for (const auto& [item, n] : deltas) {
    if (n != 0) Count(uow, tenant, invitation, item, n, zone);
  }
  return absl::OkStatus();
}

}  // namespace hoiam::survey
