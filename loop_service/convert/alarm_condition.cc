#include "loop_service/convert/alarm_condition.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "loop_service/convert/setting_checks.h"
#include "loop_service/domain/words.h"
#include "loop_service/limits.h"
#include "platform/base/decimal.h"
#include "platform/base/text.h"

namespace hoiam::loop {
namespace {

using TextList = google::protobuf::RepeatedPtrField<std::string>;

std::vector<std::string> Texts(const TextList& texts) { return {texts.begin(), texts.end()}; }

void Set(TextList& out, const std::vector<std::string>& texts) { out.Assign(texts.begin(), texts.end()); }

// Calls `check(value, field, v)` for each value of a list that is not too long.
template <class Check>
void CheckEach(const TextList& values, absl::string_view name, Violations& v, Check check) {
  const std::string list = absl::StrCat("condition.", name);
  CheckCount(values.size(), kMaxConditionValues, list, v);
  for (int i = 0; i < std::min(values.size(), kMaxConditionValues); ++i)
    check(values[i], absl::StrCat(list, "[", i, "]"), v);
}

void CheckSlugOf(const std::string& value, const std::string& field, Violations& v) {
  CheckSlug(value, field, true, v);
}

void CheckMetric(const std::string& value, const std::string& field, Violations& v) {
  Violations own;
  CheckUpperSnake(value, field, own);
  if (!own.empty()) v.Add(field, "UNKNOWN_METRIC", "must be NPS, CSAT, CES or the id of a metric of your own");
}

void CheckKeyword(const std::string& value, const std::string& field, Violations& v) {
  CheckLine(value, field, 4 * kMaxKeywordChars, v);
  if (!IsUtf8(value)) return;
  if (!HasWords(value))
    return v.Add(field, "INVALID_KEYWORD", "must have a letter or a digit: there is nothing to find");
  if (Utf8Length(value) > kMaxKeywordChars)
    v.Add(field, "TOO_LONG", absl::StrCat("must be at most ", kMaxKeywordChars, " characters"),
          {{"max", absl::StrCat(kMaxKeywordChars)}});
}

void CheckSegment(const std::string& value, const std::string& field, Violations& v) {
  if (value.empty()) return v.Add(field, "REQUIRED", "must not be empty");
  CheckLine(value, field, kMaxNameBytes, v);
}

void CheckFit(const std::string& value, const std::string& field, Violations& v) {
  if (value != "FIT" && value != "NO_FIT") v.Add(field, "UNKNOWN_VALUE", "must be FIT or NO_FIT");
}

void CheckSpend(const pb::AlarmCondition& c, Violations& v) {
  CheckCount(c.spend_size(), kMaxConditionValues, "condition.spend", v);
  for (int i = 0; i < std::min(c.spend_size(), kMaxConditionValues); ++i) {
    const std::string at = absl::StrCat("condition.spend[", i, "]");
    const auto amount = Decimal::ParseAmount(c.spend(i).amount());
    if (!amount || amount->micros() <= 0)
      v.Add(at + ".amount", "INVALID_AMOUNT", "must be a decimal above 0, of at most 18 digits and 6 after the point");
    const std::string& currency = c.spend(i).currency();
    const bool iso = currency.size() == 3 &&
                     std::all_of(currency.begin(), currency.end(), [](char ch) { return ch >= 'A' && ch <= 'Z'; });
    if (!iso) v.Add(at + ".currency", "INVALID_CURRENCY", "must be an ISO 4217 code such as VND");
  }
}

}  // namespace

AlarmCondition FromProto(const pb::AlarmCondition& c) {
  AlarmCondition out;
  out.detractor = c.detractor();
  out.metrics = Texts(c.metrics());
  if (c.has_score_at_most()) out.score_at_most = c.score_at_most();
  out.lowest = c.lowest();
  if (c.has_drop_at_least()) out.drop_at_least = c.drop_at_least();
  out.keywords = Texts(c.keywords());
  out.safety = c.safety();
  for (const pb::SpendCondition& s : c.spend())
    out.spend.push_back({Decimal::ParseAmount(s.amount()).value_or(Decimal()), s.currency()});
  out.segments = Texts(c.segments());
  out.touchpoints = Texts(c.touchpoints());
  out.channels = Texts(c.channels());
  out.surveys = Texts(c.surveys());
  out.repeated_person = c.repeated_person();
  out.icp_fit = Texts(c.icp_fit());
  if (c.has_solicited()) out.solicited = c.solicited();
  out.repeated_cause = c.repeated_cause();
  return out;
}

pb::AlarmCondition ToProto(const AlarmCondition& c) {
  pb::AlarmCondition out;
  out.set_detractor(c.detractor);
  Set(*out.mutable_metrics(), c.metrics);
  if (c.score_at_most) out.set_score_at_most(*c.score_at_most);
  out.set_lowest(c.lowest);
  if (c.drop_at_least) out.set_drop_at_least(*c.drop_at_least);
  Set(*out.mutable_keywords(), c.keywords);
  out.set_safety(c.safety);
  for (const SpendCondition& s : c.spend) {
    pb::SpendCondition& to = *out.add_spend();
    to.set_amount(s.amount.ToString());
    to.set_currency(s.currency);
  }
  Set(*out.mutable_segments(), c.segments);
  Set(*out.mutable_touchpoints(), c.touchpoints);
  Set(*out.mutable_channels(), c.channels);
  Set(*out.mutable_surveys(), c.surveys);
  out.set_repeated_person(c.repeated_person);
  Set(*out.mutable_icp_fit(), c.icp_fit);
  if (c.solicited) out.set_solicited(*c.solicited);
  out.set_repeated_cause(c.repeated_cause);
  return out;
}

void CheckCondition(const pb::AlarmCondition& c, Violations& v) {
  CheckEach(c.metrics(), "metrics", v, CheckMetric);
  if (c.has_score_at_most()) CheckNumber(c.score_at_most(), -kMaxScore, kMaxScore, "condition.scoreAtMost", v);
  if (c.has_drop_at_least()) CheckNumber(c.drop_at_least(), 1, 2 * kMaxScore, "condition.dropAtLeast", v);
  CheckEach(c.keywords(), "keywords", v, CheckKeyword);
  CheckSpend(c, v);
  CheckEach(c.segments(), "segments", v, CheckSegment);
  CheckEach(c.touchpoints(), "touchpoints", v, CheckSlugOf);
  CheckEach(c.channels(), "channels", v, CheckSlugOf);
  CheckEach(c.surveys(), "surveys", v, CheckSlugOf);
  CheckEach(c.icp_fit(), "icpFit", v, CheckFit);
}

}  // namespace hoiam::loop
