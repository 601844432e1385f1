#include "scoring_service/convert/verbatims.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/base/text.h"

namespace hoiam::scoring {
namespace {

// Periods begin and end with a second, nearly always: those are written without a format to be read again for each row.
std::string Moment(absl::Time t) {
  const absl::CivilSecond s = absl::ToCivilSecond(t, absl::UTCTimeZone());
  if (t != absl::FromUnixSeconds(absl::ToUnixSeconds(t)) || s.year() < 1000 || s.year() > 9999)
    return absl::FormatTime("\"%Y-%m-%dT%H:%M:%E*SZ\"", t, absl::UTCTimeZone());
  const auto two = [](int n) { return absl::Dec(n, absl::kZeroPad2); };
  return absl::StrCat("\"", s.year(), "-", two(s.month()), "-", two(s.day()), "T", two(s.hour()), ":", two(s.minute()),
                      ":", two(s.second()), "Z\"");
}

bool HasScores(const MetricView& metric) { return !metric.csi(); }

void SetFilter(std::string filter, v1::Verbatims& out) {
  out.set_path(absl::StrCat("/v1/responses?filter=", PercentEncode(filter)));
  out.set_filter(std::move(filter));
}

}  // namespace

std::string FilterFor(const AnswersBehind& answers) {
  const MetricView& metric = *answers.metric;
  std::string filter;
  const auto add = [&](const auto&... condition) { absl::StrAppend(&filter, condition..., " AND "); };
  if (metric.id() != kExpectation && metric.id() != kIdealGap) {
    add("metric = ", metric.id());
    if (HasScores(metric)) add("score >= ", metric.shape().min);
  }
  if (answers.kind == AnswerKind::kIncentivised) {
    add("incentivised = true");
  } else {
    add("solicited = ", answers.kind == AnswerKind::kSolicited ? "true" : "false");
    add("incentivised = false");
  }
  add("scope = ", hoiam::survey::v1::Scope::Code_Name(static_cast<hoiam::survey::v1::Scope::Code>(answers.scope)));
  for (const auto& [dimension, value] : answers.where) add(FilterNameOf(dimension), " = ", QuotedInFilter(value));
  if (answers.period.start != absl::InfinitePast()) add("responded_at >= ", Moment(answers.period.start));
  if (answers.period.end != absl::InfiniteFuture()) add("responded_at < ", Moment(answers.period.end));
  return filter + "voided = false";
}

v1::Verbatims VerbatimsOf(const AnswersBehind& answers) {
  v1::Verbatims out;
  SetFilter(FilterFor(answers), out);
  return out;
}

void Narrow(absl::string_view condition, v1::Verbatims& verbatims) {
  SetFilter(absl::StrCat(verbatims.filter(), " AND ", condition), verbatims);
}

std::string QuotedInFilter(absl::string_view text) {
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"\"", "\\\""}}), "\"");
}

v1::Verbatims SuppressedVerbatims(int64_t answers) {
  v1::Verbatims out;
  out.set_suppressed(static_cast<int>(answers));
  return out;
}

}  // namespace hoiam::scoring
