#include "scoring_service/app/one_scope.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_join.h"
#include "hoiam/survey/v1/resources.pb.h"
#include "scoring_service/domain/formula.h"
#include "scoring_service/domain/group_counter.h"
#include "scoring_service/errors.h"

namespace hoiam::scoring {

absl::StatusOr<Scope> OneScope(const ScoreQuery& query, const std::set<Scope>& answered) {
  if (answered.size() == 1) return *answered.begin();
  if (answered.empty()) return query.scope.value_or(UsualScope(query.metric));
  return ScopeNeeded(absl::StrJoin(answered, " and ", [](std::string* out, Scope scope) {
    out->append(hoiam::survey::v1::Scope::Code_Name(static_cast<hoiam::survey::v1::Scope::Code>(scope)));
  }));
}

absl::StatusOr<Scope> OneScope(const ScoreQuery& query, const ScoreTable& table) {
  std::set<Scope> answered;
  for (const ScoreGroup& group : table.groups)
    if (std::any_of(group.tallies.begin(), group.tallies.end(), [](const auto& t) { return AnswersIn(t) > 0; }))
      answered.insert(group.scope);
  return OneScope(query, answered);
}

}  // namespace hoiam::scoring
