#include "survey_service/convert/metric.h"

#include "absl/strings/str_cat.h"
#include "platform/base/text.h"
#include "survey_service/convert/checks.h"
#include "survey_service/convert/question.h"
#include "survey_service/domain/metric_definition.h"
#include "survey_service/limits.h"

namespace hoiam::survey {
namespace {

static_assert(static_cast<int>(Mood::kUnhappy) == v1::Mood::UNHAPPY);
static_assert(static_cast<int>(Mood::kIndifferent) == v1::Mood::INDIFFERENT);
static_assert(static_cast<int>(Mood::kHappy) == v1::Mood::HAPPY);
static_assert(static_cast<int>(Scope::kRelationship) == v1::Scope::RELATIONSHIP);
static_assert(static_cast<int>(Scope::kJourney) == v1::Scope::JOURNEY);
static_assert(static_cast<int>(Scope::kTouchpoint) == v1::Scope::TOUCHPOINT);
static_assert(static_cast<int>(Scope::kProductUse) == v1::Scope::PRODUCT_USE);
static_assert(static_cast<int>(Scope::kService) == v1::Scope::SERVICE);

const Patchable& Fields() {
  static const auto* p = new Patchable{{"display_name", "min", "max", "parts", "scope"}, "metric_id"};
  return *p;
}

}  // namespace

void CheckMetric(absl::string_view metric, absl::string_view field, bool required, Violations& v) {
  if (metric.empty()) {
    if (required) v.Add(field, "REQUIRED", "is required: NPS, CSAT, CES, CSI or a metric of your own");
  } else if (!FindBuiltInMetric(metric) && (!IsMetricId(metric) || IsTakenMetricId(metric))) {
    UnknownMetric(field, v);
  }
}

void CheckMetric(absl::string_view metric, absl::string_view field, bool required, const MetricBook& metrics,
                 Violations& v) {
  if (!metric.empty() && !metrics.Find(metric)) return UnknownMetric(field, v);
  CheckMetric(metric, field, required, v);
}

void UnknownMetric(absl::string_view field, Violations& v) {
  v.Add(field, "UNKNOWN_METRIC", "must be NPS, CSAT, CES, CSI or a metric of your own that GET /v1/metrics lists");
}

void CheckScore(const Metric& metric, int64_t score, absl::string_view field, Violations& v) {
  if (!HasScore(metric))
    return v.Add(field, "NO_SINGLE_SCORE", "CSI is made from the answers to its attributes; leave the score out");
  const ScoreRange& range = metric.scale;
  if (range.Holds(static_cast<double>(score))) return;
  v.Add(field, "SCORE_OUT_OF_RANGE", absl::StrCat("a score of ", metric.id, " is ", range.min, " to ", range.max),
        {{"min", absl::StrCat(range.min)}, {"max", absl::StrCat(range.max)}});
}

void AddOwn(const std::string& id, std::set<std::string>& own) {
  if (IsMetricId(id) && !IsTakenMetricId(id)) own.insert(id);
}

std::set<std::string> OwnMetrics(const v1::Survey& survey) {
  std::set<std::string> own;
  AddOwn(survey.metric(), own);
  for (const v1::Question& q : survey.questions()) AddOwn(q.metric(), own);
  return own;
}

Metric ToMetric(const v1::Metric& m) {
  Metric out;
  out.id = m.metric_id();
  out.name = {m.display_name().vi(), m.display_name().en()};
  out.scale = {m.min(), m.max()};
  for (const v1::Metric::Part& p : m.parts()) {
    const Mood mood = v1::Mood::Code_IsValid(p.mood()) ? static_cast<Mood>(p.mood()) : Mood::kUnspecified;
    out.parts.push_back({p.name(), mood, p.low(), p.high(), p.weight(), std::string(MoodName(mood))});
  }
  if (m.scope() != v1::Scope::UNSPECIFIED) out.scope = static_cast<Scope>(m.scope());
  out.version = m.version();
  return out;
}

v1::Metric FromMetric(const Metric& m) {
  v1::Metric out;
  out.set_metric_id(m.id);
  *out.mutable_display_name() = FromWords(m.name);
  out.set_min(m.scale.min);
  out.set_max(m.scale.max);
  for (const Metric::Part& p : m.parts) {
    v1::Metric::Part& part = *out.add_parts();
    part.set_name(p.name);
    part.set_mood(static_cast<v1::Mood::Code>(p.mood));
    part.set_low(p.low);
    part.set_high(p.high);
    part.set_weight(p.weight);
  }
  out.set_scope(FromScope(m.scope));
  out.set_version(m.version);
  out.set_built_in(FindBuiltInMetric(m.id) != nullptr);
  return out;
}

v1::Scope::Code FromScope(Scope scope) { return static_cast<v1::Scope::Code>(scope); }

Patch ReadMetricPatch(const v1::Metric& m, const google::protobuf::FieldMask* mask, Violations& v) {
  const std::string& id = m.metric_id();
  if (id.empty())
    v.Add("metricId", "REQUIRED", "is required");
  else if (!IsMetricId(id))
    v.Add("metricId", "INVALID_METRIC_ID",
          absl::StrCat("must be ", kMinMetricId, " to ", kMaxMetricId, " of A-Z, 0-9, '_', with a letter first"));
  else if (IsTakenMetricId(id))
    v.Add("metricId", "METRIC_TAKEN", "is a metric that Hoiam brings, and cannot be changed; choose another id");
  return ReadPatch(m, mask, Fields(), v);
}

void CheckMetricChange(const v1::Metric* before, const v1::Metric& after, Violations& v) {
  if (after.display_name().vi().empty() && after.display_name().en().empty())
    v.Add("displayName", "REQUIRED", "needs a name in vi or en");
  CheckLine(after.display_name().vi(), "displayName.vi", kMaxName, v);
  CheckLine(after.display_name().en(), "displayName.en", kMaxName, v);
  if (!v1::Scope::Code_IsValid(after.scope())) UnknownEnum("scope", v);
  const Metric metric = ToMetric(after);
  AddProblems(CheckDefinition(metric), "", v);
  if (before) AddProblems(CheckFixed(ToMetric(*before), metric), "", v);
}

}  // namespace hoiam::survey
