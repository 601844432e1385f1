#include "scoring_service/domain/migration.h"

#include <algorithm>
#include <map>

#include "scoring_service/domain/numbers.h"

namespace hoiam::scoring {
namespace {

constexpr char kNowhere[] = "";

std::vector<std::string> PartsWorstFirst(const MetricDef& def) {
  std::vector<Part> parts = def.parts;
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.weight < b.weight; });
  std::vector<std::string> names;
  for (const Part& part : parts) names.push_back(part.name);
  return names;
}

void AddStep(int before, int after, StepCount& step) {
  ++step.people;
  if (after > before)
    ++step.up;
  else if (after < before)
    ++step.down;
  else
    ++step.same;
  if (after == before + 1) ++step.one_up;
}

}  // namespace

Migration MigrationOf(const MetricView& metric, const std::vector<PersonMove>& people) {
  const auto part_of = [&](const Scored& s) { return PartOf(metric.DefFor(s.version), s.score).name; };
  const MetricDef& shape = metric.shape();
  Migration out;
  for (int score = shape.min; score <= shape.max; ++score) out.ladder.push_back({score});
  std::map<std::pair<std::string, std::string>, MoveCount> cells;
  std::map<std::string, int64_t> starting;
  for (const PersonMove& person : people) {
    const std::string from = person.before ? part_of(*person.before) : kNowhere;
    MoveCount& cell = cells[{from, part_of(person.after)}];
    ++cell.people;
    ++starting[from];
    for (const auto& [currency, money] : person.represented) AddMoney(cell.represented, currency, money);
    if (!person.before) continue;
    ++out.people;
    const int step = person.before->score - shape.min;
    if (step >= 0 && step < static_cast<int>(out.ladder.size()))
      AddStep(person.before->score, person.after.score, out.ladder[step]);
  }
  const std::vector<std::string> parts = PartsWorstFirst(shape);
  std::vector<std::string> from = parts;
  from.push_back(kNowhere);
  for (const std::string& before : from)
    for (const std::string& after : parts) {
      MoveCount cell = cells[{before, after}];
      cell.from = before;
      cell.to = after;
      cell.percent = Percent(cell.people, starting[before]);
      out.moves.push_back(std::move(cell));
    }
  const int64_t worst = starting[parts.front()], stayed = cells[{parts.front(), parts.front()}].people;
  out.recovery = FigureOf(WeightedCounts{{0, stayed}, {1000, worst - stayed}});
  return out;
}

}  // namespace hoiam::scoring
