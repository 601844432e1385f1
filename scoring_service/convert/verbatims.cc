#include "scoring_service/convert/verbatims.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "platform/base/text.h"

namespace hoiam::scoring {
namespace {

// Periods begin and end with a second, nearly always: those are written without a format to be read again for each row.
std::string Moment(absl::Time t) {
  const absl::CivilSecond second = absl::ToCivilSecond(t, absl::UTCTimeZone());
  if (absl::FromCivil(second, absl::UTCTimeZone()) != t || second.year() < 1000 || second.year() > 9999)
    return absl::StrCat("\"", absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", t, absl::UTCTimeZone()), "\"");
  const auto two = [](int n) { return absl::Dec(n, absl::kZeroPad2); };
  return absl::StrCat(absl::StrCat("\"", second.year(), "-", two(second.month()), "-", two(second.day())),
                      absl::StrCat("T", two(second.hour()), ":", two(second.minute()), ":", two(second.second())),
                      "Z\"");
}

bool HasScores(const MetricView& metric) { return !metric.csi(); }

void SetFilter(std::string filter, v1::Verbatims& out) {
  out.set_path(absl::StrCat("/v1/responses?filter=", PercentEncode(filter)));
  out.set_filter(std::move(filter));
}

}  // namespace

std::string FilterFor(const AnswersBehind& answers) {
  std::vector<std::string> parts;
  const MetricView& metric = *answers.metric;
  if (metric.id() != kExpectation && metric.id() != kIdealGap) {
    parts.push_back(absl::StrCat("metric = ", metric.id()));
    if (HasScores(metric)) parts.push_back(absl::StrCat("score >= ", metric.shape().min));
  }
  if (answers.kind == AnswerKind::kIncentivised) {
    parts.push_back("incentivised = true");
  } else {
    parts.push_back(absl::StrCat("solicited = ", answers.kind == AnswerKind::kSolicited ? "true" : "false"));
    parts.push_back("incentivised = false");
  }
  parts.push_back(absl::StrCat(
      "scope = ", hoiam::survey::v1::Scope::Code_Name(static_cast<hoiam::survey::v1::Scope::Code>(answers.scope))));
  for (const auto& [dimension, value] : answers.where)
    parts.push_back(absl::StrCat(FilterNameOf(dimension), " = ", QuotedInFilter(value)));
  if (answers.period.start != absl::InfinitePast())
    parts.push_back(absl::StrCat("responded_at >= ", Moment(answers.period.start)));
  if (answers.period.end != absl::InfiniteFuture())
    parts.push_back(absl::StrCat("responded_at < ", Moment(answers.period.end)));
  parts.push_back("voided = false");
  return absl::StrJoin(parts, " AND ");
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
