#include "scoring_service/convert/score_row.h"

#include <algorithm>
#include <cmath>

#include "scoring_service/convert/time.h"
#include "scoring_service/convert/verbatims.h"
#include "scoring_service/domain/numbers.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {
namespace {

using Where = std::vector<std::pair<Dimension, std::string>>;

// What the answers of a row have in common.
Where WhereOf(const RowFrame& frame, const RowCounts& counts) {
  Where where = frame.filters;
  for (size_t i = 0; i < frame.group_by.size(); ++i) {
    const bool below = frame.subtree && frame.group_by[i] == Dimension::kTouchpoint && !counts.key[i].empty();
    const std::pair<Dimension, std::string> part = {frame.group_by[i], counts.key[i] + (below ? ".*" : "")};
    if (std::find(where.begin(), where.end(), part) == where.end()) where.push_back(part);
  }
  return where;
}

std::optional<CsiFigure> CsiFigureOf(const RowFrame& frame, const RowCounts& counts) {
  return CsiOf(counts.csi, frame.metric.formula == Formula::kRescaled ? CsiVariant::kRescaled : CsiVariant::kWeighted);
}

void AddMoney(const Represented& part, const Represented& all, v1::Share& share) {
  for (const auto& [currency, money] : part) {
    const auto add = [&, code = currency](Decimal amount, Decimal sum, v1::Revenue* out) {
      out->set_currency(code);
      out->set_amount(amount.ToString());
      out->set_percent(Percent(amount.micros(), sum.micros()));
    };
    const Money& sum = all.at(currency);
    if (!money.revenue.is_zero()) add(money.revenue, sum.revenue, share.add_revenue());
    if (!money.cost.is_zero()) add(money.cost, sum.cost, share.add_cost());
  }
}

v1::People PeopleOf(int64_t count, int64_t n, int64_t population) {
  const auto people = [&](double percent) {
    return static_cast<int>(std::lround(percent / 100 * static_cast<double>(population)));
  };
  const Figure share = *FigureOf(WeightedCounts{{0, n - count}, {1000, count}});
  v1::People out;
  out.set_population(static_cast<int>(population));
  out.set_estimate(people(100.0 * static_cast<double>(count) / static_cast<double>(n)));
  out.set_low(people(share.interval.low));
  out.set_high(people(share.interval.high));
  return out;
}

void FillShares(const RowFrame& frame, const RowCounts& counts, int64_t n, v1::ScoreRow& row) {
  const std::vector<PartTally> parts = SharesOf(frame.metric, counts.tallies);
  Represented all;
  for (const PartTally& p : parts)
    for (const auto& [currency, money] : p.money) all[currency] += money;
  for (const PartTally& p : parts) {
    v1::Share* share = row.add_shares();
    share->set_name(p.name);
    share->set_count(static_cast<int>(p.count));
    share->set_percent(Percent(p.count, n));
    AddMoney(p.money, all, *share);
    if (frame.population > 0 && n > 0) *share->mutable_people() = PeopleOf(p.count, n, frame.population);
  }
  Counts values{};
  for (const auto& [version, tally] : counts.tallies)
    for (int s = 0; s < kScores; ++s) values[s] += tally.counts[s];
  for (int s = frame.metric.shape().min; s <= frame.metric.shape().max; ++s)
    (*row.mutable_distribution())[s] = static_cast<int>(values[s]);
}

void FillCsi(const RowCounts& counts, const CsiFigure& csi, v1::ScoreRow& row) {
  row.set_weights(static_cast<v1::Weights::Code>(csi.weights));
  for (const WeightedAttribute& a : csi.attributes) {
    v1::CsiAttribute* out = row.add_attributes();
    out->set_object(static_cast<hoiam::survey::v1::CsiObject::Code>(a.attribute.object));
    out->set_question_id(a.attribute.question_id);
    out->set_responses(static_cast<int>(Total(a.attribute.scores)));
    out->set_score(Round3(a.mean));
    out->set_weight(Round3(a.weight));
    if (a.importance) out->set_importance(Round3(*a.importance));
    for (int s = 1; s <= 10; ++s) (*out->mutable_distribution())[s] = static_cast<int>(a.attribute.scores[s]);
  }
  for (const auto& [object, figure] : csi.objects) {
    v1::CsiObjectScore* out = row.add_objects();
    out->set_object(static_cast<hoiam::survey::v1::CsiObject::Code>(object));
    if (const auto it = counts.csi.responses.find(object); it != counts.csi.responses.end())
      out->set_responses(static_cast<int>(it->second));
    out->set_score(figure.value);
    *out->mutable_interval() = FromInterval(figure.interval, figure.method);
  }
}

void FillFigures(const RowFrame& frame, const RowCounts& counts, int64_t n, v1::ScoreRow& row) {
  std::optional<Figure> figure;
  if (frame.metric.csi()) {
    if (const auto csi = CsiFigureOf(frame, counts)) {
      figure = csi->figure;
      FillCsi(counts, *csi, row);
    }
  } else {
    figure = FigureOf(frame.metric, counts.tallies);
  }
  if (figure) {
    row.set_score(figure->value);
    *row.mutable_interval() = FromInterval(figure->interval, figure->method);
  }
  FillShares(frame, counts, n, row);
}

}  // namespace

