#include "scoring_service/convert/scores.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "platform/base/filter.h"
#include "platform/base/text.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/domain/numbers.h"
#include "scoring_service/domain/nps.h"
#include "scoring_service/domain/top_box.h"
#include "scoring_service/errors.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {
namespace {

namespace pb = hoiam::scoring::v1;

void ReadPeriod(const pb::GetScoresRequest& q, ScoreQuery& out, Violations& v) {
  const auto read = [&](bool has, const google::protobuf::Timestamp& t, const char* field, absl::Time& to) {
    if (!has) return;
    if (IsTime(t))
      to = ToTime(t);
    else
      InvalidTime(field, v);
  };
  read(q.has_start_time(), q.start_time(), "startTime", out.start);
  read(q.has_end_time(), q.end_time(), "endTime", out.end);
  if (out.end < out.start) EndBeforeStart(v);
  if (!pb::Interval::Code_IsValid(q.interval())) UnknownInterval(v);
  if (q.interval() != pb::Interval::UNSPECIFIED) out.interval = static_cast<Interval>(q.interval());
}

void ReadGroupBy(const pb::GetScoresRequest& q, ScoreQuery& out, Violations& v) {
  for (int i = 0; i < q.group_by_size(); ++i) {
    const std::string field = absl::StrCat("groupBy[", i, "]");
    const auto d = ParseDimension(q.group_by(i));
    if (!d) {
      UnknownDimension(field, q.group_by(i), v);
    } else if (std::find(out.group_by.begin(), out.group_by.end(), *d) != out.group_by.end()) {
      RepeatedDimension(field, q.group_by(i), v);
    } else {
      out.group_by.push_back(*d);
    }
  }
}

// `=` and AND on dimensions, nothing else.
void ReadFilter(const Filter& f, ScoreQuery& out, Violations& v) {
  switch (f.kind) {
    case Filter::Kind::kEverything:
      return;
    case Filter::Kind::kAnd:
      for (const Filter& part : f.parts) ReadFilter(part, out, v);
      return;
    case Filter::Kind::kOr:
      return AddViolationsOf(InvalidFilter(f.position, "OR is not possible here; ask once per value or use groupBy"),
                             v);
    case Filter::Kind::kCompare:
      break;
  }
  const auto d = ParseDimension(f.field);
  if (!d) {
    return AddViolationsOf(
        InvalidFilter(f.position, "must be on survey, touchpoint, channel, segment, team or collectedBy"), v);
  }
  if (f.op != FilterOp::kEq) return AddViolationsOf(InvalidFilter(f.position, "only = is possible here"), v);
  out.filters.emplace_back(*d, f.value.text);
}

void AddMoneyTo(const std::string& currency, Decimal part, Decimal all,
                google::protobuf::RepeatedPtrField<pb::Revenue>* to) {
  if (part.is_zero()) return;
  pb::Revenue* r = to->Add();
  r->set_currency(currency);
  r->set_amount(part.ToString());
  r->set_percent(Percent(part.micros(), all.micros()));
}

pb::Share ToShare(const Part& part, const Tally& tally, int64_t n) {
  pb::Share share;
  const int64_t count = CountIn(tally.counts, part);
  share.set_name(std::string(part.name));
  share.set_count(static_cast<int>(count));
  share.set_percent(Percent(count, n));
  for (const auto& [currency, money] : tally.money) {
    const Money in_part = MoneyIn(money, part), all = MoneyOf(money);
    AddMoneyTo(currency, in_part.revenue, all.revenue, share.mutable_revenue());
    AddMoneyTo(currency, in_part.cost, all.cost, share.mutable_cost());
  }
  return share;
}

void FillFigures(const MetricDef& def, const Tally& tally, int64_t n, pb::ScoreRow& row) {
  const int64_t best = CountIn(tally.counts, def.parts.back()), worst = CountIn(tally.counts, def.parts.front());
  const bool net = def.parts.front().weight < 0;
  if (const auto score = net ? NpsScore(best, worst, n) : TopBoxPercent(best, n)) row.set_score(*score);
  if (const auto interval = net ? NpsInterval(best, worst, n) : WilsonInterval(best, n)) {
    pb::ScoreInterval* out = row.mutable_interval();
    out->set_low(Round3(interval->low));
    out->set_high(Round3(interval->high));
    out->set_level(0.95);
    out->set_method(net ? pb::IntervalMethod::ADJUSTED_WALD : pb::IntervalMethod::WILSON);
  }
  for (const Part& part : def.parts) *row.add_shares() = ToShare(part, tally, n);
  for (int s = def.min; s <= def.max; ++s) (*row.mutable_distribution())[s] = static_cast<int>(tally.counts[s]);
}

pb::ScoreRow ToRow(const ScoreQuery& query, const ScoreGroup& group, const Period& period,
                   const TallyByVersion& tallies) {
  pb::ScoreRow row;
  Tally tally;
  for (const auto& [version, one] : tallies) tally.Merge(one);
  row.set_scope(static_cast<hoiam::survey::v1::Scope::Code>(group.scope));
  for (size_t i = 0; i < query.group_by.size(); ++i)
    (*row.mutable_group())[std::string(NameOf(query.group_by[i]))] = group.key[i];
  if (period.start != absl::InfinitePast()) *row.mutable_start_time() = FromTime(period.start);
  if (period.end != absl::InfiniteFuture()) *row.mutable_end_time() = FromTime(period.end);
  const int64_t n = Total(tally.counts);
  row.set_responses(static_cast<int>(n));
  row.set_enough_data(n >= kEnoughAnswers);
  const auto dimensions = query.Dimensions();
  const bool about_people = std::find(dimensions.begin(), dimensions.end(), Dimension::kTeam) != dimensions.end();
  if (about_people && n > 0 && n < kSmallestGroup) {
    row.set_withheld(pb::Withheld::SMALL_GROUP);
  } else {
    FillFigures(*FindBuiltin(query.metric), tally, n, row);
  }
  return row;
}

}  // namespace

