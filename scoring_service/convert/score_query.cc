#include "scoring_service/convert/score_query.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "platform/base/filter.h"
#include "platform/base/text.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/errors.h"

namespace hoiam::scoring {
namespace {

// What would make a list of named persons (D11).
constexpr absl::string_view kPersons[] = {"agent",   "assignee", "customer",   "customerId", "employee", "owner",
                                          "ownerId", "person",   "respondent", "responseId", "staff",    "user"};
constexpr char kDimensionNames[] =
    "survey, touchpoint, channel, segment, team, collectedBy, usageStatus, icpFit or stage";

bool NamesPersons(absl::string_view name) {
  std::string camel;  // filters have snake_case
  for (size_t i = 0; i < name.size(); ++i) {
    const bool upper = i > 0 && name[i - 1] == '_';
    if (name[i] != '_') camel.push_back(upper ? absl::ascii_toupper(name[i]) : name[i]);
  }
  return std::find(std::begin(kPersons), std::end(kPersons), camel) != std::end(kPersons);
}

void ReadPeriod(const v1::GetScoresRequest& q, ScoreQuery& out, Violations& v) {
  ReadTime(q.has_start_time(), q.start_time(), "startTime", out.start, v);
  ReadTime(q.has_end_time(), q.end_time(), "endTime", out.end, v);
  if (out.end < out.start) EndBeforeStart("endTime", v);
  if (!v1::Interval::Code_IsValid(q.interval())) UnknownInterval(v);
  if (q.interval() != v1::Interval::UNSPECIFIED) out.interval = static_cast<Interval>(q.interval());
}

void ReadGroupBy(const google::protobuf::RepeatedPtrField<std::string>& names, ScoreQuery& out, Violations& v) {
  for (int i = 0; i < names.size(); ++i) {
    const std::string field = absl::StrCat("groupBy[", i, "]");
    const auto d = ReadDimension(names[i], field, v);
    if (!d) continue;
    if (std::find(out.group_by.begin(), out.group_by.end(), *d) != out.group_by.end())
      RepeatedDimension(field, names[i], v);
    else
      out.group_by.push_back(*d);
  }
}

using Where = std::vector<std::pair<Dimension, std::string>>;

void ReadParts(const Filter& f, absl::string_view field, Where& out, Violations& v) {
  const auto invalid = [&](absl::string_view what) { AddViolationsOf(InvalidFilter(f.position, what), field, v); };
  switch (f.kind) {
    case Filter::Kind::kEverything:
      return;
    case Filter::Kind::kAnd:
      for (const Filter& part : f.parts) ReadParts(part, field, out, v);
      return;
    case Filter::Kind::kOr:
      return invalid("OR is not possible here; ask once per value or use groupBy");
    case Filter::Kind::kCompare:
      break;
  }
  if (NamesPersons(f.field)) return PersonsNotRanked(field, f.field, v);
  const auto d = ParseDimension(f.field);
  if (!d) return invalid(absl::StrCat("must be on ", kDimensionNames));
  if (f.op != FilterOp::kEq) return invalid("only = is possible here");
  out.emplace_back(*d, f.value.text);
}

}  // namespace

std::optional<Dimension> ReadDimension(absl::string_view name, absl::string_view field, Violations& v) {
  const auto d = ParseDimension(name);
  if (!d) {
    if (NamesPersons(name))
      PersonsNotRanked(field, name, v);
    else
      UnknownDimension(field, name, v);
  }
  return d;
}

Where ReadFilter(absl::string_view text, absl::string_view field, Violations& v) {
  Where out;
  if (const auto filter = ParseFilter(text); filter.ok())
    ReadParts(*filter, field, out, v);
  else
    AddViolationsOf(filter.status(), field, v);
  return out;
}

void ReadTime(bool has, const google::protobuf::Timestamp& t, absl::string_view field, absl::Time& out, Violations& v) {
  if (!has) return;
  if (IsTime(t))
    out = ToTime(t);
  else
    InvalidTime(field, v);
}

AnswerKind ReadKind(bool has_solicited, bool solicited, bool incentivised) {
  if (incentivised) return AnswerKind::kIncentivised;
  return !has_solicited || solicited ? AnswerKind::kSolicited : AnswerKind::kUnsolicited;
}

std::optional<Scope> ReadScope(hoiam::survey::v1::Scope::Code scope, Violations& v) {
  if (!hoiam::survey::v1::Scope::Code_IsValid(scope)) UnknownScope(v);
  if (scope == hoiam::survey::v1::Scope::UNSPECIFIED) return std::nullopt;
  return static_cast<Scope>(scope);
}

absl::TimeZone ReadZone(absl::string_view name, const absl::TimeZone& reporting_zone, Violations& v) {
  if (name.empty()) return reporting_zone;
  const auto zone = FindTimeZone(name);
  if (!zone) UnknownTimeZone(name, v);
  return zone.value_or(reporting_zone);
}

bool IsNoMetricId(absl::string_view metric) {
  if (metric.empty() || metric.size() > 16 || !absl::ascii_isupper(metric[0])) return true;
  return !std::all_of(metric.begin(), metric.end(),
                      [](char c) { return absl::ascii_isupper(c) || absl::ascii_isdigit(c) || c == '_'; });
}

MetricView ReadMetric(absl::string_view metric, v1::Formula::Code formula, int formula_version, const MetricBook& book,
                      Violations& v) {
  MetricView view;
  view.versions = book.Versions(metric);
  if (view.versions.empty()) {
    UnknownMetric("metric", v);
    return view;
  }
  view.formula = DefaultFormula(metric);
  if (!v1::Formula::Code_IsValid(formula)) {
    UnknownFormula(v);
  } else if (formula != v1::Formula::UNSPECIFIED) {
    view.formula = static_cast<Formula>(formula);
    if (!HasFormula(metric, view.formula)) FormulaNotOfMetric(metric, v);
  }
  const auto is_version = [&](const MetricDef* def) { return def->version == formula_version; };
  if (formula_version != 0 && std::none_of(view.versions.begin(), view.versions.end(), is_version))
    UnknownFormulaVersion(view.versions.back()->version, v);
  view.formula_version = formula_version;
  return view;
}

void AskFor(const MetricView& metric, const MetricBook& book, ScoreQuery& query) {
  query.metric = metric.id();
  query.versions.clear();
  for (const MetricDef* def : metric.versions) query.versions.push_back(def->version);
  query.asked_with = {metric.id()};
  if (metric.id() != kExpectation && metric.id() != kIdealGap) return;
  query.asked_with = {"", kNps, kCsat, kCes, kCsi};
  for (const std::string& own : book.Own()) query.asked_with.push_back(own);
}

ScoreQuery ReadScoreQuery(const v1::GetScoresRequest& q, const absl::TimeZone& reporting_zone, Violations& v) {
  ScoreQuery out;
  if (IsNoMetricId(q.metric())) UnknownMetric("metric", v);
  ReadPeriod(q, out, v);
  ReadGroupBy(q.group_by(), out, v);
  out.filters = ReadFilter(q.filter(), "filter", v);
  out.kind = ReadKind(q.has_solicited(), q.solicited(), q.incentivised());
  out.scope = ReadScope(q.scope(), v);
  if (!v1::AnswerSelection::Code_IsValid(q.answers())) UnknownAnswerSelection(v);
  out.last_per_person = q.answers() == v1::AnswerSelection::LAST_PER_PERSON;
  out.zone = ReadZone(q.time_zone(), reporting_zone, v);
  if (q.population() < 0) NotPositive("population", v);
  if (q.population() > 0 && !out.group_by.empty()) PopulationOfGroups(v);
  out.subtree = q.subtree();
  if (q.subtree() && std::find(out.group_by.begin(), out.group_by.end(), Dimension::kTouchpoint) == out.group_by.end())
    SubtreeOfNothing(v);
  return out;
}

}  // namespace hoiam::scoring
