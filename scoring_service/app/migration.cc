#include "scoring_service/app/migration.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>

#include "platform/base/status.h"
#include "scoring_service/app/one_scope.h"
#include "scoring_service/app/scores.h"
#include "scoring_service/limits.h"
#include "scoring_service/store/migration_reads.h"

namespace hoiam::scoring {
namespace {

// An answer's place in time.
struct Moment {
  absl::Time at;
  std::string response_id;
  friend bool operator<(const Moment& a, const Moment& b) {
    return std::tie(a.at, a.response_id) < std::tie(b.at, b.response_id);
  }
};

struct Person {
  Moment after_at, before_at;
  PersonMove move;
};
using People = std::unordered_map<std::string, Person>;

bool HasScore(const Answer& a) { return !a.customer_id.empty() && a.score.has_value(); }

void TakeBefore(const Moment& at, const Scored& scored, bool later_wins, Person& person) {
  if (!(at < person.after_at)) return;
  if (person.move.before && (person.before_at < at) != later_wins) return;
  person.before_at = at;
  person.move.before = scored;
}

// The last answer of each person in the period.
absl::StatusOr<People> LastOf(const View& view, const ScoreQuery& query, std::set<Scope>& scopes) {
  People people;
  HOIAM_RETURN_IF_ERROR(EachAnswer(view, query, query.start, query.end, [&](const Answer& a) {
    if (!HasScore(a) || !query.Passes(a.dimensions)) return;
    scopes.insert(a.scope);
    const Moment at = {a.responded_at, a.response_id};
    const auto [it, first] = people.try_emplace(a.customer_id);
    Person& person = it->second;
    if (!first && at < person.after_at) return;
    person.after_at = at;
    person.move.after = {*a.score, a.version};
    person.move.represented = a.represented;
  }));
  return people;
}

// Without a period's start there is nothing before it: the first answer of each person is what was before.
absl::Status FindFirst(const View& view, const MigrationQuery& query, Scope scope, People& people) {
  ScoreQuery all = query.after;
  all.scope = scope;
  return EachAnswer(view, all, query.base_start, all.end, [&](const Answer& a) {
    if (!HasScore(a)) return;
    if (const auto it = people.find(a.customer_id); it != people.end())
      TakeBefore({a.responded_at, a.response_id}, {*a.score, a.version}, /*later_wins=*/false, it->second);
  });
}

absl::Status FindLastBefore(const View& view, const MigrationQuery& query, Scope scope, People& people) {
  const ScoreSource source{query.after.metric, 0, {scope}, query.after.kind, ""};
  std::vector<std::string> ids;
  const auto read = [&]() -> absl::Status {
    HOIAM_RETURN_IF_ERROR(
        ReadScored(view, source, scope, ids, query.base_start, query.after.start, [&](const ScoredAnswer& a) {
          TakeBefore({a.responded_at, a.response_id}, {a.score, a.version}, /*later_wins=*/true,
                     people.at(a.customer_id));
        }));
    ids.clear();
    return absl::OkStatus();
  };
  for (const auto& [customer, person] : people) {
    ids.push_back(customer);
    if (ids.size() == kPeoplePerRead) HOIAM_RETURN_IF_ERROR(read());
  }
  return read();
}

}  // namespace

absl::StatusOr<std::vector<PersonMove>> MovesOf(const View& view, const MigrationQuery& query) {
  People people;
  const absl::Status found = view.db.InSnapshot([&]() -> absl::Status {
    std::set<Scope> scopes;
    HOIAM_ASSIGN_OR_RETURN(people, LastOf(view, query.after, scopes));
    HOIAM_ASSIGN_OR_RETURN(const Scope scope, OneScope(query.after, scopes));
    return query.after.start == absl::InfinitePast() ? FindFirst(view, query, scope, people)
                                                     : FindLastBefore(view, query, scope, people);
  });
  HOIAM_RETURN_IF_ERROR(found);
  std::vector<PersonMove> moves;
  moves.reserve(people.size());
  for (auto& [customer, person] : people) moves.push_back(std::move(person.move));
  return moves;
}

}  // namespace hoiam::scoring
