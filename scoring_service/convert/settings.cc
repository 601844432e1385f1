#include "scoring_service/convert/settings.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "platform/base/text.h"
#include "scoring_service/convert/score_query.h"
#include "scoring_service/convert/time.h"
#include "scoring_service/domain/formula.h"
#include "scoring_service/errors.h"
#include "scoring_service/limits.h"

namespace hoiam::scoring {
namespace {

bool IsDay(const std::string& text) {
  absl::CivilDay day;
  return absl::ParseCivilTime(text, &day) && absl::FormatCivilTime(day) == text;
}

}  // namespace

Patch ReadSettingPatch(const v1::Target& target, const google::protobuf::FieldMask* mask, Violations& v) {
  static const auto* fields = new Patchable{{"metric", "dimension", "value", "score", "due_day"}, "target_id"};
  CheckSlug(target.target_id(), "targetId", true, v);
  return ReadPatch(target, mask, *fields, v);
}

Patch ReadSettingPatch(const v1::Improvement& improvement, const google::protobuf::FieldMask* mask, Violations& v) {
  static const auto* fields = new Patchable{{"display_name", "metric", "filter", "start_time"}, "improvement_id"};
  CheckSlug(improvement.improvement_id(), "improvementId", true, v);
  return ReadPatch(improvement, mask, *fields, v);
}

void CheckSetting(const v1::Target& target, const MetricBook& book, Violations& v) {
  const MetricView metric = ReadMetric(target.metric(), v1::Formula::UNSPECIFIED, 0, book, v);
  if (!metric.versions.empty()) {
    const ScoreInterval range = RangeOf(metric);
    if (!std::isfinite(target.score()) || target.score() < range.low || target.score() > range.high)
      OutOfRange("score", absl::StrCat(range.low), absl::StrCat(range.high), v);
  }
  if (!target.dimension().empty()) ReadDimension(target.dimension(), "dimension", v);
  if (target.dimension().empty() && !target.value().empty()) Required("dimension", "is needed with a value", v);
  CheckLine(target.value(), "value", kMaxDimensionValue, v);
  if (!target.due_day().empty() && !IsDay(target.due_day()))
    v.Add("dueDay", "INVALID_DAY", "must be a day like 2026-12-31, or empty");
}

void CheckSetting(const v1::Improvement& improvement, const MetricBook& book, Violations& v) {
  const auto& name = improvement.display_name();
  if (name.vi().empty() && name.en().empty()) Required("displayName", "needs a text in vi or en", v);
  CheckLine(name.vi(), "displayName.vi", kMaxSettingName, v);
  CheckLine(name.en(), "displayName.en", kMaxSettingName, v);
  ReadMetric(improvement.metric(), v1::Formula::UNSPECIFIED, 0, book, v);
  ReadFilter(improvement.filter(), "filter", v);
  absl::Time start;
  if (!improvement.has_start_time()) Required("startTime", "is when it took effect", v);
  ReadTime(improvement.has_start_time(), improvement.start_time(), "startTime", start, v);
}

TargetScore ToTargetScore(const v1::Target& target) {
  return {target.metric(), ParseDimension(target.dimension()), target.value(), target.score()};
}

bool AimAtTheSame(const v1::Target& a, const v1::Target& b) {
  const TargetScore x = ToTargetScore(a), y = ToTargetScore(b);
  return x.metric == y.metric && x.dimension == y.dimension && x.value == y.value;
}

}  // namespace hoiam::scoring