absl::StatusOr<ScoreQuery> ToScoreQuery(const pb::GetScoresRequest& q, const absl::TimeZone& reporting_zone) {
  Violations v;
  ScoreQuery out;
  out.metric = q.metric();
  if (!FindBuiltin(out.metric)) UnknownMetric("metric", v);
  ReadPeriod(q, out, v);
  ReadGroupBy(q, out, v);
  if (const auto filter = ParseFilter(q.filter()); filter.ok()) {
    ReadFilter(*filter, out, v);
  } else {
    AddViolationsOf(filter.status(), v);
  }
  out.kind = q.incentivised()                      ? AnswerKind::kIncentivised
             : !q.has_solicited() || q.solicited() ? AnswerKind::kSolicited
                                                   : AnswerKind::kUnsolicited;
  if (q.scope() != hoiam::survey::v1::Scope::UNSPECIFIED) out.scope = static_cast<Scope>(q.scope());
  if (!pb::AnswerSelection::Code_IsValid(q.answers())) UnknownAnswerSelection(v);
  out.last_per_person = q.answers() == pb::AnswerSelection::LAST_PER_PERSON;
  out.zone = reporting_zone;
  if (!q.time_zone().empty()) {
    if (const auto zone = FindTimeZone(q.time_zone()); zone)
      out.zone = *zone;
    else
      UnknownTimeZone(q.time_zone(), v);
  }
  HOIAM_RETURN_IF_ERROR(v.ToStatus());
  return out;
}

pb::GetScoresResponse FromScoreTable(const ScoreQuery& query, const ScoreTable& table) {
  pb::GetScoresResponse response;
  for (const ScoreGroup& group : table.groups)
    for (size_t i = 0; i < table.periods.size(); ++i)
      *response.add_rows() = ToRow(query, group, table.periods[i], group.tallies[i]);
  return response;
}

}  // namespace hoiam::scoring