RowFrame FrameOf(MetricView metric, const ScoreQuery& query) {
  RowFrame frame;
  frame.metric = std::move(metric);
  frame.kind = query.kind;
  frame.group_by = query.group_by;
  frame.filters = query.filters;
  frame.subtree = query.subtree;
  return frame;
}

bool IsWithheld(const RowFrame& frame, const RowCounts& counts) {
  const int64_t n = AnswersIn(counts.tallies);
  if (n == 0 || n >= kSmallestGroup) return false;
  const auto about_people = [](const auto& part) { return part.first == Dimension::kTeam; };
  const Where where = WhereOf(frame, counts);
  return std::any_of(where.begin(), where.end(), about_people);
}

std::optional<Figure> FigureOf(const RowFrame& frame, const RowCounts& counts) {
  if (IsWithheld(frame, counts)) return std::nullopt;
  if (!frame.metric.csi()) return FigureOf(frame.metric, counts.tallies);
  const auto csi = CsiFigureOf(frame, counts);
  return csi ? std::optional(csi->figure) : std::nullopt;
}

v1::ScoreInterval FromInterval(const ScoreInterval& interval, IntervalMethod method) {
  v1::ScoreInterval out;
  out.set_low(Round3(interval.low));
  out.set_high(Round3(interval.high));
  out.set_level(0.95);
  out.set_method(static_cast<v1::IntervalMethod::Code>(method));
  return out;
}

v1::ScoreRow ToScoreRow(const RowFrame& frame, const RowCounts& counts) {
  v1::ScoreRow row;
  FillScoreRow(frame, counts, row);
  return row;
}

void FillScoreRow(const RowFrame& frame, const RowCounts& counts, v1::ScoreRow& row) {
  for (size_t i = 0; i < frame.group_by.size(); ++i)
    (*row.mutable_group())[std::string(NameOf(frame.group_by[i]))] = counts.key[i];
  if (counts.period.start != absl::InfinitePast()) *row.mutable_start_time() = FromTime(counts.period.start);
  if (counts.period.end != absl::InfiniteFuture()) *row.mutable_end_time() = FromTime(counts.period.end);
  const int64_t n = AnswersIn(counts.tallies);
  row.set_responses(static_cast<int>(n));
  row.set_enough_data(n >= kEnoughAnswers);
  row.set_scope(static_cast<hoiam::survey::v1::Scope::Code>(counts.scope));
  row.set_formula(static_cast<v1::Formula::Code>(frame.metric.formula));
  for (const auto& [version, tally] : counts.tallies)
    if (Total(tally.counts) > 0)
      row.add_formula_versions(frame.metric.formula_version != 0 ? frame.metric.formula_version : version);
  if (frame.metric.formula_version != 0 && row.formula_versions_size() > 1) row.mutable_formula_versions()->Truncate(1);
  const Where where = WhereOf(frame, counts);
  if (frame.metric.formula == DefaultFormula(frame.metric.id()))
    if (const auto target = TargetFor(frame.targets, frame.metric.id(), where)) row.set_target(*target);
  if (IsWithheld(frame, counts)) {
    row.set_withheld(v1::Withheld::SMALL_GROUP);
    *row.mutable_verbatims() = SuppressedVerbatims(n);
  } else {
    FillFigures(frame, counts, n, row);
    *row.mutable_verbatims() = VerbatimsOf({&frame.metric, frame.kind, counts.scope, where, counts.period});
  }
}

}  // namespace hoiam::scoring
